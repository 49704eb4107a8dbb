"""Why a message is rejected and why a whole body is refused: a code for programs, a sentence for people."""

from dataclasses import dataclass

from quartier.language import Text


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a message: the code of the reason, and the field (`properties.price`) where it is."""

    code: str
    field: str | None = None


class Refused(Exception):
    """A body of which nothing is kept: it cannot be read, is too large, or comes without a key."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


REJECTIONS = {
    "message_too_large": Text(en="the message is larger than 32 KB", fr="le message dépasse 32 Ko"),
    "too_many_properties": Text(
        en="the message has more than 10,000 properties", fr="le message a plus de 10 000 propriétés"
    ),
    "too_deep": Text(
        en="objects and lists are nested more than 64 deep", fr="objets et listes s'emboîtent sur plus de 64 niveaux"
    ),
    "not_json": Text(en="this is not valid JSON", fr="ce n'est pas du JSON correct"),
    "not_utf8": Text(en="the text is not UTF-8", fr="le texte n'est pas en UTF-8"),
    "not_a_number": Text(
        en="NaN and Infinity are not numbers of JSON", fr="NaN et Infinity ne sont pas des nombres en JSON"
    ),
    "number_out_of_range": Text(
        en="a number is beyond 64 bits; send it as text", fr="un nombre dépasse 64 bits ; envoyez-le en texte"
    ),
    "lone_surrogate": Text(
        en="a text holds half of a surrogate pair", fr="un texte contient la moitié d'une paire de substitution"
    ),
    "nul": Text(en="a text holds the character NUL", fr="un texte contient le caractère NUL"),
    "duplicate_key": Text(en="an object has the same key twice", fr="un objet a deux fois la même clé"),
    "reserved_key": Text(en="a key is called `__proto__`", fr="une clé s'appelle `__proto__`"),
    "not_an_object": Text(en="this must be an object", fr="ce doit être un objet"),
    "not_text": Text(en="this must be text", fr="ce doit être un texte"),
    "unknown_type": Text(
        en="the type must be identify, track, page, screen, group or `alias`",
        fr="le type doit être identify, track, page, screen, group ou `alias`",
    ),
    "missing": Text(en="this field is needed", fr="ce champ est obligatoire"),
    "nobody": Text(en="userId or anonymousId is needed", fr="userId ou anonymousId est obligatoire"),
    "too_long": Text(en="this text is too long", fr="ce texte est trop long"),
    "invisible_characters": Text(
        en="this identifier holds characters that cannot be seen",
        fr="cet identifiant contient des caractères invisibles",
    ),
    "not_an_instant": Text(en="this is not an instant in ISO 8601", fr="ce n'est pas un instant ISO 8601"),
    "time_out_of_range": Text(
        en="once the clock is corrected, the instant falls outside the calendar",
        fr="une fois l'horloge corrigée, l'instant sort du calendrier",
    ),
}
"""Why one message is rejected; its neighbours are stored."""


@dataclass(frozen=True)
class Refusing:
    """How a whole body is refused: the HTTP status and the sentence."""

    status: int
    text: Text


REFUSALS = {
    "not_json": Refusing(400, Text(en="the body is not valid JSON", fr="le corps n'est pas du JSON correct")),
    "not_utf8": Refusing(400, Text(en="the body is not UTF-8", fr="le corps n'est pas en UTF-8")),
    "not_an_object": Refusing(400, Text(en="the body must be a JSON object", fr="le corps doit être un objet JSON")),
    "no_batch": Refusing(
        400,
        Text(en="the body needs one list called `batch`", fr="le corps doit contenir une seule liste nommée `batch`"),
    ),
    "bad_compression": Refusing(
        400, Text(en="the body is not whole or not gzip", fr="le corps est incomplet ou n'est pas du gzip")
    ),
    "unknown_encoding": Refusing(
        400, Text(en="only gzip is understood as Content-Encoding", fr="seul gzip est compris comme Content-Encoding")
    ),
    "body_too_large": Refusing(413, Text(en="the body is larger than 500 KB", fr="le corps dépasse 500 Ko")),
    "too_many_messages": Refusing(
        413, Text(en="a batch holds at most 2,500 messages", fr="un lot contient au plus 2 500 messages")
    ),
    "missing_key": Refusing(
        401,
        Text(
            en="a write key is needed: Basic authentication with the key as name, or `writeKey` in the body",
            fr="il faut une clé d'écriture : authentification Basic avec la clé pour nom, ou `writeKey` dans le corps",
        ),
    ),
    "unknown_key": Refusing(
        401, Text(en="this write key is unknown or revoked", fr="cette clé d'écriture est inconnue ou révoquée")
    ),
    "foreign_origin": Refusing(
        403,
        Text(en="this write key is bound to other web origins", fr="cette clé d'écriture est liée à d'autres sites"),
    ),
    "too_many_requests": Refusing(429, Text(en="too many bodies are waiting", fr="trop de corps sont en attente")),
    "journal_full": Refusing(503, Text(en="the journal cannot keep up", fr="le journal ne suit pas")),
    "journal_down": Refusing(
        503,
        Text(en="the journal cannot be written at the moment", fr="le journal ne peut pas être écrit pour l'instant"),
    ),
}
"""Why a whole body is refused; then nothing of it is kept."""

RETRY_AFTER = {"too_many_requests": 1, "journal_full": 2, "journal_down": 5}
"""After how many seconds it is worth trying again, by code."""
