"""Project the journal: what the engine's mark lacks, chunk by chunk, each in one transaction that ends with the mark.

The store comes first (identifiers and the catalog), then the engine, as with files: a crash between the two loses
nothing, the next projection starts from the mark.
"""

import contextlib
import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import SUBJECTS, Catalog, Subject
from quartier.collect.comparing import teach
from quartier.collect.definition import IDENTIFIERS
from quartier.collect.projecting import collected_until, mark
from quartier.collect.projector import derived, devices, marks, reading, subjects
from quartier.collect.projector.catalogue import event_of, held_by, with_events, with_identifiers, with_names
from quartier.collect.projector.chunks import BYTES, Chunk, chunks, entry_digest
from quartier.collect.projector.fitting import Column, fitted
from quartier.collect.projector.happenings import write_events
from quartier.collect.projector.learning import sightings
from quartier.collect.projector.looking import sent_under, structures_of
from quartier.collect.projector.marks import JournalMark, journal_mark
from quartier.collect.projector.reading import GROUP, MESSAGES, NAMES, NAMES_SCHEMA, READ, SHAPED, TABLE
from quartier.collect.projector.rests import write_rests
from quartier.collect.projector.spreading import ODD
from quartier.engine import DuckDBEngine, Query
from quartier.engine.in_order import sort_late
from quartier.engine.ndjson import NUMBER
from quartier.errors import JournalDamaged
from quartier.identify import run as identification
from quartier.identify.linking import opening
from quartier.identify.links import naming_accounts
from quartier.identify.persons import complete_ledger, settle
from quartier.identify.resolve import LEDGER
from quartier.identify.rules import SAID_BY_NEW, note_sources
from quartier.identify.run import Identified, identify, relink
from quartier.language import Text
from quartier.store import Store, catalogs
from quartier.store.journal import Entry

AUTHOR = "journal"
"""Who wrote the versions of the catalog that messages led to."""

_KEYED, _GROUPS, _KEYED_GROUPS = "staged_keyed", "staged_groups", "staged_keyed_groups"
_STAGED = (READ, SAID_BY_NEW, MESSAGES, NAMES, SHAPED, _KEYED, _GROUPS, _KEYED_GROUPS, subjects.TRAITS,
           subjects.ARRIVED, ODD, *devices.STAGED)  # fmt: skip
_ODD_ARROW = pa.schema({"structure_": pa.string(), "misfits_": pa.list_(pa.string()), "patch_": pa.string()})
Progress = Callable[[int], None]
_ENDS_BEFORE = Text(
    en="the journal ends before message {first}, but messages up to {last} are in the tables",
    fr="le journal s'arrête avant le message {first}, alors que les tables contiennent ceux jusqu'au {last}",
)
_ANOTHER = Text(
    en="message {last} of the journal is not the one that is in the tables",
    fr="le message {last} du journal n'est pas celui que contiennent les tables",
)
_GO_ON = Text(
    en="restore the journal with `quartier restore`, or go on without what is missing with `quartier rebuild`",
    fr="restaurez le journal avec `quartier restore`, ou continuez sans ce qui manque avec `quartier rebuild`",
)


class Kept(Protocol):
    """What is needed of a journal: its entries, and its end."""

    def entries(self, after: int, until: int | None = None) -> Iterator[Entry]:
        """The entries that hold messages after a number (up to another)."""

    def end(self) -> int:
        """The number of the last message."""


@dataclass(frozen=True)
class Projected:
    """What a projection did.

    Attributes:
        messages: how many messages were projected.
        until: the number of the last one that the engine holds now.
        set_aside: how many of them could not be projected, by reason; the journal keeps them.
        in_rest: of how many something does not fit its column and is in `rest`.
        unusable: how many have an identifier of a kind by which nothing is compared; it is kept as a trait.
    """

    messages: int = 0
    until: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)
    in_rest: int = 0
    unusable: dict[str, int] = field(default_factory=dict)


def project(
    store: Store, engine: DuckDBEngine, journal: Kept, *, country: str, folder: Path | None = None,
    until: int | None = None, at_once: int = BYTES, progress: Progress | None = None,
) -> Projected:  # fmt: skip
    """Project the messages after the engine's mark, up to a number if one is given.

    `country` is that of phones that name none (ISO 3166). `folder` is where messages are written to be read by the
    engine, for a moment; `at_once` bounds their bytes. Where nothing has arrived no entry of the journal is read.
    """
    before = journal_mark(engine)
    done = Projected(until=before.until)
    if journal.end() == before.until:
        return done
    check_goes_on(journal, before)
    if until is not None and until <= before.until:
        return done
    complete_ledger(store, engine)
    for chunk in chunks(journal.entries(before.until, until), _since(engine, before), at_once):
        done = _added(done, _project(store, engine, chunk, folder, country))
        if progress:
            progress(chunk.last)
    sort_late(engine)
    return done


def check_goes_on(journal: Kept, known: JournalMark) -> None:
    """Check that the journal holds what was projected. Raises JournalDamaged where it ends before or is another one."""
    end = journal.end()
    if end < known.until:
        raise JournalDamaged(end + 1, known.until, _ENDS_BEFORE.with_(first=end + 1, last=known.until), remedy=_GO_ON)
    if known.until:
        entry = next(journal.entries(known.until - 1, known.until), None)
        if entry is None or entry.last != known.until or entry_digest(entry) != known.digest:
            raise JournalDamaged(known.until, known.until, _ANOTHER.with_(last=known.until), remedy=_GO_ON)


def _project(store: Store, engine: DuckDBEngine, chunk: Chunk, folder: Path | None, country: str) -> Projected:
    if chunk.is_lost:
        with engine.transaction():
            marks.put_mark(engine, JournalMark(chunk.last, chunk.digest, chunk.instants[-1]))
        return Projected(until=chunk.last)
    try:
        _read(engine, chunk, folder, country)
        with store.begin() as connection:
            catalog = catalogs.load(connection)
        after = derived.with_derived(_learn(engine, catalog), chunk)
        who, accounts = _identify(store, engine)
        with store.begin() as connection:
            for each in (who, accounts):
                if each and each.is_new:
                    identification.keep(connection, each, None, chunk.instants[-1])
            if after != catalog:
                catalogs.save(connection, after, author=AUTHOR, at=chunk.instants[-1])
        try:
            return _write(store, engine, chunk, after, who, accounts)
        except BaseException:
            with contextlib.suppress(Exception):  # the first failure is the one to tell
                engine.drop(LEDGER)  # the store's is ahead of it now; the next projection copies it
            raise
    finally:
        with contextlib.suppress(Exception):
            for name in _STAGED:
                engine.drop(name)


def _read(engine: DuckDBEngine, chunk: Chunk, folder: Path | None, country: str) -> None:
    teach(engine)
    with tempfile.TemporaryDirectory(dir=folder, prefix="arrivals-") as scratch:
        lines = Path(scratch) / "messages.ndjson"
        chunk.write(lines)
        engine.stage(READ, reading.read_query(lines, chunk.first))
    engine.stage(MESSAGES, Query(reading.messages_sql(), {reading.REGION: country}))
    devices.stage_devices(engine, chunk)
    engine.stage(SAID_BY_NEW, Query(reading.sources_sql()))
    engine.drop(READ)


def _learn(engine: DuckDBEngine, catalog: Catalog) -> Catalog:
    """Find out the tables and the names that messages bring; stages the messages with their tables."""
    names = [str(name) for name, _ in engine.rows(Query(reading.event_names_sql()))]
    catalog, tables = with_events(catalog, names)
    columns = {reading.EVENT: list(tables), TABLE: list(tables.values())}
    types = pa.schema([(name, pa.string()) for name in NAMES_SCHEMA.names])
    engine.stage(NAMES, pa.table(columns, schema=types))
    engine.stage(SHAPED, Query(reading.shaped_sql()))
    catalog = with_identifiers(catalog, sent_under(engine))
    return devices.with_devices(engine, with_names(engine, catalog, structures_of(engine)))


def _identify(store: Store, engine: DuckDBEngine) -> tuple[Identified, Identified | None]:
    """Find out whose messages these are, and which accounts they speak of."""
    with store.begin() as connection:
        ledgers = {each: opening(connection, each) for each in SUBJECTS}
    who = identify(engine, SHAPED, IDENTIFIERS, "person", ledger=ledgers["person"], line=NUMBER, into=_KEYED)
    if GROUP not in sent_under(engine):
        return who, None
    engine.stage(_GROUPS, Query(reading.groups_sql()))
    accounts = identify(
        engine, _GROUPS, (GROUP,), "account", ledger=ledgers["account"], line=NUMBER, into=_KEYED_GROUPS
    )  # fmt: skip
    return who, accounts


def _write(
    store: Store, engine: DuckDBEngine, chunk: Chunk, catalog: Catalog, who: Identified, accounts: Identified | None
) -> Projected:
    """One transaction: persons, accounts, events, what was set aside, the feed and the mark."""
    structures = structures_of(engine)
    with engine.transaction():
        note_sources(engine, mark(engine))
        in_rest = _write_said(engine, chunk, catalog, "person", _KEYED, structures)
        if accounts:
            in_rest += _write_said(engine, chunk, catalog, "account", _KEYED_GROUPS, structures)
        for table in structures:
            if table not in SUBJECTS:
                in_rest += _write_table(engine, catalog, table, structures[table])
        for found, keyed in ((who, _KEYED), (accounts, _KEYED_GROUPS)):
            if found:
                _settle(store, engine, chunk, catalog, found, keyed)
        if accounts or who.moved.num_rows or _names_accounts(catalog, structures):
            relink(engine, catalog)
        derived.write_derived(engine, catalog, chunk)
        aside = _set_aside(engine)
        marks.put_mark(engine, JournalMark(chunk.last, chunk.digest, chunk.instants[-1]))
    return Projected(chunk.count, chunk.last, aside, in_rest, _unusable(engine))


def _write_said(
    engine: DuckDBEngine, chunk: Chunk, catalog: Catalog, subject: Subject, keyed: str,
    structures: Mapping[str, Sequence[str]],
) -> int:  # fmt: skip
    """What messages say under each identifier. Returns of how many something is in `rest`."""
    before = mark(engine)
    subjects.make_room(engine, catalog, subject)
    subjects.write_new(engine, subject, keyed, chunk, before)
    subjects.write_sent_under(engine, catalog, subject, keyed)
    columns, has_odd = _fit(engine, catalog, subject, structures.get(subject, ()))
    named = subjects.stage_traits(engine, catalog, subject, keyed, columns, has_odd)
    if subject == "person":
        named = devices.add_devices(engine, catalog, keyed, named)
    subjects.write_traits(engine, subject, named, chunk, before)
    return write_rests(engine, subject)


def _settle(store: Store, engine: DuckDBEngine, chunk: Chunk, catalog: Catalog, found: Identified, keyed: str) -> None:
    """Bring persons or accounts to what was said and to the links."""
    subject = found.subject
    identification.write(engine, found)
    keys = BitMap(engine.keys(Query(reading.keys_sql(subject, keyed))))
    seq = chunk.first + mark(engine)
    settle(engine, catalog, subject, keys, secret=store.secret, from_seq=seq, moved=found.moved_keys)


def _write_table(engine: DuckDBEngine, catalog: Catalog, table: str, structures: Sequence[str]) -> int:
    columns, has_odd = _fit(engine, catalog, table, structures)
    return write_events(engine, _KEYED, event_of(catalog, table), columns, has_odd)


def _fit(
    engine: DuckDBEngine, catalog: Catalog, table: str, structures: Sequence[str]
) -> tuple[tuple[Column, ...], bool]:
    """The columns that the messages of a table fill; the shapes that do not fit are staged."""
    columns, odd = fitted(structures, held_by(catalog, table))
    if odd:
        rows = [tuple(vars(each).values()) for each in odd]
        arrays = [pa.array(each, type_) for each, type_ in zip(zip(*rows, strict=True), _ODD_ARROW.types, strict=True)]
        engine.stage(ODD, pa.Table.from_arrays(arrays, schema=_ODD_ARROW))
    return columns, bool(odd)


def _names_accounts(catalog: Catalog, structures: Mapping[str, Sequence[str]]) -> bool:
    """Whether messages may say of persons to which accounts they belong."""
    given = {name for structure in structures.get("person", ()) for name in sightings([structure])}
    return not given.isdisjoint(name for name, _ in naming_accounts(catalog))


def _set_aside(engine: DuckDBEngine) -> dict[str, int]:
    engine.ensure(marks.ASIDE, marks.ASIDE_SCHEMA)
    before = marks.set_aside(engine)
    engine.insert(marks.ASIDE, Query(reading.unusable_sql()))
    engine.insert(marks.ASIDE, Query(reading.without_table_sql()))
    found = marks.set_aside(engine)
    return {reason: n - before.get(reason, 0) for reason, n in found.items() if n > before.get(reason, 0)}


def _unusable(engine: DuckDBEngine) -> dict[str, int]:
    (counted,) = engine.fetch(Query(reading.unusable_identifiers_sql())).to_pylist()
    return {kind: int(n) for kind, n in counted.items() if n}


def _since(engine: DuckDBEngine, before: JournalMark) -> dt.datetime | None:
    """The instant before which nothing more is said to have arrived."""
    found = [each for each in (before.at, collected_until(engine)) if each]
    return max(found, default=None)


def _added(done: Projected, more: Projected) -> Projected:
    aside, unusable = _sum(done.set_aside, more.set_aside), _sum(done.unusable, more.unusable)
    return Projected(done.messages + more.messages, more.until, aside, done.in_rest + more.in_rest, unusable)


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {each: one.get(each, 0) + other.get(each, 0) for each in sorted({*one, *other})}
