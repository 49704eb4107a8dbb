"""The page of persons: those who were searched for, or all of them in their order. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from quartier.catalog import Meaning, Trait
from quartier.identify.profile import FoundPage
from quartier.identify.profile.listed import BY_KEY, Listed
from quartier.identify.profile.words import kind_said, written
from quartier.language import Language, Text
from quartier.web.addresses import part, with_query

PLACES = (Meaning.POSTAL_CODE, Meaning.CITY, Meaning.COUNTRY)
"""What is told in one column: where somebody lives."""


@dataclass(frozen=True)
class PersonRow:
    """One person: name, where the profile is, what was recognised, a few traits as words."""

    name: str
    person: str
    url: str
    by: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class ListPage:
    """The persons of a search, or of one page of all.

    Attributes:
        query: what was searched for; empty while looking through all.
        heads: the columns beside the name.
        problem: why nothing could be searched for; empty when it could.
        everyone: how many persons there are; not counted where a search found some.
    """

    query: str
    heads: tuple[str, ...]
    rows: tuple[PersonRow, ...]
    next_url: str
    first_url: str
    everyone: int
    problem: str = ""


def list_page(
    query: str, found: FoundPage, rows: Sequence[Listed], traits: Sequence[Trait], *, after: str | None, everyone: int,
    language: Language, zone: ZoneInfo,
) -> ListPage:  # fmt: skip
    """The page in one language."""
    by = {each.person: each.by for each in found.persons}
    columns = _columns(traits)
    shown = tuple(
        PersonRow(
            each.name, each.person, f"/persons/{part(each.person)}", _by(by[each.person], language),
            tuple(_cell(each, group, language, zone) for group in columns),
        )
        for each in rows
    )  # fmt: skip
    heads = tuple(_PLACE.to(language) if len(group) > 1 else group[0].label.to(language) for group in columns)
    return ListPage(
        query, heads, shown, with_query("/persons", query=query, after=found.next) if found.next else "",
        with_query("/persons", query=query) if after else "", everyone,
    )  # fmt: skip


def _columns(traits: Sequence[Trait]) -> list[list[Trait]]:
    """Each trait by itself, those of the place together, where the first of them stands."""
    place = [each for each in traits if each.meaning in PLACES]
    return [[each] if each not in place else place for each in traits if each not in place[1:]]


def _cell(row: Listed, group: Sequence[Trait], language: Language, zone: ZoneInfo) -> str:
    values = [written(row.values[each.name], language, zone) for each in group if row.values[each.name] is not None]
    return " ".join(values)


def _by(by: str, language: Language) -> str:
    """By what somebody was found; nothing where everybody is looked through, or the name itself says it."""
    if by in (BY_KEY, "name"):
        return ""
    return _PUBLIC_ID.to(language) if by == "public_id" else kind_said(by, language)


_PLACE = Text(en="Place", fr="Lieu")
_PUBLIC_ID = Text(en="public id", fr="identifiant public")
