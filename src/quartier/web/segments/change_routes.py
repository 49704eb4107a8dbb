"""What changes a segment: retired, brought back, its past computed. Each asks first on a page of its own."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.segment.bind import bind_each
from quartier.segment.conditions import segments_within
from quartier.store import audiences
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.segments.confirming import Confirm, of_restoring, of_retiring
from quartier.web.segments.movement import LENGTHS, STEPS
from quartier.web.segments.seen import Seen, see
from quartier.web.segments.segment_words import WORDS
from quartier.web.segments.words import SEGMENTS
from quartier.web.shell import Step
from quartier.workspace import Workspace
from quartier.workspace.work import Job


def add_to(routes: APIRouter, desk: Desk) -> None:
    """The routes of changes."""

    @routes.get("/segments/{name}/retire")
    def ask_to_retire(name: str, request: Request) -> Response:
        with desk.aside() as ws:
            seen = see(ws, name)
            page = of_retiring(seen, _users(seen), _campaigns(ws, name), visitor_of(request).language)
        return _asked(desk, request, seen, page, _TITLE_RETIRE)

    @routes.post("/segments/{name}/retire")
    def retire(name: str, request: Request) -> Response:
        author, version = visitor_of(request).author, field_of(form_of(request), "version")
        desk.do(request, _TITLE_RETIRE, lambda ws: _checked(ws, name, version).retire(name, author=author))
        return desk.go(request, f"/segments/{name}/versions", _RETIRED)

    @routes.get("/segments/{name}/versions/{number}/restore")
    def ask_to_restore(name: str, number: int, request: Request) -> Response:
        with desk.aside() as ws:
            seen = see(ws, name)
            page = of_restoring(ws, seen, number, visitor_of(request).language)
        return _asked(desk, request, seen, page, _TITLE_RESTORE)

    @routes.post("/segments/{name}/versions/{number}/restore")
    def restore(name: str, number: int, request: Request) -> Response:
        author, version = visitor_of(request).author, field_of(form_of(request), "version")
        done = desk.do(
            request, _TITLE_RESTORE, lambda ws: _checked(ws, name, version).undo(name, number, author=author)
        )
        notice = _RESTORED.with_(n=number, new=done.version, entered=done.entered, left=done.left)
        return desk.go(request, f"/segments/{name}", notice)

    @routes.post("/segments/{name}/past")
    def compute_past(name: str, request: Request) -> Response:
        form = form_of(request)
        step, length = field_of(form, "step", STEPS[1]), field_of(form, "length", LENGTHS[1])
        if step not in STEPS or length not in LENGTHS:
            raise InvalidRequest(_NO_STEP)

        def compute(ws: Workspace, job: Job) -> None:
            job.url = f"/segments/{name}/movement"
            ws.past(name, step=step, length=length, keep=True)

        job = desk.start(request, _PAST.with_(name=name), compute)
        return desk.go(request, f"/jobs/{job.number}")


def _asked(desk: Desk, request: Request, seen: Seen, page: Confirm, title: Text) -> Response:
    language = visitor_of(request).language
    trail = [Step(SEGMENTS.to(language), "/segments"), Step(seen.label.to(language), f"/segments/{seen.name}")]
    return desk.page(
        request, "segments/confirm.html", page, words=WORDS, title=title.to(language), place="segments", at=seen.at,
        trail=trail,
    )  # fmt: skip


def _checked(ws: Workspace, name: str, version: str) -> Workspace:
    """Refuse what was asked for on a page that showed an older version than there is now."""
    last = ws.versions(name)[-1].version
    if version != str(last):
        raise InvalidRequest(_STALE, remedy=_LOOK_AGAIN)
    return ws


def _users(seen: Seen) -> tuple[str, ...]:
    bound, _ = bind_each(seen.known, seen.catalog)
    return tuple(name for name, tree in bound.items() if seen.name in segments_within(tree))


def _campaigns(ws: Workspace, name: str) -> tuple[str, ...]:
    with ws.store.begin() as connection:
        return audiences.campaigns_of(connection, name).get(name, ())


_TITLE_RETIRE = Text(en="Retire this segment?", fr="Retirer ce segment ?")
_TITLE_RESTORE = Text(en="Bring an earlier version back?", fr="Revenir à une version antérieure ?")
_RETIRED = Text(en="The segment is out of force.", fr="Le segment est hors vigueur.")
_RESTORED = Text(
    en="What version {n} said is in force again, as version {new}; {entered} entered, {left} left.",
    fr="Ce que disait la version {n} est de nouveau en vigueur, comme version {new} ; entrées : {entered}, "
    "sorties : {left}.",
)
_PAST = Text(en="The past of “{name}”", fr="Le passé de « {name} »")
_NO_STEP = Text(en="this step or length is not offered", fr="ce pas ou cette durée n'est pas proposé")
_STALE = Text(
    en="somebody changed this segment after the page was shown to you; nothing was done",
    fr="quelqu'un a modifié ce segment après l'affichage de la page ; rien n'a été fait",
)
_LOOK_AGAIN = Text(en="look at its versions, then ask again", fr="regardez ses versions, puis redemandez")
