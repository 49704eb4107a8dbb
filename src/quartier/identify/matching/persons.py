"""Matching the identities of a workspace, thin: new against all, certain pairs linked, doubtful ones told."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyroaring import BitMap

from quartier.catalog import Catalog, Meaning
from quartier.engine import IDENTITY, DuckDBEngine
from quartier.engine.feed import generation
from quartier.errors import InvalidRequest
from quartier.identify.deciding import Followed, decide, simulate
from quartier.identify.matching import identities, shelf
from quartier.identify.matching.kept import Kept
from quartier.identify.matching.model import Model
from quartier.identify.matching.proposing import (
    Proposal,
    Proposals,
    Thresholds,
    certain_pairs,
    doubtful_pairs,
    meanings_as_json,
    proposed,
)
from quartier.identify.matching.run import keep, match, match_new
from quartier.identify.matching.workbench import Limits
from quartier.language import Text
from quartier.store import Store
from quartier.store import links as kept_links
from quartier.store.identities import Identity, of_numbers

FOLDER = "matching"
"""Where a workspace keeps the records that are known; it may be thrown away."""
_OUTGROWN = 2
"""A model is learnt anew when there are so many times the records that it was learnt from."""


@dataclass(frozen=True)
class Named:
    """A proposal with its two identifiers, for whoever is to decide."""

    proposal: Proposal
    a: Identity
    b: Identity

    def as_json(self) -> dict[str, Any]:
        """The plain form: the proposal's, with the identifiers."""
        named = {side: {"kind": each.kind, "value": each.value} for side, each in (("a", self.a), ("b", self.b))}
        return {**self.proposal.as_json(), **named}


@dataclass(frozen=True)
class _Compared:
    kept: Kept
    new: int
    pairs: int


def propose(
    store: Store, engine: DuckDBEngine, catalog: Catalog, folder: Path, at: dt.datetime, *,
    thresholds: Thresholds | None = None, limits: Limits | None = None, is_anew: bool = False, is_dry: bool = False,
) -> Proposals:  # fmt: skip
    """Match the identities of a workspace, link those that are certainly one person's, and tell the doubtful ones.

    What came since the last time is compared with everything that is known, which `folder` keeps. A pair that somebody
    refused is not proposed again. The ledger's limits hold: a link that would make too large a person is not followed,
    and is told among the doubtful ones.

    Args:
        store: whose ledger of links is written.
        engine: what was said of identities.
        catalog: what the traits mean.
        folder: where the records that are known are kept; made when it is not there.
        at: now.
        thresholds: when a pair is certain, and when doubtful.
        limits: what a run may take of the machine.
        is_anew: learn the model again and compare all with all.
        is_dry: write no link, and tell what they would change.
    """
    wanted = thresholds or Thresholds()
    _check_installed()
    found = _compared(engine, catalog, folder, wanted.doubtful, limits or Limits(), is_anew=is_anew)
    shelf.write(replace(found.kept, mark={**found.kept.mark, "certain": wanted.certain, "at": at.isoformat()}), folder)
    pairs, model = found.kept.pairs, found.kept.model
    with store.begin() as connection:
        decisions = kept_links.in_force(connection, "person")
    certain = certain_pairs(pairs, identities.standing(engine), decisions, wanted.certain)
    followed = _linked(store, engine, certain, found.kept, at, is_dry=is_dry)
    doubtful = doubtful_pairs(pairs, identities.standing(engine), decisions, wanted)
    return Proposals(certain, doubtful, followed, found.kept.n, found.new, found.pairs, not is_dry, model, at)


@dataclass(frozen=True)
class Doubtful:
    """The pairs of the last matching that wait for somebody, and the model that weighs them."""

    pairs: pa.Table
    model: Model
    at: dt.datetime

    def first(self, most: int) -> list[Proposal]:
        """The likeliest, with their reasons."""
        return proposed(self.pairs.slice(0, most), self.model, self.at)


def doubtful(store: Store, engine: DuckDBEngine, folder: Path) -> Doubtful | None:
    """What waits since the last matching; None when nothing was ever matched."""
    known = shelf.read(folder)
    if known is None or "certain" not in known.mark:
        return None
    with store.begin() as connection:
        decisions = kept_links.in_force(connection, "person")
    thresholds = Thresholds(known.mark["certain"], known.least)
    pairs = doubtful_pairs(known.pairs, identities.standing(engine), decisions, thresholds)
    return Doubtful(pairs, known.model, dt.datetime.fromisoformat(known.mark["at"]))


def named(store: Store, proposals: Sequence[Proposal]) -> tuple[Named, ...]:
    """Proposals with their identifiers."""
    with store.begin() as connection:
        known = of_numbers(connection, "person", [end for each in proposals for end in (each.a, each.b)])
    return tuple(Named(each, known[each.a], known[each.b]) for each in proposals)


def _check_installed() -> None:
    try:
        import splink  # noqa: F401 (its absence is what is asked)
    except ImportError as error:
        raise InvalidRequest(_NO_SPLINK.with_(), remedy=_INSTALL) from error


def _linked(
    store: Store, engine: DuckDBEngine, certain: pa.Table, kept: Kept, at: dt.datetime, *, is_dry: bool
) -> Followed:
    links = [each.as_link() for each in proposed(certain, kept.model, at)]
    if not links:
        return Followed(BitMap(), BitMap(), BitMap(), BitMap())
    return simulate(store, engine, links=links) if is_dry else decide(store, engine, links=links)


def _compared(
    engine: DuckDBEngine, catalog: Catalog, folder: Path, least: float, limits: Limits, *, is_anew: bool
) -> _Compared:
    """What is known now: new records against the known ones, or all with all where nothing fitting is known."""
    traits = identities.compared_traits(engine, catalog)
    mark = {"traits": meanings_as_json(traits), "generation": generation(engine)}
    known = None if is_anew else shelf.read(folder)
    if known is None or not _fits(known, mark, least):
        return _all(engine, traits, folder, least, limits, mark)
    found = _new(engine, traits, known, limits)
    is_outgrown = found.kept.n > _OUTGROWN * max(known.model.records, 1)
    return _all(engine, traits, folder, least, limits, mark) if is_outgrown else found


def _fits(known: Kept, mark: dict[str, Any], least: float) -> bool:
    """Whether what is kept was learnt from the same traits of the same tables, and compares anything."""
    is_same = {name: known.mark.get(name) for name in mark} == mark
    return is_same and known.least == least and bool(known.model.parameters.m)


def _all(
    engine: DuckDBEngine, traits: dict[str, Meaning], folder: Path, least: float, limits: Limits, mark: dict[str, Any]
) -> _Compared:
    shelf.forget(folder)
    every, said = identities.records(engine, traits), identities.last_said(engine)
    table = every.filter(identities.is_told(every))
    found = match(table, record=IDENTITY, meanings=traits, least=least, limits=limits)
    kept = replace(keep(table, found, record=IDENTITY, least=least), mark={**mark, "said": said})
    return _Compared(kept, table.num_rows, found.compared)


def _new(engine: DuckDBEngine, traits: dict[str, Meaning], known: Kept, limits: Limits) -> _Compared:
    said = identities.last_said(engine)
    every = identities.records(engine, traits, known.mark["said"])
    is_told, there, names = identities.is_told(every), identities.identities(engine), known.names()
    table, silent = every.filter(is_told), every.filter(pc.invert(is_told))[IDENTITY]
    gone = names.filter(pc.invert(pc.is_in(names, there.combine_chunks())))
    gone = pa.chunked_array([*gone.chunks, *silent.chunks], pa.int32())
    if not table.num_rows and not len(gone):
        return _Compared(known, 0, 0)
    renewed = match_new(table, known, gone=gone, limits=limits)
    return _Compared(replace(renewed.kept, mark={**known.mark, "said": said}), table.num_rows, renewed.compared)


_NO_SPLINK = Text(en="Matching is not installed", fr="Le rapprochement n'est pas installé")
_INSTALL = Text(en="Run `pip install 'quartier[identity]'`.", fr="Lancez `pip install 'quartier[identity]'`.")
