"""The binding of one document: what is known while its names are resolved, and the problems found so far.

`bind_condition` has one function per kind of condition; each kind of leaf registers its own beside its other code.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatch

from quartier.catalog import Catalog, Label, Subject, Trait
from quartier.errors import Problem, Sentence, Unusable, suggestion
from quartier.language import Text
from quartier.segment import definition as written
from quartier.segment.conditions import BoundSegment, Condition, Everyone, InSegment, PersonsLeaf
from quartier.segment.own_clock import not_on_own_clock, on_own_clock, rank_on_own_clock
from quartier.segment.population import BUILT_IN, built_in
from quartier.segment.subjects import ASK_THE_OTHER, ASKED_OF, misplaced

Definitions = Mapping[str, written.Segment]
"""The other segments by name, as far as conditions may refer to them."""

NOBODY = PersonsLeaf(())
"""Stands for a condition with a problem, so that the rest of the document is still checked."""


class Placed(Exception):
    """A reason why a part of a condition is refused, with its place."""

    def __init__(self, place: str, cause: Unusable) -> None:
        super().__init__(place)
        self.place, self.cause = place, cause


@singledispatch
def bind_condition(node: object, _binder: "Binder", place: str) -> Condition:
    """The bound form of a condition as written; its problems are noted with their places."""
    raise TypeError(f"not a condition: {type(node).__name__} at {place}")


@dataclass
class Binder:
    """Resolves the names of one document.

    Attributes:
        catalog: the names that exist.
        definitions: the segments that conditions may refer to.
        problems: what was found wrong so far.
        path: the segments being bound, outermost first: a name seen twice is a cycle.
        campaigns: the campaigns that have an audience; None when that is not known, and any name will do.
        kept: the other segments that are bound already.
        among: the population of the segment being bound, among which ranks are counted.
        of: of whom the conditions are asked at the place that is being bound.
        clock: the trait of the zones in which the conditions are read, None for the workspace's.
        size: how many conditions were bound so far, those of referred segments at each reference.
        sizes: the same for each segment referred to.
    """

    catalog: Catalog
    definitions: Definitions
    problems: list[Problem] = field(default_factory=list)
    path: tuple[str, ...] = ()
    campaigns: Collection[str] | None = None
    kept: dict[str, BoundSegment] = field(default_factory=dict)
    among: Condition = field(default_factory=Everyone)
    of: Subject = "person"
    clock: Trait | None = None
    size: int = 0
    sizes: dict[str, int] = field(default_factory=dict)

    def segment(self, segment: written.Segment, place: str) -> BoundSegment:
        """A segment with its population and its condition bound."""
        around, self.of = self.of, segment.subject
        self.path += (segment.name,)
        label = segment.label or Label(fr=segment.name, en=segment.name)
        population = self._population(segment.population, f"{place}population")
        outer, self.among = self.among, population
        where = self.condition(segment.where, f"{place}where")
        self.among = outer
        self.path, self.of = self.path[:-1], around
        return BoundSegment(segment.name, label, segment.population, population, where, segment.subject)

    def condition(self, node: object, place: str) -> Condition:
        """A condition bound."""
        self.size += 1
        if problem := misplaced(node, self.of, place):
            return self.problem(problem.place, problem.what, problem.remedy)
        return self._on_own_clock(node, self.clock, place) if self.clock else bind_condition(node, self, place)

    def about(self, of: Subject, node: object, place: str) -> Condition:
        """A condition inside another one, asked of the other subject."""
        around, among = self.of, self.among
        self.of, self.among = of, Everyone()
        bound = self.condition(node, place)
        self.of, self.among = around, among
        return bound

    def parts(self, nodes: tuple[written.Condition, ...], place: str) -> tuple[Condition, ...]:
        """The parts of a group."""
        return tuple(self.condition(node, f"{place}[{index}]") for index, node in enumerate(nodes))

    def in_segment(self, name: str, place: str, also: tuple[str, ...] = ()) -> Condition:
        """Membership in another segment; a segment that several conditions name is bound once."""
        if name in self.path:
            cycle = " → ".join([*self.path[self.path.index(name) :], name])
            return self.problem(place, _CYCLE.with_(names=cycle), _NO_CYCLE)
        if name in self.kept:
            self.size += self.sizes[name]
            return self._member(self.kept[name], place)
        other = self.definitions.get(name)
        if other is None:
            return self.unknown(place, _NO_SEGMENT, name, [*also, *(key for key in self.definitions)])
        before, size = len(self.problems), self.size
        bound = self.segment(other, "")
        self.sizes[name] = self.size - size
        if len(self.problems) == before:
            self.kept[name] = bound
        for index in range(before, len(self.problems)):
            found = self.problems[index]
            if not found.place.startswith(f"{name} "):
                self.problems[index] = replace(found, place=f"{name} ({found.place})")
        return self._member(bound, place)

    def unknown(self, place: str, what: Text, name: str, names: list[str]) -> Condition:
        """Note a name that does not exist, with the nearest that do."""
        return self.problem(place, what.with_(name=name), suggestion(name, names))

    def unusable(self, place: str, error: Unusable) -> Condition:
        """Note the reason why a part cannot be used."""
        return self.problem(place, error.what, error.remedy)

    def problem(self, place: str, what: Sentence, remedy: Sentence | None = None) -> Condition:
        """Note a problem; what is returned stands for the condition."""
        self.problems.append(Problem(place, what, remedy))
        return NOBODY

    def _on_own_clock(self, node: object, zone: Trait, place: str) -> Condition:
        if problem := not_on_own_clock(node, place):
            return self.problem(problem.place, problem.what, problem.remedy)
        found = bind_condition(node, self, place)
        if problem := rank_on_own_clock(found, place):
            return self.problem(problem.place, problem.what, problem.remedy)
        return on_own_clock(found, zone)

    def _member(self, segment: BoundSegment, place: str) -> Condition:
        if segment.of != self.of:
            return self.problem(place, ASKED_OF[segment.of], ASK_THE_OTHER[segment.of])
        return InSegment(segment)

    def _population(self, name: str | None, place: str) -> Condition:
        if name is None:
            return Everyone()
        try:
            found = built_in(name, self.catalog, self.of)
        except Unusable as error:
            return self.unusable(place, error)
        return found or self.in_segment(name, place, also=BUILT_IN)


_NO_SEGMENT = Text(en="there is no segment “{name}”", fr="il n'y a pas de segment « {name} »")
_CYCLE = Text(
    en="these segments refer to one another: {names}", fr="ces segments se renvoient l'un à l'autre : {names}"
)
_NO_CYCLE = Text(en="take one of the references out", fr="retirez l'un des renvois")
