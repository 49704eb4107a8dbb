"""One open workspace: store, engine, catalog and clock; the stages hang on it.

Each method calls one function of a stage with what that needs; stages that few commands need are loaded when called.
"""

import contextlib
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from quartier.catalog import Catalog, Label
from quartier.catalog.edit import checked
from quartier.clock import Clock
from quartier.collect import run as collecting
from quartier.collect.comparing import teach
from quartier.collect.definition import Mapping as FileMapping
from quartier.collect.proposal import Proposal
from quartier.collect.readers.opening import Opener, opened_here
from quartier.collect.summary import ImportSummary
from quartier.config import Config
from quartier.engine import DuckDBEngine, read_compiled, write_compiled
from quartier.identify.persons import complete_rules
from quartier.identify.run import relink
from quartier.language import Language
from quartier.segment import log, past, versions
from quartier.segment import run as segments
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment
from quartier.segment.definition import Segment
from quartier.segment.evaluate import World
from quartier.segment.history import Flows, Movement, Observed, SizeHistory
from quartier.segment.run import Preview, Standing
from quartier.segment.sentence import sentence
from quartier.segment.versions import Difference, Version
from quartier.store import Store, catalogs
from quartier.store.audiences import Audience
from quartier.store.folder import STORE
from quartier.target import run as target
from quartier.target.definition import Campaign
from quartier.workspace.completing import complete, follow
from quartier.workspace.facets import Facets
from quartier.workspace.freezing import freeze

if TYPE_CHECKING:
    from quartier.analyse.modelling.computed import ModelRun
    from quartier.evaluate.report import EffectReport
    from quartier.evaluate.segmentation import SegmentationQuality
    from quartier.evaluate.segmentation.advice import Team
    from quartier.segment.answering import Due, NearPerson
    from quartier.segment.dry_run import DryRun
    from quartier.segment.explain import Explanation
    from quartier.segment.health import Health

ENGINE = "engine.duckdb"
COMPILED = "compiled.json"  # SQL that earlier processes compiled; it saves time and may be deleted
SOMEONE = "quartier"  # named as the author when a program does not say


class Workspace(Facets):
    """A folder with `quartier.toml`, `store.sqlite`, `engine.duckdb` and `imports/`, open in this process.

    Use it as a context manager, or `close` it: the engine's file belongs to one process at a time.
    """

    def __init__(self, folder: Path, config: Config, clock: Clock, *, is_current: bool = True) -> None:
        """Open it; with `is_current` the tables first get what arrived since they were written last."""
        self.folder, self.config, self.clock = folder, config, clock
        self.opener: Opener = opened_here  # a server has files from outside read by a process of their own
        self.engine = DuckDBEngine(
            folder / ENGINE, memory_limit=config.memory_limit, threads=config.threads, seconds=config.query_seconds
        )
        with contextlib.ExitStack() as opened:  # what cannot be opened to the end leaves no file open
            opened.callback(self.engine.close)
            teach(self.engine)  # before anybody asks aside: a reader takes its functions from here
            read_compiled(folder / COMPILED)
            self.store = Store(f"sqlite:///{folder / STORE}", clock.now())
            opened.callback(self.store.close)
            opened.callback(self.close_journal)
            if is_current:
                collecting.catch_up(self.store, self.engine, config, folder, journal=self.kept_journal)
                complete(self.store, self.engine, config, clock.now())
            self._files = opened.pop_all()

    # ---- collect

    @property
    def catalog(self) -> Catalog:
        """What is known of the data."""
        with self.store.begin() as connection:
            return catalogs.load(connection)

    def put_catalog(self, catalog: Catalog, *, author: str = SOMEONE) -> None:
        """Put an edited catalog in force."""
        with self.store.begin() as connection:
            edited = checked(catalog, catalogs.load(connection))
            catalogs.save(connection, edited, author=author, at=self.clock.now())
        complete_rules(self.store, self.engine)
        relink(self.engine, edited)

    def propose(self, source: Any, **hints: Any) -> Proposal:
        """Guess the mapping of a file or data frame, with what is unsure about it."""
        return collecting.propose(source, self.config, self.catalog, opener=self.opener, **hints)

    def collect(
        self,
        source: Any,
        mapping: FileMapping | None = None,
        *,
        author: str = SOMEONE,
        copy: bool = True,
        progress: collecting.Progress | None = None,
    ) -> ImportSummary:
        """Bring in a file, or a pandas, Polars or Arrow table; with the proposed mapping unless one is given.

        Raises UserError for what cannot be read, AmbiguousFile when the proposal needs an answer: nothing is kept then.
        """
        wanted = mapping or self.propose(source).mapping
        done = collecting.collect(
            self.store, self.engine, self.config, self.folder, source, wanted, self.clock.now(),
            author=author, copy=copy, progress=progress, journal=self.kept_journal, opener=self.opener,
        )  # fmt: skip
        follow(self.store, self.engine, self.config, self.clock.now())
        return done

    def rebuild(self, *, progress: collecting.Progress | None = None) -> collecting.Rebuilt:
        """Make the engine's tables again from files and journal, and the computed traits from the recorded runs."""
        from quartier.analyse.modelling.run import rerun

        made = collecting.rebuild(
            self.store, self.engine, self.config, self.folder, journal=self.kept_journal, progress=progress
        )
        _, unanswered = rerun(self.store, self.engine, self.config, self.conditions)
        complete(self.store, self.engine, self.config, self.clock.now())
        return replace(made, unanswered=unanswered)

    # ---- analyse

    def run_model(
        self, document: Mapping[str, Any] | None = None, *, as_of: dt.datetime | None = None, author: str = SOMEONE
    ) -> "ModelRun":
        """Run a model (RFM unless the document says otherwise) and write its traits, as of now unless told."""
        from quartier.analyse.modelling.kinds import read_model
        from quartier.analyse.modelling.run import run_model

        now, model, known = self.clock.now(), read_model(document or {}), self.conditions
        return run_model(
            self.store, self.engine, self.config, model, as_of or now, now, author=author, conditions=known
        )

    # ---- segment

    def count_everyone(self) -> int:
        """How many persons there are."""
        return segments.world(self.engine, self.catalog, self.config, self.clock.now()).size

    def count_accounts(self) -> int:
        """How many accounts there are."""
        return segments.world(self.engine, self.catalog, self.config, self.clock.now()).accounts.size

    def definitions(self, names: Sequence[str] = ()) -> list[Segment]:
        """The definitions in force: those named, or all of them."""
        known = segments.defined(self.store)
        return [segments.named(name, known) for name in names or known]

    def label(self, name: str) -> Label:
        """A segment's label, its name where it has none; also of one that is out of force."""
        return versions.label_of(self.store, name)

    def segments(self) -> list[Standing]:
        """Every segment as it stood when it was last evaluated."""
        return segments.standings(self.store)

    def health(self, *, oldest: dt.timedelta | None = None) -> "dict[str, Health]":
        """How every segment in force is doing, by name: when it was last evaluated, whether it failed or is stuck."""
        from quartier.segment.health import OLDEST, health

        return health(self.store, self.engine, self.catalog, self.config, at=self.clock.now(), oldest=oldest or OLDEST)

    def apply_segments(
        self, documents: Sequence[Mapping[str, Any] | Segment], *, author: str = SOMEONE
    ) -> list[Standing]:
        """Put segments in force, all of them or none, and evaluate them."""
        plain = [each.model_dump(mode="json") if isinstance(each, Segment) else each for each in documents]
        return segments.apply(
            self.store, self.engine, self.catalog, self.config, plain, author=author, at=self.clock.now()
        )

    def apply_ready_made(self, named: Sequence[str] = (), *, author: str = SOMEONE) -> list[Standing]:
        """Put in force the ready-made segments that the data support, on request the `named`, and that never were."""
        from quartier.segment.ready_made import ready_made

        catalog, known = self.catalog, versions.ever_in_force(self.store)
        found = ready_made(catalog, lambda each: segments.value_shares(self.engine, each.name, catalog, each.of), named)
        return self.apply_segments([each for each in found if each.name not in known], author=author)

    def refresh(self, *, whole: bool = False) -> list[Standing]:
        """Bring every segment to now and log who entered and who left; `whole` looks at everyone again."""
        follow(self.store, self.engine, self.config, self.clock.now(), whole=whole)
        return segments.refresh(self.store, self.engine, self.catalog, self.config, at=self.clock.now(), whole=whole)

    def preview(self, documents: Sequence[Mapping[str, Any]]) -> list[Preview]:
        """Evaluate definitions now without storing them."""
        return segments.preview(self.store, self.engine, self.catalog, self.config, documents, self.clock.now())

    def dry_run(self, documents: Sequence[Mapping[str, Any]]) -> "list[DryRun]":
        """What putting definitions in force would change: who would enter and leave, and what hangs on them."""
        from quartier.segment.dry_run import dry_run

        return dry_run(self.store, self.engine, self.catalog, self.config, documents, self.clock.now())

    def evaluated(self, name: str) -> Preview:
        """Evaluate a segment in force now, without logging it."""
        return segments.evaluated(self.store, self.engine, self.catalog, self.config, name, self.clock.now())

    def members(self, name: str, traits: Sequence[str] | None = None, *, as_of: dt.datetime | None = None) -> pa.Table:
        """The members of a segment, one row each, as an Arrow table: now, or as they were observed at an instant.

        Traits are as they are now.
        """
        if as_of is not None:
            return self.members_table(self.observed(name, as_of), traits=traits)
        return self.members_table(self.evaluated(name), traits=traits)

    def members_table(
        self, found: Preview | Observed, *, traits: Sequence[str] | None = None, limit: int | None = None
    ) -> pa.Table:
        """The members of an evaluated segment, one row each; the first `limit` of them by key."""
        keys = found.members if limit is None else found.members[:limit]
        return segments.persons(self.engine, self.catalog, keys, traits, found.of)

    def sentence(self, segment: BoundSegment | Segment | str, language: Language) -> str:
        """What a segment means, in words."""
        if isinstance(segment, BoundSegment):
            return sentence(segment, language, currency=self.config.currency)
        known = segments.defined(self.store)
        definition = segments.named(segment, known) if isinstance(segment, str) else segment
        return sentence(bind(definition, self.catalog, known), language, currency=self.config.currency)

    def explain(self, name: str, person: str) -> "Explanation":
        """Why a person (public id, user id, e-mail) or account (public id, number) is in a segment or not."""
        from quartier.segment import answering

        return answering.explained(self.store, self.engine, self._world(), name, person)

    def near_misses(self, name: str, limit: int = 10) -> "list[NearPerson]":
        """The persons closest to entering a segment: one condition keeps them out, and what would turn it is told."""
        from quartier.segment import answering

        return answering.near_misses(self.store, self._world(), name, limit)

    def due(self) -> "Due":
        """When the next refresh is due, which segments may change then, and why."""
        from quartier.segment import answering

        return answering.due(self.store, self.engine, self.catalog, self.config, at=self.clock.now())

    def _world(self) -> World:
        return segments.world(self.engine, self.catalog, self.config, self.clock.now(), self.store)

    # ---- how segments moved, and their versions

    def observed(self, name: str, at: dt.datetime) -> Observed:
        """The members of a segment as they were observed at an instant."""
        return log.members_as_of(self.store, name, at)

    def size_history(
        self, name: str, *, since: dt.datetime | None = None, until: dt.datetime | None = None
    ) -> SizeHistory:
        """The sizes of a segment as they were observed, with what entered and left each time."""
        return log.sizes(self.store, name, since=since, until=until)

    def past(self, name: str, *, step: str = "1 week", length: str = "1 year", keep: bool = False) -> SizeHistory:
        """The sizes that a segment would have had, back from now step by step; its members are kept only if asked."""
        now = self.clock.now()
        moments, keep_at = past.instants(now, step, length, self.config), now if keep else None
        return past.past(self.store, self.engine, self.catalog, self.config, name, moments, keep_at=keep_at)

    def kept_past(self, name: str) -> SizeHistory | None:
        """The past that was computed afterwards and kept, None where there is none."""
        return past.kept(self.store, self.catalog, self.config, name)

    def movement(self, name: str, since: dt.datetime, until: dt.datetime | None = None) -> Movement:
        """Who entered and who left a segment between two instants, the second one being now unless given."""
        return log.movement(self.store, name, since, until or self.clock.now())

    def flows(self, names: Sequence[str], since: dt.datetime, until: dt.datetime | None = None) -> Flows:
        """Where everyone was among some segments at two instants, the second one being now unless given."""
        now, known = self.clock.now(), segments.defined(self.store)
        segments.check_of_persons(names, known)
        everyone = segments.world(self.engine, self.catalog, self.config, now).everyone
        return log.flows(self.store, names, since, until or now, everyone)

    def versions(self, name: str) -> list[Version]:
        """Every version of a segment with its author, oldest first."""
        return versions.versions(self.store, name)

    def difference(self, name: str, old: int | None = None, new: int | None = None) -> Difference:
        """What changed between two versions of a segment: the last one and the one before unless given."""
        return versions.compared(self.store, self.catalog, self.config, name, old, new)

    def undo(self, name: str, to: int | None = None, *, author: str = SOMEONE) -> Standing:
        """Put an earlier version of a segment in force again, as a new version; the last other one unless given."""
        return versions.undo(
            self.store, self.engine, self.catalog, self.config, name, to, author=author, at=self.clock.now()
        )

    def retire(self, name: str, *, author: str = SOMEONE) -> Version:
        """Take a segment out of force; its versions and its log stay."""
        return versions.retire(self.store, self.catalog, name, author=author, at=self.clock.now())

    # ---- target

    def freeze(self, campaign: Campaign | Mapping[str, Any], *, author: str = SOMEONE) -> Audience:
        """Fix the audience of a campaign for good: the segment's members now, with a holdout."""
        return freeze(self, campaign, author)

    def export(
        self, campaign: str, path: str | Path, *, traits: Sequence[str] | None = None, replace: bool = False
    ) -> target.Exported:
        """Write the list of those targeted, as CSV, Parquet or JSON, and record that they are exposed."""
        return target.export(
            self.store, self.engine, self.catalog, campaign=campaign, path=Path(path), at=self.clock.now(),
            traits=traits, replace=replace,
        )  # fmt: skip

    def freeze_and_export(
        self,
        campaign: Campaign | Mapping[str, Any],
        path: str | Path,
        *,
        traits: Sequence[str] | None = None,
        replace: bool = False,
        author: str = SOMEONE,
    ) -> tuple[Audience, target.Exported]:
        """Freeze an audience and write its list; what would stop the list is found before anything is frozen."""
        document = campaign if isinstance(campaign, Campaign) else Campaign.read(campaign)
        target.check_export(self.catalog, Path(path), traits=traits, replace=replace)
        audience = self.freeze(document, author=author)
        return audience, self.export(document.name, path, traits=traits, replace=replace)

    def audience(self, campaign: str) -> Audience:
        """The frozen audience of a campaign."""
        return target.audience_of(self.store, campaign)

    # ---- evaluate

    def evaluate(
        self, campaign: str, outcome: str | Mapping[str, Any], *, segments_named: Sequence[str] | None = None
    ) -> "EffectReport":
        """The effect of a campaign on an outcome, overall and per segment as it was when the audience was frozen."""
        from quartier.evaluate.run import evaluate  # statistics take a second to load

        audience = target.audience_of(self.store, campaign)
        return evaluate(
            self.store, self.engine, self.catalog, self.config, campaign=campaign, outcome=outcome,
            at=self.clock.now(), segments=log.dividing(self.store, audience.persons, audience.position, segments_named),
        )  # fmt: skip

    def segmentation_quality(
        self,
        names: Sequence[str] | None = None,
        traits: Sequence[str] | None = None,
        *,
        base: str = "everyone",
        team: "Team | None" = None,
        enough: int | None = None,
        since: dt.datetime | None = None,
    ) -> "SegmentationQuality":
        """What the set of segments is worth: coverage, overlaps, separation on traits, stability, reach, doubles.

        All segments in force unless `names` are given; over everybody unless a `base` (a population or a segment) is.
        """
        from quartier.evaluate.enough import ENOUGH
        from quartier.evaluate.segmentation.run import quality  # statistics take a second to load

        return quality(
            self.store, self.engine, self._world(), names=names, traits=traits, base=base, team=team, since=since,
            enough=ENOUGH if enough is None else enough,
        )  # fmt: skip

    def close(self) -> None:
        """Let the files go, so that another process can open the workspace."""
        write_compiled(self.folder / COMPILED)
        self._files.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
