"""`/settings/second-factor`: a code of one's telephone after the password, set up and taken off by oneself."""

import secrets
from dataclasses import dataclass, field, replace

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from quartier.errors import InvalidRequest, UserError
from quartier.govern.run import SignedIn
from quartier.govern.second_factor import RECOVERY_CODES, Begun
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.pace import Pace
from quartier.web.settings import factor_words as words
from quartier.web.settings.pages import Tab, tabs
from quartier.web.settings.words import TABS
from quartier.web.shell import Step
from quartier.web.signing.door import CODES, CODES_PER_SECOND

HERE = "/settings/second-factor"


@dataclass(frozen=True)
class FactorPage:
    """A second factor that is off, begun or in force; `recovery` codes are told this once."""

    tabs: list[Tab]
    is_on: bool
    begun: Begun | None
    picture: Markup
    asks_password: bool
    left: int
    of: int = RECOVERY_CODES
    recovery: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def add(routes: APIRouter, desk: Desk) -> None:
    """The routes of one's second factor."""
    pace = Pace(secrets.token_bytes(32), CODES, CODES_PER_SECOND)

    @routes.get(HERE)
    def show(request: Request) -> Response:
        return _shown(desk, request, _page(desk, request))

    @routes.post(HERE)
    def change(request: Request) -> Response:
        signed, form = _signed(request), form_of(request)
        code, factors = field_of(form, "code"), desk.users.second_factors
        try:
            match field_of(form, "do"):
                case "begin":
                    factors.begin(signed.user)
                    return desk.go(request, HERE)
                case "confirm":
                    _check_pace(desk, pace, signed)
                    drawn = factors.confirm(signed.user, code, field_of(form, "password"))
                    desk.users.sign_out_elsewhere(signed)
                    return _shown(desk, request, replace(_page(desk, request), recovery=drawn))
                case "take_off":
                    _check_pace(desk, pace, signed)
                    if not factors.takes(signed.user, code):
                        raise InvalidRequest(words.WRONG)
                    factors.take_off(signed.user, author=signed.user.email)
                    return desk.go(request, HERE, words.TAKEN_OFF)
        except UserError as error:
            problems = [("f-code", error.what.to(visitor_of(request).language))]
            return _shown(desk, request, replace(_page(desk, request), problems=problems), status=400)
        return _shown(desk, request, _page(desk, request))


def _check_pace(desk: Desk, pace: Pace, signed: SignedIn) -> None:
    if not pace.allows(str(signed.user.id), desk.workspace.clock.now()):
        raise InvalidRequest(words.TOO_OFTEN)


def _signed(request: Request) -> SignedIn:
    signed = visitor_of(request).signed
    assert signed is not None  # the table of routes lets nobody else in
    return signed


def _page(desk: Desk, request: Request) -> FactorPage:
    visitor, user, factors = visitor_of(request), _signed(request).user, desk.users.second_factors
    begun = factors.begun(user, desk.workspace.config.name)
    return FactorPage(
        tabs("/settings", visitor), factors.is_on(user.id), begun, _picture(begun.address) if begun else Markup(""),
        user.password is not None, factors.codes_left(user.id),
    )  # fmt: skip


def _picture(address: str) -> Markup:
    """An address as a QR code: SVG with attributes alone, dark on light in every theme, for cameras want that."""
    import segno

    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(scale=4, border=4, dark="#000", light="#fff"))  # noqa: S704 - drawn here of squares


def _shown(desk: Desk, request: Request, page: FactorPage, *, status: int = 200) -> Response:
    language = visitor_of(request).language
    return desk.page(
        request, "settings/second_factor.html", page, words=words.WORDS, title=words.TITLE.to(language),
        sentence=words.SENTENCE.to(language), place="settings", status=status,
        trail=[Step(TABS["/settings"].to(language), "/settings")],
    )  # fmt: skip
