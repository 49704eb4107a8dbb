"""Words that several pages of the room of data say."""

from quartier.language import Text

DATA = Text(en="Data", fr="Données")
