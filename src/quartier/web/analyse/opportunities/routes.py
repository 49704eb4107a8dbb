"""`/analyse/opportunities`: what there is to win, and the tables of the market that it is held against."""

from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.analyse.opportunities.run import Kept
from quartier.catalog import slug
from quartier.errors import InvalidRequest, UserError
from quartier.govern.deeds import Deeds
from quartier.govern.roles import May
from quartier.web import answers
from quartier.web.addresses import address
from quartier.web.analyse import words as analysis
from quartier.web.analyse.opportunities import words
from quartier.web.analyse.opportunities.page import MarketForm, opportunities_page
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, visitor_of

LONGEST_NAME = 60


def router(desk: Desk) -> APIRouter:
    """The routes of opportunities."""
    routes, room = APIRouter(), Winning(desk)

    @routes.get("/analyse/opportunities")
    def opportunities(request: Request) -> Response:
        return room.page(request, MarketForm())

    @routes.post("/analyse/opportunities/markets")
    def keep(request: Request) -> Response:
        return room.keep(request)

    @routes.post("/analyse/opportunities/markets/{name}/retire")
    def retire(name: str, request: Request) -> Response:
        return room.retire(request, name)

    return routes


class Winning:
    """The page of opportunities and its tables."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self, request: Request, form: MarketForm) -> Response:
        """What there is to win, against the table that the address names or the one given last."""
        visitor, named = visitor_of(request), request.query_params.get("market") or None
        with self._desk.aside() as ws:
            found, kept = answers.opportunities(ws, named), ws.markets.all()
        page = opportunities_page(found, kept, form if visitor.may(May.RUN_MODELS) else None, visitor)
        return self._desk.page(
            request, "analyse/opportunities/page.html", page, words=analysis.ROOM | words.WORDS,
            title=analysis.TITLE.to(visitor.language), place="analyse", sentence=words.SENTENCE.to(visitor.language),
            at=found.at, status=400 if form.error else 200,
        )  # fmt: skip

    def keep(self, request: Request) -> Response:
        """Put the table of the form in force, then show what it says; what is wrong is told beside what was typed."""
        sent, visitor = form_of(request), visitor_of(request)
        table, name, source, year = (field_of(sent, each).strip() for each in ("table", "name", "source", "year"))
        form = MarketForm(table, name, source, year)
        try:
            kept = self._desk.do(request, words.KEEPING, lambda ws: _keep(form, ws.markets.read, visitor.author))
        except UserError as error:
            said = tuple(line.strip(" •") for line in error.to(visitor.language).splitlines())
            return self.page(request, replace(form, error=said))
        name = kept.market.market
        self._desk.note(request, Deeds.MARKET_KEPT, market=name)
        return self._desk.go(request, address("analyse", "opportunities", market=name), words.KEPT.with_(name=name))

    def retire(self, request: Request, name: str) -> Response:
        """Take a table out of force."""
        author = visitor_of(request).author
        self._desk.do(request, words.KEEPING, lambda ws: ws.markets.retire(name, author=author))
        self._desk.note(request, Deeds.MARKET_RETIRED, market=name)
        return self._desk.go(request, address("analyse", "opportunities"), words.RETIRED.with_(name=name))


def _keep(form: MarketForm, read: Callable[..., Kept], author: str) -> Kept:
    """The table in force. Raises UserError for what is wrong with it, its name or its year."""
    name = slug(form.name).replace("_", "-")[:LONGEST_NAME].strip("-")
    if not name or not name[0].isalpha():
        raise InvalidRequest(words.NO_NAME)
    if not form.year.isdecimal() or len(form.year) != 4:
        raise InvalidRequest(words.NO_YEAR)
    return read(form.table, name=name, source=form.source or name, year=int(form.year), author=author)
