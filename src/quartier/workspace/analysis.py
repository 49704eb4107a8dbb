"""What is there to see in a workspace: the base month by month, cohorts, concentration, the RFM grid and its runs."""

from functools import partial
from typing import TYPE_CHECKING, Any

from quartier.analyse import run
from quartier.analyse.modelling.computed import figures_in
from quartier.analyse.modelling.kinds import kind_of
from quartier.errors import UnknownName, suggestion
from quartier.language import Text
from quartier.store import runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quartier.analyse import Concentration, Overview, RfmGrid
    from quartier.analyse.adviser.run import Advised
    from quartier.analyse.association.detail import Detail
    from quartier.analyse.association.matrix import Associations
    from quartier.analyse.cohorts import Cohorts
    from quartier.analyse.drivers.finding import Drivers
    from quartier.analyse.modelling.computed import Figures
    from quartier.analyse.modelling.kind import Way
    from quartier.analyse.modelling.shown import Shown
    from quartier.analyse.opportunities.found import Opportunities
    from quartier.analyse.personas.sheet import Persona
    from quartier.store.runs import Run
    from quartier.workspace.workspace import Workspace

HELD_OUT = 0.2
"""The share of a segment that is held out when an effect is to be measured, as campaigns hold out unless told."""


class Analysis:
    """What a workspace can tell of its base now: `ws.analysis`."""

    def __init__(self, workspace: "Workspace") -> None:
        self._of = workspace

    def overview(self) -> "Overview":
        """The base at a glance, with every month."""
        ws = self._of
        return run.overview(ws.engine, ws.catalog, ws.config, ws.clock.now())

    def cohorts(self) -> "Cohorts":
        """The customers by month of first order, and how many ordered again in each month after."""
        ws = self._of
        return run.cohorts(ws.engine, ws.catalog, ws.config, ws.clock.now())

    def concentration(self) -> "Concentration":
        """How concentrated net revenue is among customers."""
        ws = self._of
        return run.concentration(ws.engine, ws.catalog, ws.clock.now())

    def grid(self) -> "RfmGrid | None":
        """The heat map of the last run of RFM; None when there has been none."""
        return run.rfm_grid(self._of.store, self._of.engine)

    def advice(self) -> "Advised":
        """Which families of segmentation the data bear now, by which methods, what is missing, how many segments."""
        from quartier.analyse.adviser.run import advised  # models and surveys take a while to load
        from quartier.evaluate.effect import ALPHA
        from quartier.evaluate.sizes import smallest_segment

        ws = self._of
        smallest = partial(smallest_segment, held_out=HELD_OUT, alpha=ALPHA)
        return advised(ws.engine, ws.catalog, ws.clock.now(), held_out=HELD_OUT, smallest=smallest)

    def opportunities(self, market: str | None = None, *, days: int = 90) -> "Opportunities":
        """Where there is more to win: against a market, in the catalogue, among those who promise much, in what grows.

        Args:
            market: a table in force; the one given last unless named.
            days: how far back a follow-up counts.

        Raises UnknownName with the nearest names.
        """
        from quartier.analyse.opportunities.found import Opportunities
        from quartier.analyse.opportunities.run import (  # statistics take a second to load
            against_market,
            growing,
            in_catalogue,
            left_alone,
        )
        from quartier.segment import run as segments
        from quartier.segment.of_person import label_of

        ws = self._of
        known, reading = ws.markets.kept(market) if market else next(iter(ws.markets.all()), None), ws.markets.reading
        found = against_market(reading, known) if known else None
        labels = {name: label_of(each) for name, each in segments.of_persons(segments.defined(ws.store)).items()}
        alone = left_alone(reading, ws.store, days)
        grown = growing(reading, ws.store, labels)
        return Opportunities(reading.as_of, reading.size, found, in_catalogue(reading), alone, grown)

    def whereabouts(self, name: str) -> dict[str, Any]:
        """Where the members of a segment in force live, as of its last evaluation, as plain data.

        Without a trait that says it nothing is told but how many they are. Raises UnknownName with the nearest names.
        """
        from quartier.analyse.places.whereabouts import whereabouts
        from quartier.segment import run as segments
        from quartier.segment.bind import bind
        from quartier.store import membership

        ws = self._of
        known, catalog = segments.defined(ws.store), ws.catalog
        bound = bind(segments.named(name, known), catalog, known)
        with ws.store.begin() as connection:
            members = membership.members_at(connection, name)
        world = segments.world(ws.engine, catalog, ws.config, ws.clock.now(), ws.store)
        population = world.about(bound.of).holding(bound.population)
        found = whereabouts(ws.engine, catalog, bound.of, members, population)
        nothing: dict[str, Any] = {
            "of": bound.of, "members": len(members), "population": len(members | population), "countries": [],
            "cities": [], "unknown": len(members), "withheld": 0, "country": None, "city": None,
        }  # fmt: skip
        return {"segment": name, **(found.as_json() if found else nothing)}

    def persona(self, name: str) -> "Persona":
        """The portrait of a segment of persons in force: made now, with the members of its last evaluation.

        Raises UnknownName with the nearest names, InvalidRequest for a segment of accounts.
        """
        from quartier.analyse.personas import run as personas  # statistics take a second to load
        from quartier.segment import run as segments
        from quartier.segment.bind import bind
        from quartier.segment.defining import defining_traits
        from quartier.store import membership

        ws, at = self._of, self._of.clock.now()
        known, catalog = segments.defined(ws.store), ws.catalog
        segment = segments.named(name, known)
        segments.check_of_persons([name], known)
        bound = bind(segment, catalog, known)
        with ws.store.begin() as connection:
            members = membership.members_at(connection, name)
        world = segments.world(ws.engine, catalog, ws.config, at, ws.store)
        population = world.about(bound.of).holding(bound.population)
        drawn = personas.Drawn(name, members, population, defining_traits(bound, catalog))
        surveys = [each.survey for each in ws.surveys.all()]
        return personas.persona(
            ws.engine, catalog, ws.config, drawn, at, surveys=surveys, lapsed_after=self._lapsed_after(),
        )  # fmt: skip

    def _lapsed_after(self) -> int | None:
        """The days without a purchase by which the last run of the stages of the relation calls a customer lapsed."""
        last = self.last_run("relation")
        lapse = figures_in(last).get("lapse") if last else None
        return int(lapse["days"]) if lapse else None

    def associations(self, traits: "Sequence[str]" = (), *, among: str | None = None) -> "Associations":
        """How strongly traits go together: the named ones, or those known of most; among everybody or a segment."""
        from quartier.analyse.association.run import associations  # statistics take a second to load

        ws = self._of
        members = ws.evaluated(among).members if among else None
        return associations(ws.engine, ws.catalog, ws.config, ws.clock.now(), traits=traits, among=members)

    def association(self, first: str, second: str, *, among: str | None = None) -> "Detail":
        """How the second trait lies over the values of the first."""
        from quartier.analyse.association.run import detail  # as above

        ws = self._of
        members = ws.evaluated(among).members if among else None
        return detail(ws.engine, ws.catalog, ws.config, ws.clock.now(), first, second, among=members)

    def drivers(self, outcome: str, traits: "Sequence[str]" = ()) -> "Drivers":
        """What goes with an outcome.

        `churned=true` is a value of a trait, `segment:loyal` membership of a segment now. What was known at a cut is
        held against what came within 90 days after it by `event:Order Completed@90` and `silence:Order Completed@90`,
        against membership 90 days later by `segment:loyal@90`.
        """
        from quartier.analyse.drivers.asking import outcome_of
        from quartier.analyse.drivers.run import drivers, drivers_later  # as above
        from quartier.analyse.modelling.reading import Reading
        from quartier.segment.defining import defining_traits

        ws, asked = self._of, outcome_of(outcome)
        if asked.days is not None:
            reading = Reading(ws.engine, ws.catalog, ws.config, ws.clock.now(), ws.conditions)
            return drivers_later(reading, asked, traits=traits)
        found = ws.evaluated(asked.segment) if asked.segment else None
        return drivers(
            ws.engine, ws.catalog, ws.config, asked, ws.clock.now(), members=found.members if found else None,
            defined_by=defining_traits(found.segment, ws.catalog) if found else (), traits=traits,
        )  # fmt: skip

    def last_run(self, name: str = "rfm") -> "Run | None":
        """The last run of a model, with what it was told and what it found; None when there has been none."""
        with self._of.store.begin() as connection:
            return runs.last(connection, name)

    def last_runs(self) -> "list[Run]":
        """The last run of every model, in the order in which they ran."""
        with self._of.store.begin() as connection:
            return runs.last_of_each(connection)

    def run_of(self, name: str) -> "Run":
        """The last run of a model. Raises UnknownName when it never ran, with the names of those that did."""
        found = self.last_run(name)
        if found is None:
            ran = [each.model for each in self.last_runs()]
            raise UnknownName(_NEVER_RAN.with_(name=name), remedy=suggestion(name, ran))
        return found

    def figures(self, name: str) -> "Figures":
        """What the last run of a model found beside its traits. Raises as `run_of` does."""
        last = self.run_of(name)
        return kind_of(last.parameters["model"]).figures_of(last)

    def tables(self, name: str) -> "tuple[Shown, ...]":
        """The same as tables. Raises as `run_of` does."""
        last = self.run_of(name)
        kind = kind_of(last.parameters["model"])
        return kind.tables_of(last, kind.figures_of(last))

    def segments_of(self, name: str, way: "Way | None" = None) -> "tuple[dict[str, Any], ...]":
        """All that the last run of a model found as definitions of segments, to be put in force by `apply_segments`.

        By conditions that go on with the data where there are some, or as the run found them (`way="run"`); none for a
        model whose findings are no set of segments. Raises as `run_of` does.
        """
        last = self.run_of(name)
        return kind_of(last.parameters["model"]).segments_of(last, way)


_NEVER_RAN = Text(en="no model called “{name}” has been run", fr="aucun modèle appelé « {name} » n'a été calculé")
