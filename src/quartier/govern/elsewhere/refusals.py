"""Why somebody did not come in by the provider: what they are told, and a word for the log of deeds."""

from enum import StrEnum

from quartier.errors import Sentence, UserError
from quartier.language import Text


class Why(StrEnum):
    """Why nobody came in."""

    NOT_SET_UP = "not_set_up"
    AWAY = "away"
    STALE = "stale"
    DECLINED = "declined"
    UNTRUE = "untrue"
    UNVERIFIED = "unverified"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    ANOTHER = "another"
    TOO_OFTEN = "too_often"


class NotLetIn(UserError):
    """Nobody came in; `detail` is for the log and holds neither a token nor a secret."""

    def __init__(self, why: Why, *, provider: str, detail: str = "") -> None:
        what, remedy = _TOLD[why]
        super().__init__(what.with_(provider=provider), remedy=remedy)
        self.why, self.detail = why, detail


_AGAIN = Text(en="Try again.", fr="Réessayez.")
_ASK = Text(
    en="Ask an owner of the workspace to invite you by this e-mail.",
    fr="Demandez à un propriétaire de l'espace de vous inviter à cet e-mail.",
)
_TOLD: dict[Why, tuple[Text, Sentence]] = {
    Why.NOT_SET_UP: (
        Text(
            en="Signing in with {provider} is not set up completely on this server.",
            fr="La connexion avec {provider} n'est pas entièrement configurée sur ce serveur.",
        ),
        Text(
            en="Tell who runs the server: its log says what is missing.",
            fr="Prévenez la personne qui gère le serveur : son journal dit ce qui manque.",
        ),
    ),
    Why.AWAY: (
        Text(en="{provider} does not answer as it should.", fr="{provider} ne répond pas comme il le devrait."),
        Text(
            en="Try again in a moment, or sign in with your password.",
            fr="Réessayez dans un instant, ou connectez-vous avec votre mot de passe.",
        ),
    ),
    Why.STALE: (
        Text(
            en="This answer of {provider} does not belong to this browser, or came too late.",
            fr="Cette réponse de {provider} ne correspond pas à ce navigateur, ou arrive trop tard.",
        ),
        Text(
            en="Nobody was signed in. Begin again from this page.",
            fr="Personne n'a été connecté. Recommencez depuis cette page.",
        ),
    ),
    Why.DECLINED: (Text(en="{provider} did not let you in.", fr="{provider} ne vous a pas laissé entrer."), _AGAIN),
    Why.UNTRUE: (
        Text(
            en="What {provider} said of you could not be verified.",
            fr="Ce que {provider} a dit de vous n'a pas pu être vérifié.",
        ),
        Text(
            en="Nobody was signed in. If it happens again, tell who runs the server.",
            fr="Personne n'a été connecté. Si cela se reproduit, prévenez la personne qui gère le serveur.",
        ),
    ),
    Why.UNVERIFIED: (
        Text(
            en="{provider} has not verified your e-mail, so that nobody can know that it is yours.",
            fr="{provider} n'a pas vérifié votre e-mail : rien ne dit qu'il est bien à vous.",
        ),
        Text(
            en="Have it verified there, then try again.", fr="Faites-le vérifier chez lui, puis réessayez."
        ),
    ),
    Why.UNKNOWN: (
        Text(en="{provider} knows you, but you are not a user here.", fr="{provider} vous connaît, mais vous n'êtes "
             "pas utilisateur ici."),
        _ASK,
    ),
    Why.CLOSED: (
        Text(en="You may no longer sign in here.", fr="Vous ne pouvez plus vous connecter ici."),
        Text(
            en="An owner of the workspace can open your access again.",
            fr="Un propriétaire de l'espace peut rouvrir votre accès.",
        ),
    ),
    Why.ANOTHER: (
        Text(
            en="Your e-mail is known here, with another account of {provider}.",
            fr="Votre e-mail est connu ici, avec un autre compte de {provider}.",
        ),
        Text(
            en="If it is yours, an owner of the workspace can make it forgotten.",
            fr="S'il est bien à vous, un propriétaire de l'espace peut faire oublier l'ancien.",
        ),
    ),
    Why.TOO_OFTEN: (
        Text(en="Too many tries.", fr="Trop d'essais."),
        Text(en="Wait a few minutes, then try again.", fr="Attendez quelques minutes, puis réessayez."),
    ),
}  # fmt: skip
