"""How each kind of leaf is shown: rows of fields that read as a sentence, made from the catalog and the operators."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quartier.catalog import Catalog, EventType, Property, Subject, Trait, ValueType
from quartier.language import Language
from quartier.segment.earlier_documents import CHANGED
from quartier.segment.event_documents import MEASURES, OF_MEASURES, OF_ONE_EVENT
from quartier.segment.operators import NUMERIC, OPERATORS, RANGES
from quartier.segment.ranks import RANKS
from quartier.segment.sequence_documents import MOST_STEPS
from quartier.segment.wall_clock import CLOCK_PARTS
from quartier.web.editor.fields import Field, Option, Row, row, select
from quartier.web.editor.leaves import OF_A_PROPERTY, WHICH, event_types, measured_type, property_of, rows
from quartier.web.editor.places import AROUND, DISTANCES
from quartier.web.editor.sketch import Leaf
from quartier.web.editor.trial_fields import Asked, Trials, fitting

Offered = tuple[tuple[str, int], ...]
CLOCKED = ("is", "is_not", "in", "not_in", "more_than", "at_least", "less_than", "at_most", "between")
WAS = ("targeted", "held_out", "exposed")


@dataclass(frozen=True)
class Surroundings:
    """What a form can offer.

    Attributes:
        segments, campaigns: their names with their labels.
        values_of: the most frequent values of a trait, or of a property of an event, with how often they occur.
    """

    catalog: Catalog
    language: Language
    segments: Sequence[tuple[str, str, Subject]] = ()
    campaigns: Sequence[str] = ()
    values_of: Callable[[Trait | tuple[EventType, str]], Offered] = lambda _asked: ()


def rows_of(leaf: Leaf, path: str, of: Subject, around: Surroundings) -> list[Row]:
    """The rows of fields of a leaf."""
    shown = _Shown(path, leaf, around.language, around.catalog, of, around)
    return [each for each in _ROWS[leaf.kind](shown) if each.fields]


@dataclass(frozen=True)
class _Shown(Trials):
    around: Surroundings

    # ---- traits

    def trait(self) -> Iterator[Row]:
        """A trait and its test."""
        chosen = self.leaf.one("trait")
        field = select(self.path, "trait", self.said("trait"), chosen, self._traits(), empty=self.said("choose_trait"))
        found = self.catalog.trait(chosen, self.of)
        yield row("", field, self.test(self._of_trait(found)) if chosen else [], self._was("trait"))

    def _traits(self) -> list[Option]:
        found = [
            Option(each.name, each.label.to(self.language), each.family.label.to(self.language).capitalize())
            for each in self.catalog.traits
            if each.of == self.of
        ]
        return sorted(found, key=lambda each: (each.group, each.label.casefold()))

    def _of_trait(self, trait: Trait | None) -> Asked:
        if trait is None:
            return Asked(None, [*OPERATORS, *RANKS, CHANGED], ("trait", "ago"))
        is_number, is_given = trait.type in NUMERIC, trait.origin == "given"
        ranks = RANKS if is_number and self.of == "person" else ()
        sides = [each for each, fits in (("trait", is_number), ("ago", is_given)) if fits]
        operators = [*fitting(trait.type), *ranks, *([CHANGED] if is_given else [])]
        return Asked(trait.type, operators, sides, self.around.values_of(trait))

    # ---- events

    def event(self) -> Iterator[Row]:
        """What happened, of which kind, when, and how much of it."""
        events = event_types(self.leaf, self.catalog)
        yield row(self.said("did"), self._events("event"))
        if not self.leaf.several("event"):
            return
        yield from self._tests("where", events)
        yield from self._clock()
        yield row("", self._free_test("where", events), self._free_clock())
        yield row(self.said("when"), self.window())
        yield row(self.said("how_much"), self._measure(events), self.test(self._of_measure()))

    def _events(self, name: str) -> Iterator[Field]:
        options = [Option(each.name, each.label.to(self.language)) for each in self.catalog.events]
        options.sort(key=lambda each: each.label.casefold())
        chosen = self.leaf.several(name)
        for place, each in enumerate(chosen):
            before = self.said("or") if place else ""
            yield select(self.path, name, self.said("event"), each, options, before=before, empty=self.said("none"))
        others = [each for each in options if each.value not in chosen]
        if others or not chosen:
            empty = self.said("or_also" if chosen else "choose_event")
            yield select(self.path, name, self.said("event"), "", others, empty=empty)

    def _tests(self, name: str, events: tuple[EventType, ...]) -> Iterator[Row]:
        options, numbers = self._properties(events), rows(self.leaf, name)
        for number in numbers:
            place = f"{name}.{number}"
            path = self.leaf.one(place)
            field = select(self.path, place, self.said("property"), path, options, empty=self.said("none"))
            declared = property_of(events, path)
            lead = self.said("where" if number == numbers[0] else "and_where")
            yield row(
                lead, field, self.test(self._of_property(events, path, declared), f"{place}.test"), self._was(place)
            )

    def _free_test(self, name: str, events: tuple[EventType, ...]) -> list[Field]:
        """The choice of one more property to be tested."""
        options, numbers = self._properties(events), rows(self.leaf, name)
        place = f"{name}.{max(numbers, default=-1) + 1}"
        empty = self.said("one_more_property" if numbers else "any_property")
        return [select(self.path, place, self.said("property"), "", options, empty=empty)] if options else []

    def _properties(self, events: tuple[EventType, ...]) -> list[Option]:
        paths = events[0].paths() if events else []
        shared = [path for path in paths if all(each.property(path) for each in events)]
        return [Option(path, _label_of(events[0], path, self.language)) for path in shared]

    def _of_property(self, events: tuple[EventType, ...], path: str, declared: Property | None) -> Asked:
        if declared is None:
            return Asked(None, tuple(OPERATORS))
        return Asked(declared.type, fitting(declared.type), (), self.around.values_of((events[0], path)))

    def _clock(self) -> Iterator[Row]:
        """The tests of the event's own time."""
        numbers = rows(self.leaf, "when")
        options = [Option(each, self.said(f"clock_{each}")) for each in CLOCK_PARTS]
        for number in numbers:
            place = f"when.{number}"
            part = self.leaf.one(place)
            field = select(self.path, place, self.said("clock"), part, options, empty=self.said("none"))
            names = tuple((each, 0) for each in CLOCK_PARTS[part].names) if part in CLOCK_PARTS else ()
            yield row(self.said("on"), field, self.test(Asked(ValueType.TEXT, CLOCKED, (), names), f"{place}.test"))

    def _free_clock(self) -> list[Field]:
        """The choice of one more part of the time to be tested."""
        numbers = rows(self.leaf, "when")
        taken = {self.leaf.one(f"when.{number}") for number in numbers}
        left = [Option(each, self.said(f"clock_{each}")) for each in CLOCK_PARTS if each not in taken]
        place = f"when.{max(numbers, default=-1) + 1}"
        return [select(self.path, place, self.said("clock"), "", left, empty=self.said("any_clock"))] if left else []

    def _measure(self, events: tuple[EventType, ...]) -> list[Field]:
        measure = self.leaf.one("measure") or "count"
        options = [Option(each, self.said(f"measure_{each}")) for each in MEASURES]
        found = [select(self.path, "measure", self.said("measure"), measure, options), self._was("measure")]
        path = self.leaf.one("path")
        if measure == "days_since":
            which = [Option(each, self.said(f"which_{each}")) for each in WHICH]
            found.append(select(self.path, "path", self.said("which"), path, which))
        elif measure in OF_A_PROPERTY:
            properties = [
                Option(each, _label_of(events[0], each, self.language))
                for each in (events[0].paths() if events else ())
                if _is_measurable(events[0].property(each), measure)
            ]
            found.append(select(self.path, "path", self.said("property"), path, properties, empty=self.said("choose")))
        return found

    def _of_measure(self) -> Asked:
        measure = self.leaf.one("measure") or "count"
        type_ = measured_type(self.leaf, self.catalog)
        if measure == "days_since":
            return Asked(type_, RANGES, ("trait",))
        if measure in ("first", "last", "most_frequent"):
            ranks = RANKS if type_ in NUMERIC else ()
            return Asked(
                type_, [*fitting(type_, OF_ONE_EVENT), *ranks], ("trait", "earlier") if type_ in NUMERIC else ()
            )
        first = ("at_least",) if measure == "count" else ()
        return Asked(type_, tuple(dict.fromkeys([*first, *OF_MEASURES])), ("trait", "earlier"))

    # ---- sequences

    def sequence(self) -> Iterator[Row]:
        """Steps one after the other."""
        numbers = rows(self.leaf, "step")
        for place, number in enumerate(numbers):
            yield from self._step(f"step.{number}", is_first=place == 0)
        if len(numbers) < MOST_STEPS:
            yield row(
                self.said("then" if numbers else "first"), self._step_kind(f"step.{max(numbers, default=-1) + 1}")
            )
        yield row(self.said("starting"), self.window())
        yield row(
            self.said("in_all"),
            self.text("times", self.said("repeated"), kind="number", before=self.said("repeated")),
            self.text("same", self.said("same"), before=self.said("same")),
        )

    def _step(self, name: str, *, is_first: bool) -> Iterator[Row]:
        within = [] if is_first else self.duration(f"{name}.within", self.said("number"), before=self.said("within"))
        lead = self.said("first" if is_first else "then")
        yield row(lead, self._step_kind(name), self._events(f"{name}.event"), within)
        if self.leaf.several(f"{name}.event"):
            events = event_types(self.leaf, self.catalog, f"{name}.event")
            yield from self._tests(f"{name}.where", events)
            yield row("", self._free_test(f"{name}.where", events))

    def _step_kind(self, name: str) -> Field:
        options = [Option("event", self.said("step_event")), Option("not", self.said("step_not"))]
        return select(self.path, name, self.said("step"), self.leaf.one(name), options, empty=self.said("no_step"))

    # ---- places, segments, campaigns, lists

    def place(self) -> Iterator[Row]:
        """Within a distance of a city or a point."""
        around = self.leaf.one("near") or AROUND[0]
        options = [Option(each, self.said(f"near_{each}")) for each in AROUND]
        ends = (("lat", "number"), ("lon", "number")) if around == "point" else (("city", "text"), ("country", "text"))
        units = [Option(each, each) for each in DISTANCES]
        yield row(
            self.said("lives"),
            self.text("within.n", self.said("number"), kind="number"),
            select(self.path, "within.unit", self.said("unit"), self.leaf.one("within.unit"), units),
            select(self.path, "near", self.said("near"), around, options),
            [self.text(name, self.said(name), kind=kind, before=self.said(name)) for name, kind in ends],
        )

    def segment(self) -> Iterator[Row]:
        """A segment, now or in a period."""
        kind = self.leaf.kind
        options = [Option(name, label) for name, label, of in self.around.segments if of == self.of]
        chosen = select(
            self.path, kind, self.said("segment"), self.leaf.one(kind), options, empty=self.said("choose_segment")
        )
        yield row(self.said(f"{kind}_lead"), chosen)
        yield row(self.said("when"), self.window())

    def campaign(self) -> Iterator[Row]:
        """What a campaign did, and when."""
        names = [Option(each, each) for each in self.around.campaigns]
        deeds = [Option(each, self.said(f"was_{each}")) for each in WAS]
        yield row(
            "",
            select(self.path, "was", self.said("was"), self.leaf.one("was"), deeds),
            select(
                self.path, "campaign", self.said("campaign"), self.leaf.one("campaign"), names,
                empty=self.said("choose_campaign"),
            ),
        )  # fmt: skip
        yield row(self.said("when"), self.window())

    def listed(self) -> Iterator[Row]:
        """A fixed list."""
        kind = self.leaf.kind
        yield row(self.said(f"{kind}_lead"), Field(self.path, kind, self.said("list"), "list", self.leaf.one(kind)))

    def yaml(self) -> Iterator[Row]:
        """What has no fields of its own."""
        yield row("", Field(self.path, "text", self.said("as_yaml"), "yaml", self.leaf.one("text")))

    def _was(self, name: str) -> Field:
        """What was chosen when the form was made: a test of another trait or property begins anew."""
        return Field(self.path, f"{name}.was", "", "hidden", self.leaf.one(name))


def settled(leaf: Leaf, catalog: Catalog, of: Subject) -> Leaf:
    """A leaf in which the tests of what was chosen anew have been emptied; the operators that still fit are kept."""
    fields = dict(leaf.fields)
    for name in [each.removesuffix(".was") for each in fields if each.endswith(".was")]:
        (was,) = fields.pop(f"{name}.was")[:1] or ("",)
        if leaf.one(name) == was or not was:
            continue
        test = {"trait": "test", "measure": "test"}.get(name, f"{name}.test")
        kept = {test: fields[test]} if test in fields and _still_fits(leaf, name, test, catalog, of) else {}
        fields = {key: value for key, value in fields.items() if key != test and not key.startswith(f"{test}.")} | kept
    return Leaf(leaf.kind, fields)


def _still_fits(leaf: Leaf, name: str, test: str, catalog: Catalog, of: Subject) -> bool:
    if name == "measure":
        return False
    trait = catalog.trait(leaf.one("trait"), of) if name == "trait" else None
    events = event_types(leaf, catalog, f"{name.rpartition('.where')[0]}.event".lstrip("."))
    declared = trait or property_of(events, leaf.one(name))
    return declared is not None and leaf.one(test) in fitting(declared.type)


def _label_of(event: EventType, path: str, language: Language) -> str:
    head, _, line = path.partition(".")
    outer, inner = event.property(head), event.property(path)
    if outer is None or inner is None:
        return path
    return f"{outer.label.to(language)} › {inner.label.to(language)}" if line else inner.label.to(language)


def _is_measurable(declared: Property | None, measure: str) -> bool:
    if declared is None:
        return False
    return (
        declared.type in NUMERIC if measure in ("sum", "mean", "min", "max") else declared.type is not ValueType.LINES
    )


_ROWS: dict[str, Callable[[_Shown], Iterator[Row]]] = {
    "trait": _Shown.trait,
    "event": _Shown.event,
    "sequence": _Shown.sequence,
    "place": _Shown.place,
    "segment": _Shown.segment,
    "entered": _Shown.segment,
    "left": _Shown.segment,
    "campaign": _Shown.campaign,
    "persons": _Shown.listed,
    "accounts": _Shown.listed,
    "yaml": _Shown.yaml,
}
