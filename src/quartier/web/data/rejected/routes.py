"""`/data/rejected`: rejected rows of files and rejected messages, mended and replayed, or given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from quartier.collect.summary import ImportSummary
from quartier.collect.tracking.reasons import REJECTIONS
from quartier.errors import Sentence, UserError
from quartier.govern.deeds import Deeds
from quartier.store.journal import KeptRefusal
from quartier.web.data.rejected import pages, words
from quartier.web.data.words import DATA
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.shell import Step
from quartier.workspace import Workspace

MESSAGES, ROWS = 50, 50
_HIGHEST = 2**63 - 1


def router(desk: Desk) -> APIRouter:
    """The routes of what was rejected."""
    room, routes = Rejected(desk), APIRouter()

    @routes.get("/data/rejected")
    def show(request: Request) -> Response:
        return room.show(request)

    @routes.get("/data/rejected/files/{name}")
    def file(name: str, request: Request) -> Response:
        return room.file(name, request)

    @routes.post("/data/rejected/files/{name}")
    def mend(name: str, request: Request) -> Response:
        return room.mend(name, request)

    @routes.get("/data/rejected/files/{name}/csv")
    def download(name: str, request: Request) -> Response:
        return room.download(name, request)

    @routes.get("/data/rejected/{number}")
    def message(number: int, request: Request) -> Response:
        return room.message(number, request)

    @routes.post("/data/rejected/{number}")
    def settle(number: int, request: Request) -> Response:
        return room.settle(number, request)

    return routes


@dataclass(frozen=True)
class Rejected:
    """Where rejected rows and messages are mended."""

    desk: Desk

    @property
    def ws(self) -> Workspace:
        """Its store, journal and folder, which take questions of many threads."""
        return self.desk.workspace

    def show(self, request: Request) -> Response:
        """What waits."""
        language, asked = visitor_of(request).language, request.query_params
        state = asked["state"] if asked.get("state") in words.STATES else "open"
        reason = asked["reason"] if asked.get("reason") in REJECTIONS else ""
        after = _number(asked.get("after"))
        found = self._messages(state, reason, after)
        kept = {name: value for name, value in (("state", state), ("reason", reason)) if value}
        more = {**kept, "after": found[MESSAGES - 1].number} if len(found) > MESSAGES else None
        page = pages.ListPage(
            tuple(each for each in self.ws.imports.rejected_files() if each.rows),
            tuple(pages.shown(each, language) for each in found[:MESSAGES]),
            pages.states(language), pages.reasons(language), state, reason,
            f"?{urlencode(more)}" if more else "", f"?{urlencode(kept)}" if after else "",
        )  # fmt: skip
        return self._page(request, "list", page, words.TITLE.to(language), words.SENTENCE, is_top=True)

    def file(
        self, name: str, request: Request, typed: Mapping[int, str] | None = None, errors: tuple[str, ...] = ()
    ) -> Response:
        """Rejected rows of a file."""
        after = _number(request.query_params.get("after"))
        rows = self.ws.imports.rejected_rows(name, after=after, most=ROWS + 1)
        page = pages.FilePage(
            self.ws.imports.rejected_file(name), tuple(rows[:ROWS]), typed or {}, errors,
            f"?after={rows[ROWS - 1].line}" if len(rows) > ROWS else "", "?" if after else "",
        )  # fmt: skip
        return self._page(request, "file", page, page.file.of, words.FILE_SENTENCE, status=400 if errors else 200)

    def mend(self, name: str, request: Request) -> Response:
        """Import the rows again that were changed, or give the rows of the page up."""
        form = form_of(request)
        typed = {
            int(key[6:]): value
            for key, value in form.items()
            if key.startswith("value.") and key[6:].isdecimal() and len(key) < 20 and isinstance(value, str)
        }
        if field_of(form, "do") == "drop":
            self.ws.imports.drop(name, list(typed))
            self.desk.note(request, Deeds.REJECTED_ROWS_DROPPED, file=name, rows=len(typed))
            return self.desk.go(request, _address(name), words.DROPPED.with_(n=len(typed)))
        rows = self.ws.imports.rejected_rows(name, after=min(typed, default=1) - 1, most=ROWS)
        mended = pages.mended(rows, typed)
        if not mended:
            return self.desk.go(request, _address(name), words.NOTHING_CHANGED, tone="attention")
        return self._mend(name, mended, typed, request)

    def download(self, name: str, request: Request) -> Response:
        """The file that tells the rejected rows."""
        found = self.ws.imports.rejected_file(name)
        self.desk.note(request, Deeds.REJECTED_ROWS_READ, file=name, rows=found.rows)
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return FileResponse(found.path, media_type="text/csv; charset=utf-8", filename=name, headers=headers)

    def message(self, number: int, request: Request) -> Response:
        """A message with its content."""
        return self._message(request, self._read(number))

    def settle(self, number: int, request: Request) -> Response:
        """Replay a message, as it is or mended, or give it up."""
        kept, form = self._read(number), form_of(request)
        if kept.state != "open":
            return self.desk.go(request, "/data/rejected", words.SETTLED, tone="attention")
        if field_of(form, "do") == "drop":
            self.ws.rejected.drop([number])
            self.desk.note(request, Deeds.MESSAGE_DROPPED, number=number)
            return self.desk.go(request, "/data/rejected", words.GIVEN_UP)
        return self._replay(kept, request)

    def _replay(self, kept: KeptRefusal, request: Request) -> Response:
        form, language, field = form_of(request), visitor_of(request).language, kept.refusal.field
        text = field_of(form, "text").replace("\r\n", "\n")
        message = pages.parsed(text)
        if message is None:
            return self._message(request, kept, text, words.NO_JSON.to(language))
        value = field_of(form, "value")
        if field and "value" in form and value != pages.value_at(message, field):
            message = pages.with_value(message, field, value)
        verdict = self.ws.rejected.replay(kept.number, message)
        if verdict.flaw:
            reason = REJECTIONS[verdict.flaw.code].to(language)
            where = f"{verdict.flaw.field} – {reason}" if verdict.flaw.field else reason
            return self._message(request, kept, pages.pretty(message), words.STILL.to(language, reason=where))
        self.desk.note(request, Deeds.MESSAGE_REPLAYED, number=kept.number)
        told = words.STORED if verdict.outcome == "stored" else words.DUPLICATE
        return self.desk.go(request, "/data/rejected", told)

    def _mend(
        self, name: str, mended: Mapping[int, Mapping[str, str]], typed: Mapping[int, str], request: Request
    ) -> Response:
        language, author = visitor_of(request).language, visitor_of(request).author

        def do(ws: Workspace) -> ImportSummary:
            done = ws.imports.mend(name, mended, author=author)
            ws.refresh()
            return done

        try:
            done = self.desk.do(request, words.MENDING.with_(name=name), do)
        except UserError as error:
            return self.file(name, request, typed, (error.to(language),))
        self.desk.note(request, Deeds.REJECTED_ROWS_MENDED, file=name, rows=len(mended), stored=done.stored)
        if not done.stored + done.duplicates:
            reasons = [f"{column}: {reason.to(language)}" for column, reason, _ in done.reasons]
            return self.file(name, request, typed, (words.NONE_MENDED.to(language, reasons=", ".join(reasons)),))
        return self.desk.go(request, _address(name), words.MENDED.with_(n=done.stored))

    def _messages(self, state: str, reason: str, after: int) -> list[KeptRefusal]:
        """One more than a page of them; those of one reason are looked for page by page."""
        journal, found = self.ws.kept_journal, list[KeptRefusal]()
        while journal is not None and len(found) <= MESSAGES:
            part = journal.refusals(state, after=after, limit=500)
            found += [each for each in part if reason in ("", each.refusal.reason)]
            if len(part) < 500:
                break
            after = part[-1].number
        return found[: MESSAGES + 1]

    def _read(self, number: int) -> KeptRefusal:
        from starlette.exceptions import HTTPException

        if self.ws.kept_journal is None or not 0 < number <= _HIGHEST:
            raise HTTPException(404)
        return self.ws.rejected.read(number)

    def _message(self, request: Request, kept: KeptRefusal, text: str | None = None, error: str = "") -> Response:
        language = visitor_of(request).language
        page = pages.message_page(kept, language, text=text, error=error)
        title = words.MESSAGE.to(language, number=str(kept.number))
        return self._page(request, "message", page, title, None, status=400 if error else 200)

    def _page(
        self, request: Request, template: str, page: Any, title: str, sentence: Sentence | None, *, status: int = 200,
        is_top: bool = False,
    ) -> Response:  # fmt: skip
        language = visitor_of(request).language
        above = [Step(DATA.to(language), "/data")]
        trail = above if is_top else [*above, Step(words.TITLE.to(language), "/data/rejected")]
        return self.desk.page(
            request, f"data/rejected_{template}.html", page, words=words.WORDS, title=title,
            sentence=sentence.to(language) if sentence else "", place="rejected", trail=trail, status=status,
        )  # fmt: skip


def _address(name: str) -> str:
    return f"/data/rejected/files/{quote(name)}"


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
