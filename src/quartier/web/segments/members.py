"""The members of a segment, page by page, with the columns that the address asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, get_args

from pyroaring import BitMap

from quartier.catalog import Catalog, Meaning, Subject, Trait
from quartier.engine import PUBLIC_ID
from quartier.identify.profile.words import written
from quartier.language import Language, Text
from quartier.segment.operators import NUMERIC
from quartier.web.addresses import address
from quartier.web.segments.head import Head
from quartier.web.segments.movement import asked_days, between
from quartier.web.segments.seen import Seen
from quartier.web.segments.words import COUNTED
from quartier.workspace import Workspace

ON_A_PAGE, MOST_COLUMNS = 50, 12
Who = Literal["members", "entered", "left"]
_USUAL = (
    Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.COMPANY, Meaning.INDUSTRY, Meaning.EMAIL, Meaning.CITY,
    Meaning.COUNTRY,
)  # fmt: skip
_USUAL_NAMES = ("rfm_class",)


@dataclass(frozen=True)
class Asked:
    """What of the members is asked for, as the address says."""

    who: Who = "members"
    days: int = 30
    columns: tuple[str, ...] = ()
    after: int = -1

    @classmethod
    def of(cls, parameters: Mapping[str, str], columns: Sequence[str]) -> "Asked":
        """From an address; what makes no sense there is left out."""
        who: Who = parameters.get("who", "members")  # type: ignore[assignment]  # checked in the next line
        after = parameters.get("after", "")
        return cls(
            who if who in get_args(Who) else "members", asked_days(parameters.get("days", "")), tuple(columns),
            int(after) if after.isdecimal() and len(after) < 10 else -1,
        )  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A trait that may be a column."""

    name: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class MembersPage:
    """A page of members."""

    head: Head
    who: Who
    days: int
    choices: tuple[Choice, ...]
    ways: tuple[tuple[str, str, bool], ...]
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    """public id, address, cells"""
    found: str
    next_url: str
    first_url: str
    is_hidden: bool


def members_page(
    ws: Workspace, seen: Seen, head: Head, asked: Asked, language: Language, *, sensitive: bool
) -> MembersPage:
    """A page of those who are, or who entered or left; nobody where to be one of them tells a sensitive value."""
    is_hidden = seen.tells_sensitive and not sensitive
    keys = BitMap() if is_hidden else keys_of(ws, seen, asked)
    page = list(islice(keys.iter_equal_or_larger(asked.after + 1), ON_A_PAGE + 1))
    chosen = chosen_columns(seen.catalog, seen.of, asked.columns, sensitive=sensitive)
    table = ws.persons(BitMap(page[:ON_A_PAGE]), [each.name for each in chosen], seen.of)
    again = {"who": asked.who, "days": asked.days, "columns": list(asked.columns)}
    here = ("segments", seen.name, "members")
    return MembersPage(
        head=head,
        who=asked.who,
        days=asked.days,
        choices=_choices(seen.catalog, seen.of, chosen, language, sensitive),
        ways=_ways(seen.name, asked, language),
        columns=tuple((each.label.to(language), each.type in NUMERIC) for each in chosen),
        rows=tuple(_row(row, chosen, seen.of, ws, language) for row in table.to_pylist()),
        found=_FOUND[asked.who].to(language, n=COUNTED[seen.of].with_(n=len(keys))),
        next_url=address(*here, **again, after=page[ON_A_PAGE - 1]) if len(page) > ON_A_PAGE else "",
        first_url=address(*here, **again) if asked.after >= 0 else "",
        is_hidden=is_hidden,
    )


def keys_of(ws: Workspace, seen: Seen, asked: Asked) -> BitMap:
    """Who is asked for."""
    if asked.who == "members":
        return seen.members
    found = between(ws, seen, asked.days)
    return found.entered if asked.who == "entered" else found.left


def chosen_columns(catalog: Catalog, of: Subject, asked: Sequence[str], *, sensitive: bool) -> list[Trait]:
    """The traits asked for, as far as they may be seen; the usual ones where none is asked for."""
    allowed = {each.name: each for each in _allowed(catalog, of, sensitive)}
    if known := [allowed[name] for name in dict.fromkeys(asked) if name in allowed][:MOST_COLUMNS]:
        return known
    usual = [each for meaning in _USUAL for each in allowed.values() if each.meaning is meaning]
    usual += [allowed[name] for name in _USUAL_NAMES if name in allowed]
    return list({each.name: each for each in usual}.values())


def _allowed(catalog: Catalog, of: Subject, sensitive: bool) -> list[Trait]:
    return [each for each in catalog.traits if each.of == of and (sensitive or not each.sensitivity.is_masked)]


def _choices(
    catalog: Catalog, of: Subject, chosen: Sequence[Trait], language: Language, sensitive: bool
) -> tuple[Choice, ...]:
    names = {each.name for each in chosen}
    allowed = sorted(_allowed(catalog, of, sensitive), key=lambda each: each.label.to(language).casefold())
    return tuple(Choice(each.name, each.label.to(language), each.name in names) for each in allowed)


def _ways(name: str, asked: Asked, language: Language) -> tuple[tuple[str, str, bool], ...]:
    here = ("segments", name, "members")
    return tuple(
        (
            _WHO[who].to(language, days=asked.days),
            address(*here, who=who if who != "members" else "", days=asked.days, columns=list(asked.columns)),
            who == asked.who,
        )
        for who in get_args(Who)
    )


def _row(
    row: Mapping[str, object], chosen: Sequence[Trait], of: Subject, ws: Workspace, language: Language
) -> tuple[str, str, tuple[str, ...]]:
    public = str(row[PUBLIC_ID[of]])
    cells = tuple(
        "" if row[each.name] is None else written(row[each.name], language, ws.config.zone) for each in chosen
    )
    return public, address("persons" if of == "person" else "accounts", public), cells


_WHO: dict[str, Text] = {
    "members": Text(en="Members", fr="Membres"),
    "entered": Text(en="Entered in {days} days", fr="Entrées en {days} jours"),
    "left": Text(en="Left in {days} days", fr="Sorties en {days} jours"),
}
_FOUND: dict[str, Text] = {
    "members": Text(en="{n} in the segment.", fr="{n} dans le segment."),
    "entered": Text(en="Entered and in: {n}.", fr="Entrées, toujours là : {n}."),
    "left": Text(en="Left and out: {n}.", fr="Sorties, toujours dehors : {n}."),
}
