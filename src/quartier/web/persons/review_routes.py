"""`/persons/review`: what nobody decided of, matching, limits, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.errors import InvalidDefinition, InvalidRequest, Sentence
from quartier.govern.deeds import Deeds
from quartier.identify.definition import KINDS, LinkLimits, read_limits
from quartier.identify.profile.words import kind_said
from quartier.language import Language, Text, whole
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.persons.deciding import consequence_said
from quartier.web.persons.decisions import decisions_page
from quartier.web.persons.matching import EXAMPLES, Came, Wanted, came, read_wanted
from quartier.web.persons.pairs import COMPARED, Known, Pair, alike_pairs, keys_of, waiting
from quartier.web.persons.review_words import TABS, TITLE, WORDS
from quartier.web.persons.undoing import undo_of
from quartier.web.shell import Step
from quartier.workspace import Workspace
from quartier.workspace.following import follow_links
from quartier.workspace.work import Job

PATH, SHOWN = "/persons/review", 20
"""How many of each kind are shown at once."""


@dataclass(frozen=True)
class ReviewPage:
    """One side of who is who: `body` is what it shows."""

    tabs: tuple[tuple[str, str, bool], ...]
    body: Any


@dataclass(frozen=True)
class MatchingSide:
    """The form of matching with what was typed, what is wrong with it, and what came of the last one."""

    certain: str
    doubtful: str
    is_anew: bool
    problem: str
    came: Came | None
    examples: tuple[Pair, ...]
    is_forgotten: bool


@dataclass(frozen=True)
class LimitsSide:
    """The form of limits with what was typed, what is wrong with it, and what would follow."""

    kinds: tuple[tuple[str, str, bool], ...]
    typed: dict[str, str]
    problems: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]


def router(desk: Desk) -> APIRouter:
    """The routes of who is who."""
    routes, room = APIRouter(), _Review(desk)
    routes.add_api_route(PATH, room.waiting)
    routes.add_api_route(f"{PATH}/matching", room.matching)
    routes.add_api_route(f"{PATH}/matching", room.match, methods=["POST"])
    routes.add_api_route(f"{PATH}/limits", room.limits)
    routes.add_api_route(f"{PATH}/limits", room.set_limits, methods=["POST"])
    routes.add_api_route(f"{PATH}/decisions", room.decisions)
    return routes


@dataclass(frozen=True)
class _Review:
    desk: Desk

    def waiting(self, request: Request) -> Response:
        """What nobody decided of, side by side."""
        with self.desk.aside() as ws:
            found = ws.identification.review(SHOWN)
            body = waiting(found, self._known(ws, keys_of(found), request))
        page = {"waiting": body, "undo": undo_of(request, PATH)}
        n = body.pairs_in_all + body.shared_in_all
        return self._page(request, "persons/review.html", "to_decide", page, waits=n)

    def matching(self, request: Request) -> Response:
        """The form of matching, with what came of a job where the address names one."""
        number = request.query_params.get("job")
        job = self.desk.work.find(number) if number else None
        is_own = job is not None and job.by == visitor_of(request).author and isinstance(job.result, Came)
        found = job.result if job is not None and is_own else None
        return self._matching(
            request, found.wanted if found else Wanted(), found, is_forgotten=bool(number) and not is_own
        )

    def match(self, request: Request) -> Response:
        """Try a matching, or do it: a job."""
        form = form_of(request)
        typed = {name: field_of(form, name) for name in ("certain", "doubtful", "anew", "step")}
        try:
            wanted = read_wanted(typed)
        except InvalidRequest as error:
            problem = error.what.to(visitor_of(request).language)
            return self._matching(request, Wanted(), None, problem=problem, typed=typed, status=400)
        job = self.desk.start(
            request, _TRYING if wanted.is_tried else _MATCHING, lambda ws, job: _match(ws, job, wanted)
        )
        if not wanted.is_tried:
            follow_links(self.desk.work, visitor_of(request).author)
            self.desk.note(request, Deeds.MATCHED, certain=wanted.certain, doubtful=wanted.doubtful)
        return self.desk.go(request, f"/jobs/{job.number}")

    def limits(self, request: Request) -> Response:
        """The limits in force as a form."""
        return self._limits(request, _typed(self.desk.workspace.identification.limits))

    def set_limits(self, request: Request) -> Response:
        """Try other limits, or put them in force."""
        form, author = form_of(request), visitor_of(request).author
        typed: dict[str, Any] = {name: field_of(form, name).strip() for name in _NUMBERS}
        typed["trusted"] = [each for each in form.getlist("trusted") if each in KINDS]
        try:
            wanted = read_limits(_document(typed))
            if field_of(form, "step") != "do":
                with self.desk.aside() as ws:
                    tried = ws.identification.apply_limits(wanted, is_tried=True)
                    labels = {name: ws.label(name) for name in tried.segments}
                return self._limits(request, typed, lines=consequence_said(tried, labels))
        except InvalidDefinition as error:
            return self._limits(request, typed, error=error, status=400)
        done = self.desk.do(request, _LIMITS, lambda ws: ws.identification.apply_limits(wanted, author=author))
        follow_links(self.desk.work, author)
        self.desk.note(request, Deeds.LINK_LIMITS_CHANGED, identifiers=done.identifiers)
        return self.desk.go(request, f"{PATH}/limits", _IN_FORCE.with_(first=consequence_said(done)[0]))

    def decisions(self, request: Request) -> Response:
        """What was decided, the newest first."""
        before = request.query_params.get("before", "")
        found = self.desk.workspace.identification.decisions()
        number = (
            int(before)
            if before.isascii() and before.isdecimal() and len(before) < len("9223372036854775807")
            else None
        )
        body = decisions_page(found, number, visitor_of(request).language, self.desk.workspace.config.zone)
        return self._page(request, "persons/decisions.html", "decisions", body)

    def _matching(
        self, request: Request, wanted: Wanted, found: Came | None, *, problem: str = "",
        typed: dict[str, str] | None = None, is_forgotten: bool = False, status: int = 200,
    ) -> Response:  # fmt: skip
        written = typed or {}
        with self.desk.aside() as ws:
            pairs = found.examples if found else ()
            keys = sorted({end.key for each in pairs for end in (each.a, each.b)})
            examples = alike_pairs(pairs, self._known(ws, keys, request))
        body = MatchingSide(
            written.get("certain", f"{100 * wanted.certain:g}"), written.get("doubtful", f"{100 * wanted.doubtful:g}"),
            wanted.is_anew or written.get("anew") == "1", problem, found, examples, is_forgotten,
        )  # fmt: skip
        return self._page(request, "persons/matching.html", "matching", body, status=status)

    def _limits(
        self, request: Request, typed: dict[str, Any], *, lines: Sequence[Sentence] = (),
        error: InvalidDefinition | None = None, status: int = 200,
    ) -> Response:  # fmt: skip
        language = visitor_of(request).language
        problems = tuple((each.place.split("[")[0], _said(each, language)) for each in error.problems) if error else ()
        said = tuple(each.to(language) for each in lines)
        kinds = tuple((kind, kind_said(kind, language), kind in typed["trusted"]) for kind in KINDS)
        body = LimitsSide(kinds, {name: str(typed[name]) for name in _NUMBERS}, problems, said)
        return self._page(request, "persons/limits.html", "limits", body, status=status)

    def _known(self, ws: Workspace, keys: list[int], request: Request) -> Known:
        rows, traits = ws.persons.listed(keys=keys, meanings=COMPARED)
        return Known({each.key: each for each in rows}, traits, visitor_of(request).language, ws.config.zone)

    def _page(
        self, request: Request, template: str, tab: str, body: Any, *, waits: int | None = None, status: int = 200
    ) -> Response:
        language = visitor_of(request).language
        labels = {name: label.to(language) for name, label in TABS.items()}
        if waits is not None:
            labels["to_decide"] += f" ({whole(waits, language)})"
        tabs = tuple(
            (label, PATH if name == "to_decide" else f"{PATH}/{name}", name == tab) for name, label in labels.items()
        )
        trail = (Step(_PERSONS.to(language), "/persons"),)
        return self.desk.page(
            request, template, ReviewPage(tabs, body), words=WORDS, title=TITLE.to(language), place="review",
            at=self.desk.workspace.clock.now(), trail=trail, status=status,
        )  # fmt: skip


def _match(ws: Workspace, job: Job, wanted: Wanted) -> Came:
    job.url = f"{PATH}/matching?job={job.number}"
    found = ws.identification.match(
        certain=wanted.certain, doubtful=wanted.doubtful, is_anew=wanted.is_anew, is_tried=wanted.is_tried
    )
    examples, _ = ws.identification.named(found, EXAMPLES)
    return came(wanted, found, examples)


_NUMBERS = ("most_identifiers", "most_customers", "most_others")


def _typed(limits: LinkLimits) -> dict[str, Any]:
    return {"trusted": list(limits.trusted), **{name: str(getattr(limits, name)) for name in _NUMBERS}}


def _document(typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed as a document; what is no number is left for the document's own check to refuse."""
    numbers = {name: int(typed[name]) if _is_number(typed[name]) else typed[name] for name in _NUMBERS}
    return {"trusted": typed["trusted"], **numbers}


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdecimal() and len(written) <= len("1000000000")


def _said(problem: Any, language: Language) -> str:
    what = problem.what.to(language)
    return f"{what} → {problem.remedy.to(language)}" if problem.remedy else str(what)


_PERSONS = Text(en="Persons", fr="Personnes")
_TRYING = Text(en="Try matching", fr="Essai du rapprochement")
_MATCHING = Text(en="Match records", fr="Rapprochement des fiches")
_LIMITS = Text(en="Put other limits of links in force", fr="Mise en vigueur d'autres limites de liens")
_IN_FORCE = Text(en="The limits are in force. {first}", fr="Les limites sont en vigueur. {first}")
