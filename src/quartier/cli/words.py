"""Things that are counted, as both languages count them; to be put into sentences as fields."""

from quartier.language import Plural, Text
from quartier.language.counted import CUSTOMERS as CUSTOMERS
from quartier.language.counted import PERSONS as PERSONS

ACCOUNTS = Plural(Text(en="{n} account", fr="{n} compte"), Text(en="{n} accounts", fr="{n} comptes"))
SEGMENTS = Plural(Text(en="{n} segment", fr="{n} segment"), Text(en="{n} segments", fr="{n} segments"))
TRAITS = Plural(Text(en="{n} trait", fr="{n} trait"), Text(en="{n} traits", fr="{n} traits"))
EVENT_TYPES = Plural(
    Text(en="{n} event type", fr="{n} type d'événement"), Text(en="{n} event types", fr="{n} types d'événement")
)
TABLES = Plural(Text(en="{n} table", fr="{n} table"), Text(en="{n} tables", fr="{n} tables"))
PICTURES = Plural(Text(en="{n} picture", fr="{n} image"), Text(en="{n} pictures", fr="{n} images"))
ROWS = Plural(Text(en="{n} row", fr="{n} ligne"), Text(en="{n} rows", fr="{n} lignes"))
STORED = Plural(Text(en="{n} stored", fr="{n} gardée"), Text(en="{n} stored", fr="{n} gardées"))
DUPLICATES = Plural(Text(en="{n} duplicate", fr="{n} doublon"), Text(en="{n} duplicates", fr="{n} doublons"))
REJECTED = Plural(Text(en="{n} rejected", fr="{n} rejetée"), Text(en="{n} rejected", fr="{n} rejetées"))
FILES = Plural(Text(en="{n} file", fr="{n} fichier"), Text(en="{n} files", fr="{n} fichiers"))
MESSAGES = Plural(Text(en="{n} message", fr="{n} message"), Text(en="{n} messages", fr="{n} messages"))
