"""How damage of the journal is told: which messages, and the two ways out."""

from quartier.errors import JournalDamaged
from quartier.language import Plural, Text

MISSING = Plural(
    Text(en="message {first} is missing from the journal", fr="le message {first} manque dans le journal"),
    Text(
        en="messages {first} to {last} are missing from the journal",
        fr="les messages {first} à {last} manquent dans le journal",
    ),
)
CHANGED = Plural(
    Text(
        en="message {first} of the journal is not the one that was written",
        fr="le message {first} du journal n'est pas celui qui a été écrit",
    ),
    Text(
        en="messages {first} to {last} of the journal are not those that were written",
        fr="les messages {first} à {last} du journal ne sont pas ceux qui ont été écrits",
    ),
)
UNREADABLE = Plural(
    Text(en="message {first} of the journal cannot be read", fr="le message {first} du journal est illisible"),
    Text(
        en="messages {first} to {last} of the journal cannot be read",
        fr="les messages {first} à {last} du journal sont illisibles",
    ),
)
_REMEDY = Text(
    en="put the journal back from a backup with `quartier restore`, or give these messages up with "
    "`quartier verify --give-up`",
    fr="remettez le journal depuis une sauvegarde avec `quartier restore`, ou renoncez à ces messages avec "
    "`quartier verify --give-up`",
)


def damaged(what: Plural, first: int, last: int) -> JournalDamaged:
    """The error that names a range of messages."""
    return JournalDamaged(first, last, what.with_(n=last - first + 1, first=first, last=last), remedy=_REMEDY)
