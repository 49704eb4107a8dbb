"""The score of one person, point by point: `/persons/<person>/score`, and a card on the profile that leads there."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.analyse.score.definition import SORTS
from quartier.analyse.score.explaining import Explained, Reason
from quartier.language import Language, Plural, Text, decimal, instant, whole
from quartier.web.addresses import part
from quartier.web.desk import Desk
from quartier.web.guard import visitor_of
from quartier.web.shell import Step
from quartier.workspace import Workspace


@dataclass(frozen=True)
class ReasonView:
    """One criterion for the person: what it brings now, of how many, from which fact, and what is left in a month.

    `span` says between which two its points lie, where the fact is not known; `share` is their part of the most.
    """

    said: str
    sort: str
    points: float
    span: str
    share: float
    most: float
    fact: str
    in_30_days: float


@dataclass(frozen=True)
class ScorePage:
    """The page; `span` is empty where every fact is known. `beyond` are points that caps, 0 and 100 take off."""

    person: str
    score: float
    span: str
    reasons: tuple[ReasonView, ...]
    beyond: float


def router(desk: Desk) -> APIRouter:
    """The route of one person's score."""
    routes = APIRouter()

    @routes.get("/persons/{person}/score")
    def score(person: str, request: Request) -> Response:
        language = visitor_of(request).language
        with desk.aside() as ws:
            (found,), _ = ws.persons.listed(keys=[ws.persons.key(person)])
            page = _page(found.person, ws.scores.explain(found.person), ws, language)
        trail = (Step(_PERSONS.to(language), "/persons"), Step(found.name, f"/persons/{part(found.person)}"))
        return desk.page(
            request, "persons/score.html", page, words=WORDS, title=_TITLE.to(language, name=found.name),
            place="persons", sentence=_SENTENCE.to(language), at=desk.workspace.clock.now(), trail=trail,
        )  # fmt: skip

    return routes


def _page(person: str, found: Explained, ws: Workspace, language: Language) -> ScorePage:
    span = ""
    if found.low < found.high:
        span = _SPAN.to(language, low=decimal(found.low, language, 1), high=decimal(found.high, language, 1))
    return ScorePage(
        person, found.score, span, tuple(_reason(each, ws, language) for each in found.reasons), found.beyond
    )


def _reason(each: Reason, ws: Workspace, language: Language) -> ReasonView:
    span = ""
    if each.is_missing:
        low, high = sorted((0.0, each.most))
        span = _RANGE.to(language, low=decimal(low, language, 1), high=decimal(high, language, 1))
    return ReasonView(
        each.said.to(language), SORTS[each.sort].to(language), each.points, span,  # type: ignore[index]  # one of them
        each.points / each.most if each.most else 0.0, each.most, _fact(each, ws, language), each.in_30_days,
    )  # fmt: skip


def _fact(each: Reason, ws: Workspace, language: Language) -> str:
    """The value or the events that the points rest on."""
    if each.last:
        last = instant(each.last[0], language, ws.config.zone)
        return _TIMES.to(language, n=each.times, count=whole(each.times, language), last=last)
    if each.sort == "activity":
        return _NEVER.to(language)
    if each.sort == "behaviour" or isinstance(each.value, bool):
        holds = each.value if isinstance(each.value, bool) else bool(each.points)
        return (_YES if holds else _NO).to(language)
    return _UNKNOWN.to(language) if each.value is None else str(each.value)


_PERSONS = Text(en="Persons", fr="Personnes")
_TITLE = Text(en="Score of {name}", fr="Score de {name}")
_SENTENCE = Text(
    en="Where each point comes from, and how many are left in 30 days if nothing more happens.",
    fr="D'où vient chaque point, et combien il en reste dans 30 jours si rien d'autre ne se passe.",
)
_SPAN = Text(
    en="between {low} and {high}, as a fact is not known", fr="entre {low} et {high}, car un fait n'est pas connu"
)
_UNKNOWN = Text(en="not known", fr="inconnu")
_NEVER = Text(en="never yet", fr="jamais encore")
_RANGE = Text(en="{low} to {high}", fr="{low} à {high}")
_YES, _NO = Text(en="yes", fr="oui"), Text(en="no", fr="non")
_TIMES = Plural(
    Text(en="once, on {last}", fr="une fois, le {last}"),
    Text(en="{count} times, last on {last}", fr="{count} fois, la dernière le {last}"),
)
WORDS: dict[str, Text | Plural] = {
    "of_100": Text(en="of 100", fr="sur 100"),
    "reasons": Text(en="Point by point", fr="Point par point"),
    "criterion": Text(en="criterion", fr="critère"),
    "sort": Text(en="sort", fr="sorte"),
    "points": Text(en="points", fr="points"),
    "most": Text(en="of at most", fr="au plus"),
    "fact": Text(en="the fact", fr="le fait"),
    "beyond": Text(
        en="beyond the caps of families, or beyond 0 and 100",
        fr="au-delà des plafonds des familles, ou de 0 et 100",
    ),
    "later": Text(en="in 30 days", fr="dans 30 jours"),
}
