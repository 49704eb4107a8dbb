"""How a sequence compiles: from its last step backwards, the events that a right sequel follows.

An event of a step has a right sequel when the *earliest* such event of the next step is near enough and nothing that
must not happen lies between: a later one could only be farther away and have more between. So one ordered pass over the
rows of two neighbouring steps decides each of them, whatever the number of events, and a person with very many costs no
more than their rows. The earliest end of the whole grows with its beginning for the same reason, so that repetitions
are found from the earliest on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.engine import EVENT_ID, KEY, OCCURRED_AT, Dialect, Query, kept_sql, parameter, to_sql
from quartier.segment.comparing import numbered
from quartier.segment.conditions import PropertyTest, SequenceLeaf, Step
from quartier.segment.event_rows import Column
from quartier.segment.leaves import Asking, LeafQuery, leaf_query
from quartier.segment.moments import Moment, parameters
from quartier.segment.property_tests import columns_of, passes
from quartier.segment.windows import Duration

PERSON_KEY = KEY["person"]
INSTANT, ID, SAME, KIND, PLACE, NTH, END = "instant", "id", "same", "kind", "place", "nth", "last_place"
NEXT, OWN = 0, 99
"""Kinds of rows beside those of absent steps, 1 and up. Of one event's rows that of the next step comes first and that
of the own step last, so that nothing follows itself or lies between itself and something else."""


@dataclass(frozen=True)
class StepShape:
    """All of a step but its values; `index` is its place in the sequence."""

    index: int
    tables: tuple[str, ...]
    tests: tuple[tuple[Column, str], ...]
    is_timed: bool


@dataclass(frozen=True)
class Link:
    """A step that must happen, and those that must not happen after it."""

    step: StepShape
    absent: tuple[StepShape, ...]


@dataclass(frozen=True)
class SequenceShape:
    """All of a sequence but its values."""

    links: tuple[Link, ...]
    has_start: bool
    times: int
    same: Column | None

    @property
    def keys(self) -> list[str]:
        """What all rows of one sequence share."""
        return [PERSON_KEY, SAME] if self.same else [PERSON_KEY]

    @property
    def steps(self) -> list[StepShape]:
        """Every step, in any order."""
        return [step for link in self.links for step in (link.step, *link.absent)]


@leaf_query.register
def _(leaf: SequenceLeaf, moment: Moment, asking: Asking) -> LeafQuery:
    return LeafQuery(Query(_sql(shape_of(leaf), asking.dialect), sequence_parameters(leaf, moment)))


def shape_of(leaf: SequenceLeaf) -> SequenceShape:
    """All of a sequence but its values."""
    links: list[Link] = []
    for index, step in enumerate(leaf.steps):
        shape = _step_shape(index, step)
        if step.is_absent:
            links[-1] = Link(links[-1].step, (*links[-1].absent, shape))
        else:
            links.append(Link(shape, ()))
    same = Column(leaf.same.name, leaf.same.type) if leaf.same else None
    return SequenceShape(tuple(links), leaf.window.has_start, leaf.times, same)


def sequence_parameters(leaf: SequenceLeaf, moment: Moment) -> dict[str, Any]:
    """The values of a sequence's query at a moment."""
    start, end = leaf.window.edges(moment.now, moment.zone)
    given: dict[str, Any] = {"now": moment.naive(moment.now), "first_until": moment.naive(end)}
    if start is not None:
        given["after"] = moment.naive(start)
    for link in shape_of(leaf).links:
        for shape in (link.step, *link.absent):
            given |= _tests_values(leaf.steps[shape.index].where, shape.index, moment)
    timed = [(index, step.within) for index, step in enumerate(leaf.steps) if step.within]
    given |= {_minutes_key(index): minutes(within) for index, within in timed}
    waited = [shape.index for shape in shape_of(leaf).links[-1].absent if shape.is_timed]
    return given | {_passed_key(i): moment.naive(w.before(moment.now, moment.zone)) for i, w in timed if i in waited}


def minutes(length: Duration) -> int:
    """How long a time between two steps is: at least a minute, at most weeks."""
    return round(length.days * 24 * 60)


def _step_shape(index: int, step: Step) -> StepShape:
    tests = tuple((Column(each.path, each.declared.type), each.comparison.operator_key) for each in step.where)
    return StepShape(index, tuple(event.table for event in step.events), tests, step.within is not None)


def _tests_values(where: Sequence[PropertyTest], index: int, moment: Moment) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for number, test in enumerate(where):
        given |= numbered(f"s{index}_w{number}_", parameters(test.comparison, test.declared.type, moment))
    return given


def _minutes_key(index: int) -> str:
    return f"s{index}_minutes"


def _passed_key(index: int) -> str:
    return f"s{index}_passed"


@kept_sql
def _sql(shape: SequenceShape, dialect: Dialect) -> str:
    rows = _Rows(shape)
    begun = _ended(rows)
    for link in reversed(shape.links[:-1]):
        begun = _followed(link, begun, rows)
    if shape.times == 1:
        return to_sql(begun[[PERSON_KEY]].distinct(), dialect)
    return to_sql(_repeated(begun, shape), dialect)


class _Rows:
    """The rows of each step: whose they are, their place in the order of events and, for repetitions, its number."""

    def __init__(self, shape: SequenceShape) -> None:
        self.shape, self.keys = shape, shape.keys
        self.is_counted = shape.times > 1
        self.order = [PLACE] if self.is_counted else [INSTANT, ID]
        self.columns = [*self.keys, INSTANT, *self.order[-1:]]
        self.carried = [END] if self.is_counted else []
        self._counted = _counted(shape) if self.is_counted else None

    def of(self, step: StepShape) -> ir.Table:
        """The rows of the events that a step may take; the first step's lie in the window."""
        if self._counted is None:
            rows = step_rows(step, self.shape)
        else:
            rows = self._counted.filter(self._counted[KIND] == step.index).drop(KIND)
        if step.index == 0:
            return rows.filter(rows[INSTANT] <= parameter("first_until", dtypes.timestamp))
        return rows

    def between(self, kinds: Sequence[tuple[int, ir.Table]]) -> ir.Table:
        """Rows of several kinds in one table."""
        return reduce(lambda left, right: left.union(right), (self._of_kind(*each) for each in kinds))

    def later(self) -> dict[str, Any]:
        """The rows that come later than a row, of the same person and value."""
        return {"group_by": self.keys, "order_by": [*self.order, KIND], "following": (1, None)}

    def _of_kind(self, kind: int, rows: ir.Table) -> ir.Table:
        ends = {each: rows[each] if each in rows.columns else ibis.null(dtypes.int64) for each in self.carried}
        return rows.select(*self.columns, **ends, **{KIND: ibis.literal(kind, dtypes.int8)})


def _counted(shape: SequenceShape) -> ir.Table:
    """The rows of all steps with the number of their place among the person's; one event has one place."""
    rows = [step_rows(step, shape).mutate(**{KIND: ibis.literal(step.index, dtypes.int8)}) for step in shape.steps]
    everything = reduce(lambda left, right: left.union(right), rows)
    by_person = ibis.window(group_by=PERSON_KEY, order_by=[INSTANT, ID])
    return everything.mutate(**{PLACE: ibis.dense_rank().over(by_person).cast("int64")}).drop(ID)


def step_rows(step: StepShape, shape: SequenceShape) -> ir.Table:
    """One row per event of a step that passes its tests, from the start of the window until now."""
    made = []
    for table in step.tables:
        events = events_of_step(table, step, shape)
        named = {
            INSTANT: events[OCCURRED_AT],
            ID: events[EVENT_ID],
        }  # new names: Ibis would drop a choice of all columns
        same = {SAME: events[shape.same.path]} if shape.same else {}
        made.append(events.select(PERSON_KEY, **named, **same))
    return reduce(lambda left, right: left.union(right), made)


def events_of_step(table: str, step: StepShape, shape: SequenceShape) -> ir.Table:
    """The events of one table that pass a step's tests, with the properties that the step reads."""
    same = [shape.same] if shape.same else []
    schema = {PERSON_KEY: dtypes.int32, OCCURRED_AT: dtypes.timestamp, EVENT_ID: dtypes.string}
    events = ibis.table(schema | columns_of([column for column, _ in step.tests] + same), name=table)
    kept = [events[OCCURRED_AT] <= parameter("now", dtypes.timestamp)]
    if shape.has_start:
        kept.append(events[OCCURRED_AT] > parameter("after", dtypes.timestamp))
    kept += [events[each.path].notnull() for each in same]
    return events.filter(*kept, *passes(events, step.tests, f"s{step.index}_w"))


def _ended(rows: _Rows) -> ir.Table:
    """The events of the last step that must happen, after which nothing happened that must not."""
    link = rows.shape.links[-1]
    own = rows.of(link.step)
    own = own.mutate(**{END: own[PLACE]}) if rows.is_counted else own
    for step in link.absent:
        if step.is_timed:
            own = own.filter(own[INSTANT] <= parameter(_passed_key(step.index), dtypes.timestamp))
    if not link.absent:
        return own
    absent = [(kind, rows.of(step).semi_join(own, rows.keys)) for kind, step in enumerate(link.absent, 1)]
    found = rows.between([*absent, (OWN, own)])
    later = ibis.window(**rows.later())
    seen = {f"absent{kind}": _earliest(found, INSTANT, kind).over(later) for kind, _ in absent}
    found = found.mutate(**seen)
    right = [~_comes(found, kind, step) for kind, step in enumerate(link.absent, 1)]
    return found.filter(found[KIND] == OWN, *right).select(*rows.columns, *rows.carried)


def _followed(link: Link, following: ir.Table, rows: _Rows) -> ir.Table:
    """The events of a step that a right sequel follows: the earliest of `following`, and nothing between."""
    own = rows.of(link.step).semi_join(following, rows.keys)
    absent = [(kind, rows.of(step).semi_join(following, rows.keys)) for kind, step in enumerate(link.absent, 1)]
    found = rows.between([(NEXT, following), *absent, (OWN, own)])
    seen = [(INSTANT, "next_at", NEXT)]
    if rows.is_counted:
        seen.append((END, "next_end", NEXT))
    if absent:
        in_order = ibis.window(group_by=rows.keys, order_by=[*rows.order, KIND])
        found = found.mutate(**{NTH: ibis.row_number().over(in_order)})
        seen.append((NTH, "next_nth", NEXT))
        for kind, _ in absent:
            seen += [(INSTANT, f"absent{kind}", kind), (NTH, f"absent{kind}_nth", kind)]
    later = ibis.window(**rows.later())
    found = found.mutate(**{name: _earliest(found, column, kind).over(later) for column, name, kind in seen})
    right = [found[KIND] == OWN, _is_near(found, link, rows.shape)]
    right += [~(_comes(found, kind, step) & _is_before(found, kind)) for kind, step in enumerate(link.absent, 1)]
    end = {END: found["next_end"]} if rows.is_counted else {}
    return found.filter(*right).select(*rows.columns, **end)


def _earliest(rows: ir.Table, column: str, kind: int) -> ir.Value:
    return rows[column].min(where=rows[KIND] == kind)


def _is_near(found: ir.Table, link: Link, shape: SequenceShape) -> ir.BooleanValue:
    """Whether there is a next event, within its time."""
    following = shape.links[shape.links.index(link) + 1].step
    there: ir.BooleanValue = found["next_at"].notnull()
    return there & (found["next_at"] <= _until(found, following)) if following.is_timed else there


def _comes(found: ir.Table, kind: int, step: StepShape) -> ir.BooleanValue:
    """Whether what must not happen does, within its time."""
    at = found[f"absent{kind}"]
    there: ir.BooleanValue = at.notnull()
    return there & (at <= _until(found, step)) if step.is_timed else there


def _is_before(found: ir.Table, kind: int) -> ir.BooleanValue:
    """Whether what must not happen comes before the next event."""
    is_before: ir.BooleanValue = found[f"absent{kind}_nth"] < found["next_nth"]
    return is_before


def _until(found: ir.Table, step: StepShape) -> ir.Value:
    return found[INSTANT] + ibis.interval(minutes=1) * parameter(_minutes_key(step.index), dtypes.int64)


def _repeated(begun: ir.Table, shape: SequenceShape) -> ir.Table:
    """The persons with enough repetitions: each the one that ends first among those that begin late enough."""
    last = begun.group_by(shape.keys).agg(until=begun[END].min())
    rounds = [last]
    for _ in range(shape.times - 1):
        later = begun.inner_join(last, shape.keys).filter(lambda rows: rows[PLACE] > rows["until"])
        last = later.group_by(shape.keys).agg(until=later[END].min())
        rounds.append(last)
    if shape.same is None:
        return last[[PERSON_KEY]]
    done = reduce(lambda left, right: left.union(right), [each[[PERSON_KEY]] for each in rounds])
    counted = done.group_by(PERSON_KEY).agg(n=done.count())
    return counted.filter(counted.n >= shape.times)[[PERSON_KEY]]
