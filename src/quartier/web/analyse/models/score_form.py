"""How a score asks for its criteria: three families, each criterion a condition with its points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError
from starlette.datastructures import FormData

from quartier.analyse.score.calibration import WIDTH
from quartier.analyse.score.definition import FULL, SORTS, Criterion, ScoreFigures, Sort, most_of
from quartier.catalog import Catalog
from quartier.engine import QueryStopped
from quartier.errors import Problem, UserError
from quartier.language import Language
from quartier.web.analyse.models import criteria
from quartier.web.analyse.models.criteria import Beside, Criteria
from quartier.web.analyse.models.score_form_words import ADDS, FAMILIES, PROPOSED, TAKEN, WORDS
from quartier.web.analyse.models.score_words import BAND
from quartier.web.analyse.models.stating import Asking, Done, Standing, spoken, views
from quartier.web.editor.fields import Row
from quartier.web.editor.page import MORE, NodeView
from quartier.web.editor.trying import Tried, tried
from quartier.web.editor.typed import number
from quartier.web.words import Sentences
from quartier.workspace import Workspace

CHEAP: Final = 100_000
"""Up to so many persons the points are shown as they would fall after each change; beyond that when asked for."""
FALLS, TAKES, PROPOSES = "falls", "take", "propose"
_LONE = ("up", "down", "copy", "remove")


@dataclass(frozen=True)
class CriterionField:
    """One criterion: its condition, what is typed beside it, and what is wrong with that by field (`""` for all)."""

    n: int
    node: NodeView
    beside: Beside
    problems: dict[str, str]


@dataclass(frozen=True)
class FamilyFields:
    """The criteria of one family, the most points that they can bring, and what can be added: (command, word).

    `cap` is what is typed as the most of the family, `problem` what is wrong with it.
    """

    sort: str
    label: str
    help: str
    most: float
    cap: str
    problem: str
    criteria: tuple[CriterionField, ...]
    adds: tuple[tuple[str, str], ...]
    more: tuple[str, ...]


@dataclass(frozen=True)
class Fall:
    """One band: the persons who would be in it, and those who are in it by the last run."""

    name: str
    persons: int
    share: float
    now: int | None


@dataclass(frozen=True)
class CriteriaForm:
    """What the template shows. `falls` are empty where nothing was tried."""

    families: tuple[FamilyFields, ...]
    most: float
    problems: tuple[str, ...]
    falls: tuple[Fall, ...]
    can_take: bool
    said: str
    focus: str


class ScoreStating:
    """The criteria of a score in its form."""

    template: Final[str] = "analyse/models/score_form.html"
    words: Final[Sentences] = WORDS

    def begun(self, asking: Asking) -> Criteria:
        """The criteria that were stated; those that were proposed where none were."""
        stated = [Criterion.model_validate(each) for each in asking.told.get("criteria") or ()]
        catalog = asking.workspace.catalog
        caps = asking.told.get("caps") or {}
        return criteria.opened(stated or asking.workspace.scores.proposed(asking.told), catalog, caps)

    def read(self, sent: FormData, catalog: Catalog) -> Criteria | None:
        """The criteria that a form holds."""
        return criteria.sent(sent, catalog)

    def done(self, state: Criteria, command: str, asking: Asking) -> Done:
        """Take the points that the data propose, propose criteria anew, or change one."""
        catalog, language = asking.workspace.catalog, asking.visitor.language
        if command == TAKES and isinstance(asking.figures, ScoreFigures):
            taken = criteria.with_proposed(state, asking.figures.criteria, catalog)
            return Done(taken, settings={"weights": "stated"}, said=TAKEN.to(language))
        if command == PROPOSES:
            proposed = asking.workspace.scores.proposed(asking.told)
            return Done(criteria.opened(proposed, catalog), said=PROPOSED.to(language))
        return Done(*criteria.changed(state, command, catalog))

    def tried(self, state: Criteria, workspace: Workspace) -> Tried:
        """Try the conditions; without any, those that are proposed are taken when it is run."""
        return tried(workspace, state.sketch) if state.parts else Tried({})

    def document(self, state: Criteria, catalog: Catalog) -> dict[str, Any]:
        """The criteria as the model's document writes them."""
        return {"criteria": criteria.documents(state, catalog), "caps": criteria.caps_of(state)}

    def shown(self, state: Criteria, asking: Asking, standing: Standing) -> CriteriaForm:
        """The criteria by family, and how their points would fall."""
        whole = _whole(state, asking.workspace.catalog)
        nodes = views(state.sketch, standing.tried, asking)
        families = tuple(_family(sort, state, nodes, whole, asking, standing) for sort in SORTS)
        can_take = isinstance(asking.figures, ScoreFigures) and asking.figures.learnt is not None
        problems = [spoken(each, asking) for each in standing.problems if each.place == "criteria"]
        falls = _falls(whole, state, asking, standing)
        return CriteriaForm(
            families, sum(each.most for each in families), tuple(problems), falls, can_take, standing.said,
            standing.focus,
        )  # fmt: skip


def _whole(state: Criteria, catalog: Catalog) -> list[Criterion | None]:
    """The criteria as far as they are whole."""
    return [_criterion(each) for each in criteria.documents(state, catalog)]


def _criterion(document: dict[str, Any]) -> Criterion | None:
    try:
        return Criterion.model_validate(document)
    except ValidationError:
        return None


def _family(
    sort: str, state: Criteria, nodes: Sequence[NodeView], whole: Sequence[Criterion | None], asking: Asking,
    standing: Standing,
) -> FamilyFields:  # fmt: skip
    language = asking.visitor.language
    own = [n for n, each in enumerate(state.beside) if each.sort == sort]
    fields = tuple(
        CriterionField(n, _node(nodes[n], sort, n == own[0], n == own[-1]), _written(state.beside[n], language),
                       _problems(n, asking, standing))
        for n in own
    )  # fmt: skip
    most = most_of((each for n in own if (each := whole[n])), _caps(state))
    wrong = [spoken(each, asking) for each in standing.problems if each.place == f"caps.{sort}"]
    adds = tuple((command, text.to(language)) for command, text in ADDS[sort])
    label, help_ = SORTS[sort].to(language), FAMILIES[sort].to(language)  # type: ignore[index]  # one of them
    return FamilyFields(
        sort, label, help_, most, state.caps.get(sort, ""), " ".join(wrong), fields, adds,
        tuple(each for each in MORE["person"] if each != "sequence") if sort == "behaviour" else (),
    )  # fmt: skip


def _caps(state: Criteria) -> dict[Sort, float]:
    """The caps that are numbers."""
    return {sort: float(cap) for sort in SORTS if isinstance(cap := criteria.caps_of(state).get(sort), int | float)}


def _node(node: NodeView, sort: str, is_first: bool, is_last: bool) -> NodeView:
    """A condition as it stands in its family; what is known and what is done stay single conditions."""
    hidden = {"up"} if is_first else set()
    hidden |= {"down"} if is_last else set()
    deeds = tuple(each for each in node.deeds if each[0] not in hidden and (sort == "behaviour" or each[0] in _LONE))
    rows = node.rows
    if sort == "activity":  # the event alone: how often it counts is said by its points
        rows = (Row(node.rows[0].lead, node.rows[0].fields[:1]),) if node.rows else ()
    return replace(node, deeds=deeds, rows=rows, say="" if sort == "activity" else node.say)


def _written(beside: Beside, language: Language) -> Beside:
    """Numbers with the comma of the reader's language; what is none stays as it was typed."""
    if language != "fr":
        return beside
    typed = {name: getattr(beside, name) for name in ("points", "at_most", "half_life")}
    return replace(
        beside, **{name: text.replace(".", ",") for name, text in typed.items() if isinstance(number(text), float)}
    )  # fmt: skip


def _problems(n: int, asking: Asking, standing: Standing) -> dict[str, str]:
    """What is wrong beside a condition, by the field; the condition's own problems stand with it."""
    found: dict[str, str] = {}
    for each in standing.problems:
        place, field = _place(each)
        if place == n:
            found[field] = spoken(each, asking)
    return found


def _place(problem: Problem) -> tuple[int | None, str]:
    """`criteria[2].points` as 2 and `points`; None for what is of no single criterion."""
    head, _, field = problem.place.partition(".")
    place = head.removeprefix("criteria[").removesuffix("]")
    return (int(place), field) if head.startswith("criteria[") and place.isdecimal() else (None, "")


def _falls(whole: Sequence[Criterion | None], state: Criteria, asking: Asking, standing: Standing) -> tuple[Fall, ...]:
    left_out = {int(path.split(".")[1]) for path in standing.tried.left_out if "." in path}
    found = [each for n, each in enumerate(whole) if each and n not in left_out]
    is_asked = standing.command == FALLS or asking.workspace.count_everyone() <= CHEAP
    if not standing.is_tried or not is_asked or not found or standing.tried.told:
        return ()
    try:
        sizes = asking.workspace.scores.distribution(found, _caps(state))
    except (QueryStopped, UserError):  # what is wrong is told where it stands when it is run
        return ()
    total, now = sum(sizes) or 1, asking.figures.distribution if isinstance(asking.figures, ScoreFigures) else None
    return tuple(
        Fall(
            BAND.to(asking.visitor.language, low=n * WIDTH, high=min(FULL, (n + 1) * WIDTH)), persons, persons / total,
            now[n] if now else None,
        )
        for n, persons in reversed(list(enumerate(sizes)))
    )  # fmt: skip


STATING = ScoreStating()
