"""What every page works with: the workspace to read, work to ask for, and the way from a page to a response."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlencode

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from quartier.errors import InvalidDefinition, InvalidRequest, Sentence, UserError
from quartier.govern.deeds import Deeds
from quartier.govern.roles import NAMES
from quartier.govern.run import Users
from quartier.language import Language, Text, amount, decimal, instant, percent, whole
from quartier.language.figures import day
from quartier.look.page import templates
from quartier.web import assets
from quartier.web.guard import keep_choices, visitor_of
from quartier.web.places import shown
from quartier.web.shell import WORDS, Known, Notice, Shell, Step, Tone, as_of
from quartier.web.visitor import Visitor
from quartier.web.words import Sentences, Words, said
from quartier.workspace import Workspace
from quartier.workspace.work import Job, Work

Done = TypeVar("Done")

READERS = 8
"""So many requests read the tables at the same time; the others wait for their turn."""
PATIENCE = 8.0
"""Seconds for which a browser waits for a change; after that it is shown how far the change is."""
_MOST_NOTICES = 1000

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self' data:; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language, Cookie, HX-Request",
}


@dataclass
class StillRunning(Exception):
    """A change that takes longer than a browser waits: it goes on, and its page says how far it is."""

    job: Job


class JobFailed(Exception):
    """A change that failed for a defect of ours; the log says where."""


@dataclass(frozen=True)
class Desk:
    """What the pages of the application share. `workspace` is read `aside`; what changes it is asked of `work`."""

    workspace: Workspace
    work: Work
    _told: dict[str, list[tuple[Tone, Sentence]]] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _readers: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(READERS), repr=False
    )

    @property
    def users(self) -> Users:
        """Who signs in."""
        return self.workspace.users

    @contextmanager
    def aside(self) -> Iterator[Workspace]:
        """The workspace for the questions of one request. Raises InvalidRequest when too many ask at the same time."""
        if not self._readers.acquire(timeout=PATIENCE):
            raise InvalidRequest(_BUSY, remedy=_AGAIN)
        try:
            with self.workspace.aside() as reading:
                yield reading
        finally:
            self._readers.release()

    # ---- changes

    def start(self, request: Request, title: Sentence, do: Callable[[Workspace, Job], Any]) -> Job:
        """Ask for a change; its page is `/jobs/<number>`."""
        return self.work.ask(title, do, by=visitor_of(request).author)

    def do(self, request: Request, title: Sentence, do: Callable[[Workspace], Done]) -> Done:
        """Change the workspace and wait for it. Raises what the change raises, StillRunning when it takes long."""
        job = self.start(request, title, lambda workspace, _job: do(workspace))
        result: Done = self.outcome(job)
        return result

    def outcome(self, job: Job) -> Any:
        """What came of a job, within the time that a browser waits."""
        if not job.wait(PATIENCE):
            raise StillRunning(job)
        if job.error is not None:
            raise job.error
        if job.state == "failed":
            raise JobFailed
        return job.result

    def note(self, request: Request, deed: Deeds, **about: object) -> None:
        """Write into the audit log what the visitor did: names and counts, never the data of a person."""
        self.users.note(deed, author=visitor_of(request).author, **about)

    # ---- answers

    def page(
        self,
        request: Request,
        template: str,
        page: Any = None,
        *,
        words: Sentences,
        title: str,
        place: str,
        sentence: str = "",
        at: dt.datetime | None = None,
        trail: Sequence[Step] = (),
        status: int = 200,
    ) -> HTMLResponse:
        """A whole page: `page` is what the template shows, `words` the sentences that it says."""
        visitor = visitor_of(request)
        shell = self._shell(request, visitor, title=title, place=place, sentence=sentence, at=at, trail=tuple(trail))
        return self._html(request, template, page, words, shell, status)

    def fragment(
        self, request: Request, template: str, page: Any = None, *, words: Sentences, status: int = 200
    ) -> HTMLResponse:
        """A part of a page, for htmx; it stands in the whole page, too."""
        visitor = visitor_of(request)
        shell = self._shell(request, visitor, title="", place="", keeps_notices=True)
        return self._html(request, template, page, words, shell, status)

    def go(self, request: Request, url: str, notice: Sentence | None = None, *, tone: Tone = "good") -> Response:
        """Send the browser on to a page after a change, where it is told what was done."""
        if notice is not None:
            self.tell(request, notice, tone=tone)
        return sent_on(request, url)

    def tell(self, request: Request, notice: Sentence, *, tone: Tone = "good") -> None:
        """Tell the visitor something on the next page that they see."""
        signed = visitor_of(request).signed
        if signed is None:
            return
        with self._lock:
            if len(self._told) > _MOST_NOTICES:
                self._told.clear()
            self._told.setdefault(signed.session.digest, []).append((tone, notice))

    def _html(
        self, request: Request, template: str, page: Any, words: Sentences, shell: Shell, status: int
    ) -> HTMLResponse:
        text = (
            environment()
            .get_template(template)
            .render(page=page, shell=shell, w=Words(shell.language, WORDS, words), visitor=visitor_of(request))
        )
        answer = HTMLResponse(text.lstrip(), status, headers=HEADERS | {"Content-Language": shell.language})
        keep_choices(request, answer)
        return answer

    def _shell(
        self, request: Request, visitor: Visitor, *, title: str, place: str, sentence: str = "",
        at: dt.datetime | None = None, trail: tuple[Step, ...] = (), keeps_notices: bool = False,
    ) -> Shell:  # fmt: skip
        config, language = self.workspace.config, visitor.language
        other: Language = "fr" if language == "en" else "en"
        return Shell(
            language=language, other_language=other, other_language_url=_in(request, other), title=title,
            sentence=sentence, instant=as_of(at, language, config.zone), user=_known(visitor), csrf=visitor.csrf,
            places=shown(place, visitor), notices=() if keeps_notices else self._notices(visitor), trail=trail,
            owner=config.name, words=Words(language, WORDS), assets=assets.addresses(), theme=visitor.theme,
            currency=config.currency, zone=config.zone,
        )  # fmt: skip

    def _notices(self, visitor: Visitor) -> tuple[Notice, ...]:
        if visitor.signed is None:
            return ()
        with self._lock:
            told = self._told.pop(visitor.signed.session.digest, [])
        return tuple(Notice(tone, sentence.to(visitor.language)) for tone, sentence in told)


def sent_on(request: Request, url: str) -> Response:
    """An answer that makes the browser go to a page, whoever asked: the browser itself or htmx."""
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": url})
    return RedirectResponse(url, 303)


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of the page; going back in the browser asks for all of it."""
    return bool(request.headers.get("hx-request")) and not request.headers.get("hx-history-restore-request")


def _known(visitor: Visitor) -> Known | None:
    if visitor.signed is None:
        return None
    user = visitor.signed.user
    names = {str(role): text for role, text in NAMES.items()}
    return Known(user.name, names[user.role].to(visitor.language) if user.role in names else user.role)


def _in(request: Request, language: Language) -> str:
    """The same page in another language."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{request.url.path}?{urlencode([*kept, ('lang', language)])}"


@cache
def environment() -> Environment:
    """The templates of the application, and how they write figures: as the reader's language does."""
    made = templates("quartier.web")
    made.filters.update(
        whole=_figure(whole), decimal=_figure(decimal), percent=_figure(percent), day=_figure(day), money=_money,
        instant=_instant, said=_figure(said), sentence=sentence,
    )  # fmt: skip
    return made


def sentence(words: str) -> str:
    """Words that begin and end as a sentence does: errors are written to stand after a colon as well."""
    found = words.strip()
    return f"{found[:1].upper()}{found[1:]}{'' if found.endswith(('.', '?', '!', ':', '…')) else '.'}"


def error_said(error: UserError, language: Language) -> str:
    """An error as sentences, one after the other: what happened, each problem, what to do."""
    problems = [each.what for each in error.problems] if isinstance(error, InvalidDefinition) else []
    return " ".join(sentence(each.to(language)) for each in (error.what, *problems, error.remedy) if each)


def _figure(written: Callable[..., str]) -> Callable[..., str]:
    @pass_context
    def filtered(context: Context, value: Any, **options: Any) -> str:
        return "" if value is None else written(value, context["shell"].language, **options)

    return filtered


@pass_context
def _money(context: Context, value: float | None, cents: bool = False) -> str:
    shell = context["shell"]
    return "" if value is None else amount(value, shell.currency, shell.language, cents=cents)


@pass_context
def _instant(context: Context, value: dt.datetime | None) -> str:
    shell = context["shell"]
    return "" if value is None else instant(value, shell.language, shell.zone)


_BUSY = Text(en="too many ask for figures at the moment", fr="trop de demandes de chiffres en ce moment")
_AGAIN = Text(en="try again in a moment", fr="réessayez dans un instant")
