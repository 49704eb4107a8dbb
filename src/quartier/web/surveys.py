"""The public pages of surveys: `GET` and `POST /s/<survey>`, in both languages, no script, no cookie."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from quartier.clock import Clock
from quartier.collect.surveys import run
from quartier.collect.surveys.answers import Typed, read, read_email
from quartier.collect.surveys.messages import Happening
from quartier.collect.surveys.pages import earlier_step, next_step, steps
from quartier.collect.surveys.questions import Words
from quartier.collect.surveys.run import Entrance, Visitor
from quartier.config import Config
from quartier.errors import JournalFull, JournalStopped, Sentence
from quartier.language import LANGUAGES, Language
from quartier.store import Store
from quartier.store.journal import Journal
from quartier.store.survey_asks import Who
from quartier.web import survey_words as words
from quartier.web.forms import read_form
from quartier.web.languages import negotiated
from quartier.web.pace import Pace
from quartier.web.rendering import HEADERS, html, style_response
from quartier.web.survey_form import CONSENT, EMAIL, Filling, as_answered, form_page
from quartier.web.survey_notices import (
    ANSWERED,
    BUSY,
    CLOSED,
    DECLINED,
    ENDED,
    TOO_LARGE,
    UNAVAILABLE,
    UNKNOWN,
    notice,
    thanks,
)

RETRY_AFTER = {"Retry-After": "30"}
"""Seconds after which a journal that is full may have room again, and who asked too often may go on."""

_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_NOTICES = {
    Entrance.CLOSED: (CLOSED, 200),
    Entrance.ANSWERED: (ANSWERED, 200),
    Entrance.ENDED: (ENDED, 410),
    Entrance.UNKNOWN: (UNKNOWN, 404),
}


def draw_nonce() -> str:
    """What tells one form apart from all others."""
    return secrets.token_urlsafe(18)


def router(
    *, store: Store, journal: Journal, config: Config, clock: Clock, draw: Callable[[], str] = draw_nonce,
    pace: Pace | None = None,
) -> APIRouter:  # fmt: skip
    """The routes of surveys, to be mounted at the root of a server."""
    desk = Desk(store, journal, config, clock, draw, pace or Pace(secrets.token_bytes(32)))
    routes = APIRouter(include_in_schema=False)

    @routes.get("/s/look.css")
    def look() -> Response:
        return style_response()

    @routes.get("/s/{name}")
    def show(name: str, request: Request) -> Response:
        return desk.show(name, request)

    @routes.get("/s/{name}/thanks")
    def thank(name: str, request: Request) -> Response:
        return desk.thank(name, request)

    @routes.get("/s/{name}/declined")
    def declined(name: str, request: Request) -> Response:
        return desk.say_declined(name, request)

    @routes.post("/s/{name}")
    async def fill(name: str, request: Request) -> Response:
        typed = await read_form(request.stream())
        if typed is None:
            return html("survey_notice.html", notice(TOO_LARGE, desk.language(request), config.name), status=413)
        return await run_in_threadpool(desk.fill, name, request, typed)

    return routes


@dataclass(frozen=True)
class Desk:
    """Where visitors of surveys are received."""

    store: Store
    journal: Journal
    config: Config
    clock: Clock
    draw: Callable[[], str]
    pace: Pace

    def language(self, request: Request, typed: Typed | None = None) -> Language:
        """In which language the visitor reads."""
        asked = _only(typed, "lang") if typed else request.query_params.get("lang")
        return negotiated(asked, request.headers.get("accept-language"), self.config.language)

    def show(self, name: str, request: Request) -> Response:
        """The first step, or why there is none; that it was shown is kept."""
        token, language = request.query_params.get("p"), self.language(request)
        if not self._is_in_pace(request):
            return html("survey_notice.html", notice(BUSY, language, self.config.name), status=429, more=RETRY_AFTER)
        visitor = self._visitor(name, token)
        if visitor.entrance is not Entrance.OPEN:
            return self._notice(visitor, language)
        nonce = self.draw()
        if "prefetch" not in request.headers.get("sec-purpose", ""):  # nobody looks at it yet
            visit = visitor.visit(self.store, nonce, language)
            try:
                run.note(self.journal, visit, Happening.SHOWN, self.clock.now())
            except (JournalFull, JournalStopped):
                return self._unavailable(language)
        return _page(self._filling(visitor, {}, language, nonce, token))

    def thank(self, name: str, request: Request) -> Response:
        """What is said at the end."""
        visitor, language = self._visitor(name, None), self.language(request)
        if visitor.survey is None:
            return self._notice(visitor, language)
        return html("survey_notice.html", thanks(visitor.survey, language, self.config.name))

    def say_declined(self, name: str, request: Request) -> Response:
        """What is said to who would rather not."""
        visitor, language = self._visitor(name, None), self.language(request)
        if visitor.survey is None:
            return self._notice(visitor, language)
        return html("survey_notice.html", notice(DECLINED, language, self.config.name))

    def fill(self, name: str, request: Request, typed: Typed) -> Response:
        """What follows on a step: the next one, the same again with what is wrong, or thanks."""
        token, language = _only(typed, "p") or None, self.language(request, typed)
        visitor = self._visitor(name, token)
        if visitor.entrance is not Entrance.OPEN:
            return self._notice(visitor, language)
        nonce = _only(typed, "nonce")
        nonce = nonce if _NONCE.fullmatch(nonce) else self.draw()
        filling = self._filling(visitor, typed, language, nonce, token)
        if not self._is_in_pace(request):
            return _page(replace(filling, trouble=words.TOO_OFTEN), 429, RETRY_AFTER)
        match _only(typed, "go"):
            case "decline":
                return self._decline(visitor, filling, nonce)
            case "back":
                step = earlier_step(filling.plan, filling.answers, filling.step)
                return _page(replace(filling, step=step, wrong={}))
            case other if other in LANGUAGES:
                return _page(self._filling(visitor, {**typed, "lang": [other]}, other, nonce, token))
            case _:
                return self._forward(visitor, filling, nonce)

    def _forward(self, visitor: Visitor, filling: Filling, nonce: str) -> Response:
        wrong = _wrong(filling)
        here = {each.name for each in filling.plan[filling.step]}
        following = next_step(filling.plan, filling.answers, filling.step)
        if following is None:
            here |= {EMAIL, CONSENT}
        if found := {name: why for name, why in wrong.items() if name in here}:
            return _page(replace(filling, wrong=found), 422)
        if following is not None:
            return _page(replace(filling, step=following, wrong={}))
        if wrong:  # an answer on an earlier step was changed on the way
            places = [n for n, step in enumerate(filling.plan) if any(each.name in wrong for each in step)]
            return _page(replace(filling, step=places[0], wrong=wrong), 422)
        return self._keep(visitor, filling, nonce)

    def _keep(self, visitor: Visitor, filling: Filling, nonce: str) -> Response:
        email = read_email(filling.typed) if filling.asks_email else None
        known = replace(visitor, who=Who("email", email)) if email else visitor
        visit = known.visit(self.store, nonce, filling.language)
        try:
            is_kept = run.keep(self.store, self.journal, visit, visitor.ask, filling.answers, self.clock.now())
        except (JournalFull, JournalStopped):
            return _page(replace(filling, trouble=words.LATER), 503, RETRY_AFTER)
        if not is_kept:
            return _page(_too_long(filling), 422)
        return _seen(filling, "thanks")

    def _decline(self, visitor: Visitor, filling: Filling, nonce: str) -> Response:
        visit = visitor.visit(self.store, nonce, filling.language)
        try:
            run.note(self.journal, visit, Happening.DECLINED, self.clock.now())
        except (JournalFull, JournalStopped):
            return self._unavailable(filling.language)
        return _seen(filling, "declined")

    def _filling(self, visitor: Visitor, typed: Typed, language: Language, nonce: str, token: str | None) -> Filling:
        survey = visitor.survey
        if survey is None:
            raise ValueError("nobody fills in a survey that is not there")
        reading = read(survey, as_answered(typed), language)
        is_known = visitor.who is not None
        plan = steps(survey, has_closing=survey.consent is not None or (survey.identify == "email" and not is_known))
        carried = {"nonce": nonce, "lang": language} | ({"p": token} if token else {})
        step = _step(typed, len(plan))
        return Filling(
            survey, language, self.config.name, typed, reading.answers, reading.wrong, plan, step, is_known, carried
        )  # fmt: skip

    def _visitor(self, name: str, token: str | None) -> Visitor:
        return run.visitor(self.store, name, token, self.clock.now(), self.config.zone)

    def _is_in_pace(self, request: Request) -> bool:
        return self.pace.allows(request.client.host if request.client else "", self.clock.now())

    def _notice(self, visitor: Visitor, language: Language) -> Response:
        said, status = _NOTICES[visitor.entrance]
        return html("survey_notice.html", notice(said, language, self.config.name), status=status)

    def _unavailable(self, language: Language) -> Response:
        page = notice(UNAVAILABLE, language, self.config.name)
        return html("survey_notice.html", page, status=503, more=RETRY_AFTER)


def _wrong(filling: Filling) -> dict[str, Sentence]:
    """What is wrong with all that was typed, by the name of the question or field."""
    wrong = dict(filling.wrong)
    if filling.asks_email and read_email(filling.typed) is None:
        wrong[EMAIL] = words.NO_EMAIL
    if filling.survey.consent and _only(filling.typed, CONSENT) != "yes":
        wrong[CONSENT] = words.NO_CONSENT
    return wrong


def _too_long(filling: Filling) -> Filling:
    """Back to the longest answer in a person's own words."""
    texts = [each for each in filling.survey.questions if isinstance(each, Words) and each.name in filling.answers]
    longest = max(texts, key=lambda each: len(str(filling.answers[each.name])))
    place = next(n for n, step in enumerate(filling.plan) if longest in step)
    return replace(filling, step=place, wrong={longest.name: words.ALL_TOO_LONG})


def _page(filling: Filling, status: int = 200, more: dict[str, str] | None = None) -> Response:
    shown = filling if status == 422 else replace(filling, wrong={})
    return html("survey_form.html", form_page(shown), status=status, more=more)


def _seen(filling: Filling, page: str) -> Response:
    """To a page that can be loaded again without sending anything again."""
    address = f"/s/{filling.survey.survey}/{page}?lang={filling.language}"
    return RedirectResponse(address, 303, headers=HEADERS)


def _step(typed: Typed, count: int) -> int:
    written = _only(typed, "step")
    return min(int(written), count - 1) if re.fullmatch(r"\d{1,3}", written) else 0


def _only(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[-1] if values else ""
