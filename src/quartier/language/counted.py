"""Who is counted everywhere, as both languages count them; to be put into sentences as fields."""

from quartier.language.text import Plural, Text

PERSONS = Plural(Text(en="{n} person", fr="{n} personne"), Text(en="{n} persons", fr="{n} personnes"))
CUSTOMERS = Plural(Text(en="{n} customer", fr="{n} client"), Text(en="{n} customers", fr="{n} clients"))
