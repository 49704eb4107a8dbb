"""The head of a profile and its sides: what every side of it shows, and what is known of the person by family. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from quartier.analyse.classes import CLASS_BY_ID
from quartier.catalog import Family as FamilyOfTraits
from quartier.catalog import Meaning
from quartier.config import Config
from quartier.identify.profile import Profile, TraitHistory, TraitKnown
from quartier.identify.profile.words import DASH, MASK, known_since_said, trait_written, written
from quartier.language import Language, Text, amount, instant, whole
from quartier.report.page import Chip
from quartier.report.person.compose import compose
from quartier.report.person.page import FamilyView, PersonPage
from quartier.web.addresses import part
from quartier.web.persons.asked import TABS, Asked
from quartier.web.persons.words import LINKS, PROFILE

RFM_CLASS, RFM_AMOUNT, SCORE = "rfm_class", "rfm_monetary", "score"
OFFERS = tuple(f"recommendations_{each}" for each in ("offer", "category", "with", "dearer"))


@dataclass(frozen=True)
class KnownRow:
    """One trait with its value: `why` says since when and from where, `history_url` leads to earlier values."""

    label: str
    value: str
    is_masked: bool
    why: str
    history_url: str


@dataclass(frozen=True)
class Family:
    """The traits of one family."""

    chip: Chip
    rows: tuple[KnownRow, ...]


@dataclass(frozen=True)
class ProfilePage:
    """One side of a profile, with its head.

    Attributes:
        tab: which side; `body` is what it shows.
        tabs: label, address, whether it is this one.
        glance: label, figure, of how many or more of it.
        segments: label and address of those in which the person is.
        masked: how many values are masked for their sensitivity.
        composed: the parts that the page of a profile and this one have in common.
        score: the score out of 100; its reasons have a page of their own.
    """

    person: str
    name: str
    tab: str
    tabs: tuple[tuple[str, str, bool], ...]
    glance: tuple[tuple[str, str, str], ...]
    segments: tuple[tuple[str, str], ...]
    hidden: str
    asked: Asked
    now_url: str
    masked: int
    is_there: bool
    composed: PersonPage
    body: Any
    score: float | None
    offers: tuple[tuple[str, str], ...] = ()
    """what recommendations offer next: label and product"""


@dataclass(frozen=True)
class HistoryPage:
    """Every value that a trait of a person had: value, since, until, source."""

    label: str
    rows: tuple[tuple[str, str, str, str], ...]
    is_masked: bool
    back_url: str


def profile_page(found: Profile, asked: Asked, body: Any, language: Language, config: Config) -> ProfilePage:
    """The page in one language."""
    composed = compose(found, language, config)
    segments = tuple((each.label.to(language), f"/segments/{part(each.segment)}") for each in found.memberships.now)
    return ProfilePage(
        found.person, found.name, asked.tab, _tabs(found, asked, language), _glance(found, composed, language, config),
        segments, composed.hidden, asked, asked.url(found.person, at=""), sum(each.is_masked for each in found.traits),
        asked.at is None or bool(found.traits or found.timeline.events), composed, body, _score(found),
        _offers(found, language),
    )  # fmt: skip


def _score(found: Profile) -> float | None:
    """The score out of 100 that the model of this name wrote, None where it never ran."""
    written = (each.value for each in found.traits if each.name == SCORE and each.origin == "computed")
    return next((float(each) for each in written if isinstance(each, int | float)), None)


def _offers(found: Profile, language: Language) -> tuple[tuple[str, str], ...]:
    """What the last run of recommendations offers."""
    held = {each.name: each for each in found.traits if each.value is not None and each.name in OFFERS}
    return tuple((held[name].label.to(language), str(held[name].value)) for name in OFFERS if name in held)


def sentence(found: Profile, language: Language, config: Config) -> str:
    """Who it is and since when they are known, in one line."""
    since = known_since_said(found.known_since, language, config.zone)
    return f"{found.person} · {since}" if since else found.person


def families(
    found: Profile, composed: PersonPage, asked: Asked, language: Language, config: Config
) -> tuple[Family, ...]:
    """The traits by family, each with the way to its earlier values."""
    return tuple(
        Family(view.chip, _rows(found, family, view, asked, language, config))
        for family, view in zip(found.families, composed.families, strict=True)
    )


def history_page(
    found: TraitHistory, asked: Asked, trait: TraitKnown | None, language: Language, config: Config
) -> HistoryPage:
    """Every value that a trait had, the newest first."""
    zone = config.zone
    rows = tuple(
        (
            MASK if found.is_masked else _held(trait, each.value, language, config),
            instant(each.since, language, zone) if each.since else DASH,
            instant(each.until, language, zone) if each.until else PROFILE["held"].to(language), each.source or DASH,
        )
        for each in found.values
    )  # fmt: skip
    return HistoryPage(found.label.to(language), rows, found.is_masked, asked.url(found.person))


def _held(trait: TraitKnown | None, value: Any, language: Language, config: Config) -> str:
    """An earlier value, written as the one of now is."""
    if trait is None or value is None:
        return written(value, language, config.zone)
    then = replace(trait, value=value, is_masked=False)
    return _said(then, trait_written(then, language, config.zone), language, config)


def _rows(
    found: Profile, of: FamilyOfTraits, view: FamilyView, asked: Asked, language: Language, config: Config
) -> tuple[KnownRow, ...]:
    return tuple(
        KnownRow(
            row.label, _said(trait, row.value, language, config), row.is_masked, row.why,
            asked.url(found.person, tab="", trait=trait.name) if trait.earlier else "",
        )
        for trait, row in zip(found.of_family(of), view.rows, strict=True)
    )  # fmt: skip


def _tabs(found: Profile, asked: Asked, language: Language) -> tuple[tuple[str, str, bool], ...]:
    counts: Mapping[str, int] = {
        "traits": len(found.traits), "timeline": found.timeline.events, "segments": len(found.memberships.now),
        "links": sum(each.is_own for each in found.identifiers),
    }  # fmt: skip
    return tuple(
        (
            _counted(_TABS[tab].to(language), counts.get(tab), language),
            asked.url(found.person, tab=tab),
            tab == asked.tab,
        )
        for tab in TABS
    )


def _counted(label: str, n: int | None, language: Language) -> str:
    return label if n is None else f"{label} ({whole(n, language)})"


def _glance(
    found: Profile, composed: PersonPage, language: Language, config: Config
) -> tuple[tuple[str, str, str], ...]:
    """What the person is worth, then how much is known."""
    events_and_segments = composed.glance[:2]  # the sides say how many there are of the rest
    counts = ((each.label, each.figure, each.of) for each in events_and_segments)
    return (*_worth(found, language, config), *counts)


def _worth(found: Profile, language: Language, config: Config) -> list[tuple[str, str, str]]:
    known = {each.name: each for each in found.traits if not each.is_masked}
    shown = []
    for each in known.values():
        if _is_amount(each) and isinstance(each.value, int | float):
            of = _class(known, language) if each.name == RFM_AMOUNT else ""
            shown.append((each.label.to(language), amount(each.value, config.currency, language, cents=False), of))
    return shown


def _is_amount(each: TraitKnown) -> bool:
    return each.name == RFM_AMOUNT or each.name.endswith(str(Meaning.LIFETIME_VALUE))


def _said(each: TraitKnown, written: str, language: Language, config: Config) -> str:
    """A value in words where its trait is one that models write: amounts in the currency, classes by their names."""
    if not each.is_masked and _is_amount(each) and isinstance(each.value, int | float):
        return amount(each.value, config.currency, language)
    if each.name == RFM_CLASS and each.value in CLASS_BY_ID:
        return CLASS_BY_ID[each.value].label.to(language)
    return written


def _class(known: Mapping[str, TraitKnown], language: Language) -> str:
    trait = known.get(RFM_CLASS)
    found = CLASS_BY_ID.get(trait.value) if trait else None
    return _CLASS.to(language, name=found.label) if found else ""


_CLASS = Text(en="class: {name}", fr="classe : {name}")
_TABS: dict[str, Text] = {
    "traits": Text(en="What is known", fr="Ce que l'on sait"),
    "timeline": Text(en="Timeline", fr="Chronologie"),
    "segments": Text(en="Segments", fr="Segments"),
    "links": LINKS["identifiers"],
    "accounts": Text(en="Accounts", fr="Comptes"),
    "similar": Text(en="Similar persons", fr="Personnes semblables"),
}
