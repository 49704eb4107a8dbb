"""Collect from files: propose a mapping, import a file, bring the engine up to date, build it again.

An import is planned completely before anything is written. Then the store remembers it (import, identifiers, catalog:
one transaction), then the engine computes it (one transaction that ends with a mark). A crash between the two loses
nothing: `catch_up` projects what the mark lacks.
"""

import contextlib
import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quartier.catalog import SUBJECTS, Catalog
from quartier.collect import rejects
from quartier.collect.changing import ensure_history
from quartier.collect.comparing import is_cleaned, teach
from quartier.collect.definition import Form, Layout, Mapping
from quartier.collect.projecting import catalog_after, mark, project
from quartier.collect.projector import run as projector
from quartier.collect.projector.marks import journal_mark
from quartier.collect.projector.run import Kept
from quartier.collect.proposal import Proposal, propose_mapping
from quartier.collect.readers import Reading, Survey, as_text, open_file, survey, table_of
from quartier.collect.readers.opening import Opener, opened_here
from quartier.collect.staging import Staged, stage
from quartier.collect.summary import ImportSummary
from quartier.collect.tables import count, unstage
from quartier.config import Config
from quartier.engine import BELONGING, DuckDBEngine, known_table, said_known_table, subject_schema
from quartier.errors import UnreadableFile, WorkspaceDamaged
from quartier.identify import run as identification
from quartier.identify.linking import opening
from quartier.identify.persons import complete_ledger
from quartier.identify.respelling import is_of_this_edition, mark_edition, respell
from quartier.identify.run import relink
from quartier.language import Text
from quartier.store import Store, catalogs, imports
from quartier.store.journal import Journal, Lost, check_end

IMPORTS, REJECTED = "imports", "rejected"
_SAMPLE = 5_000
Progress = Callable[[float], None]
Source = str | Path | Any
"""A path, or a pandas, Polars or Arrow frame."""


def propose(
    source: Source, config: Config, catalog: Catalog, *, layout: Layout | str | None = None, event: str | None = None,
    form: Form | None = None, opener: Opener = opened_here, **hints: Any,
) -> Proposal:  # fmt: skip
    """A mapping guessed from names and first values; `hints` are fields of the mapping that are known already.

    Raises UserError for a file that cannot be used.
    """
    with contextlib.ExitStack() as stack:
        path = stack.enter_context(_as_file(source))
        reading = opener(path, form or Form()).reading
        stack.callback(reading.close)
        samples = _first_values(reading)
    asked = Layout(layout) if layout else None
    known = {"time_zone": config.time_zone, **hints}
    return propose_mapping(
        reading.names, samples, form or Form(), layout=asked, event=event, hints=known, known=catalog
    )


def collect(
    store: Store, engine: DuckDBEngine, config: Config, folder: Path, source: Source, mapping: Mapping, at: dt.datetime,
    *, author: str, copy: bool = True, progress: Progress | None = None, name: str | None = None,
    journal: Kept | None = None, opener: Opener = opened_here,
) -> ImportSummary:  # fmt: skip
    """Import a file or a frame, after what arrived before it. Raises UserError, and then nothing is stored."""
    tell = progress or (lambda _share: None)
    path, is_ours = _file_of(source, folder, name)
    reading: Reading | None = None
    try:
        opened = opener(path, mapping.form)
        found, reading = opened.survey, opened.reading
        tell(0.05)
        catch_up(store, engine, config, folder, journal=journal)
        with store.begin() as connection:
            catalog, seq = catalogs.load(connection), imports.next_seq(connection)
        staged = _stage(store, engine, config, path, reading, mapping, catalog)
        tell(0.6)
        summary = _keep(store, engine, config, folder, path, found, staged, catalog, seq, at, author, copy or is_ours)
        tell(1.0)
        return summary
    finally:
        if reading is not None:
            reading.close()
        unstage(engine)
        if is_ours:
            path.unlink(missing_ok=True)


def trial(
    store: Store, engine: DuckDBEngine, config: Config, folder: Path, path: Path, mapping: Mapping,
    *, progress: Progress | None = None, journal: Kept | None = None, opener: Opener = opened_here,
) -> ImportSummary:  # fmt: skip
    """What an import of a file would store and reject, row by row; nothing is stored. Raises as `collect` does."""
    reading: Reading | None = None
    try:
        reading = opener(path, mapping.form).reading
        catch_up(store, engine, config, folder, journal=journal)
        with store.begin() as connection:
            catalog = catalogs.load(connection)
        if progress:
            progress(0.1)
        staged = _stage(store, engine, config, path, reading, mapping, catalog)
        return ImportSummary(
            path.name, None, staged.rows_in, staged.stored, staged.duplicates, staged.rejected,
            findings=staged.findings, reasons=rejects.reasons(engine, staged),
        )  # fmt: skip
    finally:
        if reading is not None:
            reading.close()
        unstage(engine)


def catch_up(
    store: Store, engine: DuckDBEngine, config: Config, folder: Path, *, journal: Kept | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Project what the engine lacks, files and messages in the order in which they arrived.

    Returns how many files there were. Raises JournalDamaged where the journal lacks what the tables hold.
    """
    if engine.schema(said_known_table("person")) is None or not is_of_this_edition(engine):
        _renew(store, engine, config, folder)
    prepare(store, engine)
    if journal is not None:
        projector.check_goes_on(journal, journal_mark(engine))
    complete_ledger(store, engine)
    with store.begin() as connection:
        lacking = imports.after(connection, mark(engine))
    for place, one in enumerate(lacking, start=1):
        if journal is not None and one.journal_until:
            projector.project(store, engine, journal, country=config.country, folder=folder, until=one.journal_until)
        _project_again(store, engine, config, folder, one)
        if progress:
            progress(place / (len(lacking) + bool(journal)))
    if journal is not None:
        projector.project(store, engine, journal, country=config.country, folder=folder)
    return len(lacking)


def prepare(store: Store, engine: DuckDBEngine) -> None:
    """Make the tables that every workspace has: a question to one without persons has an answer too."""
    teach(engine)
    for subject in SUBJECTS:
        engine.ensure(subject, subject_schema(Catalog(), subject))
    if engine.schema(BELONGING) is None:
        with store.begin() as connection:
            relink(engine, catalogs.load(connection))
    if engine.schema(known_table("person")) is None:
        ensure_history(engine)
    mark_edition(engine)


@dataclass(frozen=True)
class Rebuilt:
    """What the engine's tables were made of: files and messages, and which messages the journal had lost.

    `unanswered` are the models to whose last run these data no longer hold an answer: their traits are empty.
    """

    files: int
    messages: int
    lost: Lost | None = None
    unanswered: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        lost = {"first": self.lost.first, "last": self.lost.last} if self.lost else None
        unanswered = list(self.unanswered)
        return {"files": self.files, "messages": self.messages, "lost": lost, "unanswered": unanswered}


def rebuild(
    store: Store, engine: DuckDBEngine, config: Config, folder: Path, *, journal: Journal | None = None,
    progress: Progress | None = None,
) -> Rebuilt:  # fmt: skip
    """Drop every table of the engine and make it again from the kept files and the journal, in order of arrival.

    Messages that were in the tables and that the journal no longer has are recorded there as lost. Raises
    WorkspaceDamaged, and then nothing was dropped, when a file is missing or has changed.
    """
    kept = _checked_imports(store, folder)
    lost = None
    if journal is not None:
        lost = check_end(journal, max([journal_mark(engine).until, *(one.journal_until for one in kept)]))
        if lost is not None:
            journal.skip_to(lost.last)
    _forget(engine)
    files = catch_up(store, engine, config, folder, journal=journal, progress=progress)
    return Rebuilt(files, journal_mark(engine).until, lost)


def _renew(store: Store, engine: DuckDBEngine, config: Config, folder: Path) -> None:
    """Have tables that earlier rules made go, and identifiers compared as the present rules say; all is read again."""
    is_outgrown = engine.schema("person") is not None
    if is_outgrown:
        _checked_imports(store, folder)
    respell(store, config.country)
    if is_outgrown:
        _forget(engine)


def _checked_imports(store: Store, folder: Path) -> list[imports.Import]:
    """Every import. Raises WorkspaceDamaged where a file is missing or has changed: its rows cannot be made again."""
    with store.begin() as connection:
        kept = imports.after(connection, 0)
    for one in kept:
        _unchanged(_path_of(folder, one), one)
    return kept


def _forget(engine: DuckDBEngine) -> None:
    for name in engine.tables():
        engine.drop(name)


@contextlib.contextmanager
def _as_file(source: Source) -> Iterator[Path]:
    """The source as a file, for the length of the block."""
    with tempfile.TemporaryDirectory() as folder:
        yield _file_of(source, Path(folder), None)[0]


def _first_values(reading: Reading) -> dict[str, list[str | None]]:
    """The first values of every column. Raises UnreadableFile when there is no row."""
    batches, rows = [], 0
    for batch in reading.batches:
        batches.append(batch)
        rows += batch.num_rows
        if rows >= _SAMPLE:
            break
    if not rows:
        raise UnreadableFile(_NO_ROWS, remedy=_GIVE_ROWS)
    sample = pa.Table.from_batches(batches).slice(0, _SAMPLE)
    return {name: as_text(sample.column(name).combine_chunks()).to_pylist() for name in reading.names}


def _file_of(source: Source, folder: Path, name: str | None) -> tuple[Path, bool]:
    """The source as a file; a frame is written as Parquet first, under its name."""
    if isinstance(source, str | os.PathLike):
        return Path(source), False
    path = folder / f"{name or 'frame'}.parquet"
    pq.write_table(table_of(source), path)
    return path, True


def _stage(
    store: Store, engine: DuckDBEngine, config: Config, path: Path, reading: Reading, mapping: Mapping, catalog: Catalog
) -> Staged:
    subject = "account" if mapping.layout == "accounts" else "person"
    with store.begin() as connection:
        ledger = opening(connection, subject)  # type: ignore[arg-type]  # one of the two subjects
    try:
        return stage(engine, reading, mapping, catalog, config, ledger, path.name)
    finally:
        reading.close()


def _keep(
    store: Store, engine: DuckDBEngine, config: Config, folder: Path, path: Path, found: Survey, staged: Staged,
    catalog: Catalog, seq: int, at: dt.datetime, author: str, copy: bool,
) -> ImportSummary:  # fmt: skip
    """Write the original, the store, the rejected rows and the engine, in this order."""
    rejected_file, reasons = rejects.write(engine, staged, folder / REJECTED, f"{seq:06d}-{path.name}", config.language)
    before = _sizes(engine)
    added: dict[str, int] = {}
    if staged.stored:
        kept = _kept_at(folder, path, seq, copy)
        after = catalog_after(catalog, staged)
        one = imports.Import(
            seq, at, path.name, found.digest, found.size, str(kept), copy, staged.plan.mapping.as_json(),
            staged.rows_in, staged.stored, staged.duplicates, staged.rejected, journal_mark(engine).until,
        )  # fmt: skip
        with store.begin() as connection:
            imports.add(connection, one)
            identification.keep(connection, staged.identified, seq, at)
            catalogs.save(connection, after, author=author, at=at)
        added = project(engine, staged, after, store.secret, seq, at, path.name)
    now = _sizes(engine)
    return ImportSummary(
        path.name, seq if staged.stored else None, staged.rows_in, staged.stored, staged.duplicates, staged.rejected,
        added, now["person"] - before["person"], now["account"] - before["account"], staged.findings, reasons,
        rejected_file,
    )  # fmt: skip


def _sizes(engine: DuckDBEngine) -> dict[str, int]:
    return {subject: count(engine, subject) for subject in SUBJECTS}


def _kept_at(folder: Path, path: Path, seq: int, copy: bool) -> Path:
    """Where the original stays: a copy that is safely on disk, or where it is now."""
    if not copy:
        return path.resolve()
    (folder / IMPORTS).mkdir(exist_ok=True)
    kept = folder / IMPORTS / f"{seq:06d}-{path.name}"
    with path.open("rb") as original, kept.open("wb") as target:
        shutil.copyfileobj(original, target, 1 << 20)
        target.flush()
        os.fsync(target.fileno())
    return kept.relative_to(folder)


def _project_again(store: Store, engine: DuckDBEngine, config: Config, folder: Path, one: imports.Import) -> None:
    with store.begin() as connection:
        catalog = catalogs.load(connection)
    path = _path_of(folder, one)
    found = _unchanged(path, one)
    mapping = Mapping.read(one.mapping)
    try:
        staged = _stage(store, engine, config, path, open_file(path, mapping.form, found), mapping, catalog)
        again = replace(one, mapping=staged.plan.mapping.as_json(), stored=staged.stored, duplicates=staged.duplicates,
                        rejected=staged.rejected)  # fmt: skip
        is_read_alike = (again.stored, again.rejected) == (one.stored, one.rejected)
        if not is_read_alike and not any(is_cleaned(each.kind) for each in staged.plan.identifiers):
            raise WorkspaceDamaged(_READ_OTHERWISE, where=one.name, remedy=_REPORT)
        with store.begin() as connection:
            if again != one:  # the rules by which identifiers are compared are no longer the same
                imports.read_again(connection, again)
            if staged.identified.is_new:
                identification.keep(connection, staged.identified, one.seq, one.at)
        project(engine, staged, catalog, store.secret, one.seq, one.at, one.name)
    finally:
        unstage(engine)


def _path_of(folder: Path, one: imports.Import) -> Path:
    return folder / one.kept_at if one.is_copied else Path(one.kept_at)


def _unchanged(path: Path, one: imports.Import) -> Survey:
    """The kept file, which must be what was imported."""
    if not path.is_file():
        raise WorkspaceDamaged(_GONE.with_(path=str(path)), where=one.name, remedy=_BRING_BACK)
    found = survey(path)
    if found.digest != one.digest:
        raise WorkspaceDamaged(_CHANGED.with_(path=str(path)), where=one.name, remedy=_BRING_BACK)
    return found


_NO_ROWS = Text(en="there is no row under the header", fr="il n'y a aucune ligne sous l'en-tête")
_GIVE_ROWS = Text(en="give a file with at least one row", fr="donnez un fichier avec au moins une ligne")
_GONE = Text(en="the imported file is no longer at {path}", fr="le fichier importé n'est plus à l'emplacement {path}")
_CHANGED = Text(en="the file at {path} has changed since its import", fr="le fichier {path} a changé depuis son import")
_BRING_BACK = Text(
    en="put the original back there, then run `quartier rebuild` again",
    fr="remettez l'original à cet endroit, puis relancez `quartier rebuild`",
)
_READ_OTHERWISE = Text(
    en="the kept file no longer gives the rows that it gave", fr="le fichier conservé ne donne plus les mêmes lignes"
)
_REPORT = Text(
    en="this version reads it otherwise: please report it",
    fr="cette version le lit autrement\N{NO-BREAK SPACE}: merci de le signaler",
)
