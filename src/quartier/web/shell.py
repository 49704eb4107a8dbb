"""What every page of the application has around its content: title, rail, notices, who is signed in."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from quartier.language import Language, Text
from quartier.web.places import Place
from quartier.web.words import Words

Tone = Literal["good", "attention", "bad"]


@dataclass(frozen=True)
class Notice:
    """Something told once at the top of a page."""

    tone: Tone
    text: str


@dataclass(frozen=True)
class Step:
    """A page above this one."""

    label: str
    url: str


@dataclass(frozen=True)
class Known:
    """The user who is signed in, as the shell names them."""

    name: str
    role: str


@dataclass(frozen=True)
class Assets:
    """Where stylesheet and scripts are; each address changes with its content."""

    css: str
    htmx: str
    js: str


@dataclass(frozen=True)
class Shell:
    """What is around the content of a page."""

    language: Language
    other_language: Language
    other_language_url: str
    title: str
    sentence: str
    instant: str
    user: Known | None
    csrf: str
    places: tuple[Place, ...]
    notices: tuple[Notice, ...]
    trail: tuple[Step, ...]
    owner: str
    words: Words
    assets: Assets
    theme: str
    currency: str
    zone: ZoneInfo


AS_OF = Text(en="as of {at}", fr="au {at}")
WORDS: dict[str, Text] = {
    "skip_to_content": Text(en="Skip to content", fr="Aller au contenu"),
    "menu": Text(en="Menu", fr="Menu"),
    "sign_out": Text(en="Sign out", fr="Se déconnecter"),
    "search": Text(en="Find a person", fr="Chercher une personne"),
    "find": Text(en="Find", fr="Chercher"),
    "other_language": Text(en="Français", fr="English"),
    "trail": Text(en="You are here", fr="Vous êtes ici"),
    "rail": Text(en="The road", fr="Le chemin"),
    "profile": Text(en="My profile", fr="Mon profil"),
    "figures": Text(en="The figures", fr="Les chiffres"),
    "pages": Text(en="Pages of this list", fr="Pages de cette liste"),
    "next": Text(en="Next", fr="Suivant"),
    "first": Text(en="First page", fr="Première page"),
    "cancel": Text(en="Cancel", fr="Annuler"),
    "errors": Text(en="Something needs mending", fr="Il y a quelque chose à corriger"),
}


def as_of(at: dt.datetime | None, language: Language, zone: ZoneInfo) -> str:
    """The instant of a page of figures in words; empty without one."""
    from quartier.language import instant

    return AS_OF.to(language, at=instant(at, language, zone)) if at else ""
