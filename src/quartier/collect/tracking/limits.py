"""How large a body and a message may be: the limits of the Segment HTTP API, and a few of ours where it has none.

`LIMITS` lists them all with what they bound; docs/reference/tracking.md is made from it.
"""

from dataclasses import dataclass

from quartier.language import Text

KILOBYTE = 1024

MESSAGE_BYTES = 32 * KILOBYTE
BODY_BYTES = 500 * KILOBYTE
MESSAGES = 2_500
MESSAGE_ID = 100
PROPERTIES = 10_000
NESTING = 64
IDENTIFIER = 500
NAME = 200
GZIP_RATIO = 100
GZIP_FREE_BYTES = 64 * KILOBYTE
"""Below this many bytes a body may be compressed as well as it likes."""


@dataclass(frozen=True)
class Limit:
    """One limit: its value, what it bounds, and the code of what goes beyond it."""

    value: int
    unit: Text
    bounds: Text
    code: str
    is_of_segment: bool


_BYTES = Text(en="bytes", fr="octets")
_CHARACTERS = Text(en="characters", fr="caractères")

LIMITS = (
    Limit(
        MESSAGE_BYTES,
        _BYTES,
        Text(en="one message, as JSON without blanks", fr="un message, en JSON sans blancs"),
        "message_too_large",
        True,
    ),
    Limit(BODY_BYTES, _BYTES, Text(en="one body, uncompressed", fr="un corps, décompressé"), "body_too_large", True),
    Limit(
        MESSAGES,
        Text(en="messages", fr="messages"),
        Text(en="one batch", fr="un lot"),
        "too_many_messages",
        True,
    ),
    Limit(MESSAGE_ID, _CHARACTERS, Text(en="messageId", fr="messageId"), "too_long", True),
    Limit(
        PROPERTIES,
        Text(en="properties", fr="propriétés"),
        Text(en="one message, at every depth", fr="un message, à toutes les profondeurs"),
        "too_many_properties",
        True,
    ),
    Limit(
        NESTING,
        Text(en="levels", fr="niveaux"),
        Text(en="objects and lists inside one another", fr="objets et listes les uns dans les autres"),
        "too_deep",
        False,
    ),
    Limit(
        IDENTIFIER,
        _CHARACTERS,
        Text(en="userId, anonymousId, groupId and previousId", fr="userId, anonymousId, groupId et previousId"),
        "too_long",
        False,
    ),
    Limit(
        NAME,
        _CHARACTERS,
        Text(en="event, name and category", fr="event, name et category"),
        "too_long",
        False,
    ),
    Limit(
        GZIP_RATIO,
        Text(en="times", fr="fois"),
        Text(en="the size of a body once uncompressed, above 64 KB", fr="la taille d'un corps décompressé, dès 64 Ko"),
        "body_too_large",
        False,
    ),
)
