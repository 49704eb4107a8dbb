"""The editor as a template shows it: nodes with their fields, notes and problems, and the answer beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quartier.catalog import Subject, other_subject
from quartier.language import Language
from quartier.segment.clauses import Reader, capital
from quartier.segment.contradiction_words import plain_finding
from quartier.segment.funnel import Stage
from quartier.segment.population import BUILT_IN
from quartier.segment.sentence import clause, said, sentence
from quartier.web.editor.fields import Option, Row
from quartier.web.editor.leaf_rows import Surroundings, rows_of
from quartier.web.editor.sketch import COUNTED, GROUPS, Group, Node, Sketch
from quartier.web.editor.trying import Told, Tried, named
from quartier.web.editor.words import WORDS

_CROSSING = ("account", "any_person", "some_persons", "every_person", "no_person")
_OF_PERSONS, _OF_ACCOUNTS = ("account", "own_time"), ("any_person", "some_persons", "every_person", "no_person")
FIRST = ("trait", "event", "segment", "any")
"""What a group offers to add at once; the rest stands behind “other conditions”."""
MORE: Mapping[Subject, tuple[str, ...]] = {
    "person": ("sequence", "place", "entered", "left", "campaign", "persons", "not", "account", "own_time", "yaml"),
    "account": ("entered", "left", "accounts", "not", "any_person", "yaml"),
}


@dataclass(frozen=True)
class Problem:
    """A problem in the reader's language."""

    what: str
    remedy: str


@dataclass(frozen=True)
class NodeView:
    """A group or leaf as it is shown.

    Attributes:
        number: its place as people count: 1.2 for the second part of the first.
        kinds: the kinds that a group may have, none for a leaf.
        count: what was typed for “at least n of”, None where the kind has no such number.
        say: the condition in words; empty while it is not whole.
        holding, left, left_kind: for how many it holds, and how many it `leaves` or `gathers` with those before it.
        share: what is left of the population, between 0 and 1.
        first, more: what can be added.
        deeds: what can be done to it: the word, and the command that does it.
    """

    path: str
    number: str
    kind: str
    kinds: tuple[Option, ...] = ()
    count: str | None = None
    parts: "tuple[NodeView, ...]" = ()
    rows: tuple[Row, ...] = ()
    say: str = ""
    holding: int | None = None
    left: int | None = None
    left_kind: str = ""
    share: float | None = None
    problems: tuple[Problem, ...] = ()
    is_unfinished: bool = False
    first: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    deeds: tuple[tuple[str, str], ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether it has conditions inside."""
        return bool(self.kinds)


@dataclass(frozen=True)
class Step:
    """One bar of the funnel."""

    path: str
    label: str
    n: int
    share: float


@dataclass(frozen=True)
class Sample:
    """Some members: heads of columns, and rows of an address and cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Answer:
    """What the form gives now.

    Attributes:
        size, population: None where there is nothing to count.
        left_out: how many conditions are not counted.
        funnel: the population, then what each top-level part leaves.
        findings: what can never be, with what to do.
    """

    size: int | None = None
    population: int = 0
    of: Subject = "person"
    left_out: int = 0
    sentence: str = ""
    funnel: tuple[Step, ...] = ()
    findings: tuple[Problem, ...] = ()
    sample: Sample | None = None
    has_stopped: bool = False


@dataclass(frozen=True)
class EditorPage:
    """The whole form.

    Attributes:
        url, number: where it is sent, and the draft's number, empty until it is kept.
        version, base: which version of which segment it was begun from; 0 and nothing for a new one.
        problems: those of the whole under `""`, of a field under its name, of a node under its path.
        focus: the path of the node to which the reader's attention goes.
    """

    url: str
    number: str
    version: int
    label: str
    base: str
    sketch: Sketch
    root: NodeView
    populations: tuple[Option, ...]
    problems: Mapping[str, tuple[Problem, ...]]
    answer: Answer
    focus: str = ""

    @property
    def proposed(self) -> str:
        """The name that it gets where none is written."""
        return named(self.sketch).name

    @property
    def is_new(self) -> bool:
        """Whether there is no version of it yet."""
        return self.version == 0

    @property
    def whole_problems(self) -> tuple[Problem, ...]:
        """The problems that are of no node and no field."""
        return self.problems.get("", ())


def node_view(sketch: Sketch, tried: Tried, around: Surroundings, currency: str) -> NodeView:
    """The tree of a sketch as it is shown."""
    of: Subject = "account" if sketch.of == "account" else "person"
    stages = {tried.places[each.place]: each for each in _stages(tried) if each.place in tried.places}
    return _Views(tried, around, stages, currency).view(sketch.where, "0", of)


def problems_of(tried: Tried, language: Language) -> dict[str, tuple[Problem, ...]]:
    """All problems by path, in the reader's language."""
    return {path: tuple(_problem(each, language) for each in told) for path, told in tried.told.items()}


def answer_of(tried: Tried, root: NodeView, language: Language, currency: str, sample: Sample | None) -> Answer:
    """What stands beside the form."""
    left_out = len([each for each in tried.left_out if each != "0"])
    if tried.weighed is None:
        return Answer(left_out=left_out, has_stopped=tried.has_stopped)
    preview = tried.weighed.preview
    found = [plain_finding(each, currency) for each in preview.findings]
    return Answer(
        preview.size,
        preview.population,
        preview.of,
        left_out,
        sentence(preview.segment, language, currency=currency),
        _funnel(preview.population, root, language),
        tuple(Problem(each["what"][language], each["remedy"][language]) for each in found),
        sample,
    )


def population_options(
    segments: Sequence[tuple[str, str, Subject]], of: Subject, chosen: str, language: Language
) -> list[Option]:  # fmt: skip
    """Among whom a segment may be drawn; what was chosen stands there even where nothing knows it."""
    built_in = [each for each in BUILT_IN if of == "person" or each != "identified"]
    said_of = {each: WORDS[f"population_{each}"].to(language) for each in ("none", "segments", *BUILT_IN)}
    others = [Option(name, label, said_of["segments"]) for name, label, subject in segments if subject == of]
    found = [Option("", said_of["none"]), *(Option(each, said_of[each]) for each in built_in), *others]
    return found if chosen in [each.value for each in found] else [*found, Option(chosen, chosen)]


@dataclass(frozen=True)
class _Views:
    tried: Tried
    around: Surroundings
    stages: Mapping[str, Stage]
    currency: str

    def view(self, node: Node, path: str, of: Subject, *, is_first: bool = True, is_last: bool = True) -> NodeView:
        """A node as it is shown, with all inside it."""
        own = NodeView(
            path,
            ".".join(str(int(each) + 1) for each in path.split(".")[1:]),
            node.kind,
            problems=tuple(_problem(each, self.around.language) for each in self.tried.told.get(path, ())),
            is_unfinished=path in self.tried.left_out and path not in self.tried.told and not _is_untouched(node, path),
            deeds=_deeds(node, path, is_first=is_first, is_last=is_last),
        )
        stage = self.stages.get(path)
        counted = self._counted(own, stage) if stage else own
        reader = Reader(self.around.language, self.currency, of=of)
        if isinstance(node, Group):
            say = capital(clause(stage.node, reader).one) if stage and path != "0" else ""
            return self._group(replace(counted, say=say), node, of)
        say = said(stage.node, reader) if stage else ""
        return replace(counted, say=say, rows=tuple(rows_of(node, path, of, self.around)))

    def _group(self, own: NodeView, group: Group, of: Subject) -> NodeView:
        inside = other_subject(of) if group.kind in _CROSSING else of
        last = len(group.parts) - 1
        parts = (
            self.view(each, f"{own.path}.{n}", inside, is_first=n == 0, is_last=n == last)
            for n, each in enumerate(group.parts)
        )
        count = group.count if group.kind in COUNTED else None
        kinds = self._kinds(group, of)
        return replace(own, kinds=kinds, count=count, parts=tuple(parts), first=FIRST, more=MORE[inside])

    def _kinds(self, group: Group, of: Subject) -> tuple[Option, ...]:
        """The kinds that fit who is asked; those that a single condition alone can have only for one."""
        others = _OF_ACCOUNTS if of == "person" else _OF_PERSONS
        hidden = {*others, "all" if group.kind == "one" else "one"} - {group.kind}
        kinds = [each for each in GROUPS if each not in hidden]
        return tuple(Option(each, WORDS[f"group_{each}"].to(self.around.language)) for each in kinds)

    def _counted(self, own: NodeView, stage: Stage) -> NodeView:
        assert self.tried.weighed is not None  # there are stages
        kind = "" if stage.left is None else "gathers" if self._is_gathered(stage) else "leaves"
        population = self.tried.weighed.preview.population
        shown = stage.holding if stage.left is None else stage.left
        share = min(shown / population, 1.0) if population else None
        return replace(own, holding=stage.holding, left=stage.left, left_kind=kind, share=share)

    def _is_gathered(self, stage: Stage) -> bool:
        return stage.place.rpartition("[")[0].endswith(".any")


def _deeds(node: Node, path: str, *, is_first: bool, is_last: bool) -> tuple[tuple[str, str], ...]:
    """What can be done to a node where it stands; to the whole, not to be moved or duplicated."""
    fields = "to_form" if node.kind == "yaml" else "to_yaml"
    found = {
        "up": None if is_first else "up:{}", "down": None if is_last else "down:{}",
        "copy": "copy:{}" if "." in path else None, "wrap": "wrap:{}:any", "deny": "wrap:{}:not",
        "unwrap": "unwrap:{}" if isinstance(node, Group) else None,
        fields: None if isinstance(node, Group) else f"{fields}:{{}}", "remove": "remove:{}",
    }  # fmt: skip
    return tuple((word, command.format(path)) for word, command in found.items() if command)


def _is_untouched(node: Node, path: str) -> bool:
    """Whether nothing is asked yet: the form says so in words of its own."""
    return path == "0" and isinstance(node, Group) and not node.parts


def _stages(tried: Tried) -> Sequence[Stage]:
    return tried.weighed.stages if tried.weighed else ()


def _funnel(population: int, root: NodeView, language: Language) -> tuple[Step, ...]:
    """What each part of a top-level `all` leaves, from the population on; nothing for another group."""
    counted = [each for each in root.parts if each.left is not None and each.left_kind == "leaves"]
    if not counted:
        return ()
    first = Step("", WORDS["funnel_population"].to(language), population, 1.0 if population else 0.0)
    return (
        first,
        *(Step(each.path, each.say or _group_said(each), each.left or 0, each.share or 0.0) for each in counted),
    )


def _group_said(node: NodeView) -> str:
    return next((each.label for each in node.kinds if each.value == node.kind), "")


def _problem(told: Told, language: Language) -> Problem:
    return Problem(told.what.to(language), told.remedy.to(language) if told.remedy else "")
