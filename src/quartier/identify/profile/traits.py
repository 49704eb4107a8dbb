"""Which values a trait of one person had, since when and from where: from the value that is held and its changes."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.catalog import Catalog, Trait
from quartier.identify.profile.known import Held, TraitKnown
from quartier.identify.profile.plain import aware_if_known

"""What is shown only to who asks for it."""

SourceOf = Callable[["Told"], str | None]
"""From where something was told."""


@dataclass(frozen=True)
class Told:
    """When something was told, in UTC without a zone, and its place in the order of arrival; None where not known."""

    at: dt.datetime | None
    seq: int | None = None


@dataclass(frozen=True)
class Change:
    """A value that took the place of another one."""

    told: Told
    before: Any
    after: Any


@dataclass(frozen=True)
class Computed:
    """The run of a model that wrote a trait: the model, and the instant as of which."""

    model: str
    as_of: dt.datetime


def held_values(
    value: Any, changes: Sequence[Change], first: Told, until: dt.datetime, source_of: SourceOf
) -> tuple[Held, ...]:
    """Every value up to an instant, the newest first; `changes` are in order of their instants."""
    past = [each for each in changes if each.told.at is not None and each.told.at <= until]
    later = changes[len(past) :]
    held = later[0].before if later else value
    values = [past[0].before if past else held, *(each.after for each in past)]
    tolds = [first, *(each.told for each in past)]
    ends = [*(each.told.at for each in past), None]
    found = [
        Held(value, aware_if_known(told.at), aware_if_known(end), source_of(told))
        for value, told, end in zip(values, tolds, ends, strict=True)
    ]
    return tuple(reversed(found[1:] if found[0].value is None else found))


def known(trait: Trait, values: Sequence[Held], *, shows_all: bool, computed: Computed | None = None) -> TraitKnown:
    """A trait with the value that is held: the first of some values, the newest first."""
    now, is_masked = values[0], trait.sensitivity.is_masked and not shows_all
    source, since = (computed.model, computed.as_of) if computed else (now.source, now.since)
    return TraitKnown(
        name=trait.name, label=trait.label, family=trait.family, value=None if is_masked else now.value,
        sensitivity=trait.sensitivity, origin=trait.origin, source=source, since=since,
        earlier=sum(each.value is not None for each in values[1:]), is_masked=is_masked,
    )  # fmt: skip


def masked(values: Sequence[Held]) -> tuple[Held, ...]:
    """The same instants without the values."""
    return tuple(Held(None, each.since, each.until, each.source) for each in values)


def computed_by(trait: Trait, runs: Mapping[str, Computed]) -> Computed | None:
    """The model whose last run wrote a trait, by the names of the traits that runs wrote."""
    return None if trait.origin == "given" else runs.get(trait.name)


def name_of(catalog: Catalog, row: Mapping[str, Any], person: str) -> str:
    """How a person is called: by name, else by e-mail, else by the public id."""
    from quartier.catalog import Meaning

    def said(meaning: Meaning) -> str:
        trait = catalog.with_meaning(meaning)
        return str(row.get(trait.name) or "").strip() if trait else ""

    both = f"{said(Meaning.FIRST_NAME)} {said(Meaning.LAST_NAME)}".strip()
    return said(Meaning.FULL_NAME) or both or said(Meaning.EMAIL) or person
