"""How damage of the journal is told: which messages, and the two ways out."""

from quartier.errors import JournalDamaged
from quartier.language import Text

MISSING = Text(
    en="messages {first} to {last} are missing from the journal",
    fr="les messages {first} à {last} manquent dans le journal",
)
CHANGED = Text(
    en="messages {first} to {last} of the journal are not those that were written",
    fr="les messages {first} à {last} du journal ne sont pas ceux qui ont été écrits",
)
_REMEDY = Text(
    en="put the journal back from a backup with `quartier restore`, or give these messages up with "
    "`quartier verify --give-up`",
    fr="remettez le journal depuis une sauvegarde avec `quartier restore`, ou renoncez à ces messages avec "
    "`quartier verify --give-up`",
)


def damaged(what: Text, first: int, last: int) -> JournalDamaged:
    """The error that names a range of messages."""
    return JournalDamaged(first, last, what.with_(first=first, last=last), remedy=_REMEDY)
