"""`/segments`: the list, its CSV, the ready-made ones, and evaluating all now."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.govern.roles import May
from quartier.language import Plural, Text
from quartier.web.addresses import own_path
from quartier.web.desk import Desk, is_fragment
from quartier.web.files import as_file
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.segments import library
from quartier.web.segments.list_page import as_table, list_page
from quartier.web.segments.listing import Asked, listed
from quartier.web.segments.set_quality import set_page
from quartier.web.segments.words import AS_A_WHOLE, LIST_WORDS, SEGMENTS, SENTENCE, THE_SET


def add_to(routes: APIRouter, desk: Desk) -> None:
    """The routes of the list."""

    @routes.get("/segments")
    def show(request: Request) -> Response:
        visitor = visitor_of(request)
        if request.query_params.get("view") == "set":
            return _the_set(desk, request)
        asked = Asked.of(request.query_params, visitor.language)
        with desk.aside() as ws:
            found = listed(ws, asked)
            shelves = library.offered(ws, visitor.language) if visitor.may(May.EDIT_SEGMENTS) else ()
        page = list_page(found, asked, shelves, visitor.language)
        if is_fragment(request):
            return desk.fragment(request, "segments/rows.html", page, words=LIST_WORDS)
        title, sentence = SEGMENTS.to(visitor.language), SENTENCE.to(visitor.language)
        return desk.page(
            request, "segments/list.html", page, words=LIST_WORDS, title=title, place="segments", sentence=sentence,
            at=page.at,
        )  # fmt: skip

    @routes.get("/segments.csv")
    def csv(request: Request) -> Response:
        asked = Asked.of(request.query_params, visitor_of(request).language)
        with desk.aside() as ws:
            found = listed(ws, asked, most=None)
        return as_file(as_table(found), "segments", "csv")

    @routes.post("/segments/refresh")
    def refresh(request: Request) -> Response:
        back = field_of(form_of(request), "back", "/segments")
        done = desk.do(request, _REFRESHING, lambda ws: ws.refresh())
        moved = sum(bool(each.entered or each.left) for each in done)
        return desk.go(request, own_path(back, "/segments"), _REFRESHED.with_(n=len(done), moved=moved))

    @routes.post("/segments/ready-made")
    def put_in_force(request: Request) -> Response:
        kind, author = field_of(form_of(request), "kind"), visitor_of(request).author
        done = desk.do(request, _APPLYING, lambda ws: library.apply(ws, kind, author=author))
        if len(done) == 1:
            return desk.go(request, f"/segments/{done[0].definition.name}", _ONE)
        return desk.go(request, "/segments", _APPLIED.with_(n=len(done)) if done else _NOTHING)


def _the_set(desk: Desk, request: Request) -> Response:
    language = visitor_of(request).language
    with desk.aside() as ws:
        page, at = set_page(ws, language), ws.clock.now()
    title, sentence = AS_A_WHOLE.to(language), THE_SET.to(language)
    return desk.page(
        request, "segments/set.html", page, words=LIST_WORDS, title=title, place="segments", sentence=sentence, at=at
    )


_REFRESHING = Text(en="Evaluating all segments", fr="Évaluation de tous les segments")
_REFRESHED = Plural(
    Text(en="{n} segment evaluated, {moved} of them moved.", fr="{n} segment évalué, dont {moved} avec mouvement."),
    Text(en="{n} segments evaluated, {moved} of them moved.", fr="{n} segments évalués, dont {moved} avec mouvement."),
)
_APPLYING = Text(en="Putting ready-made segments in force", fr="Mise en vigueur de segments prêts à l'emploi")
_APPLIED = Plural(
    Text(en="{n} segment is now in force.", fr="{n} segment est désormais en vigueur."),
    Text(en="{n} segments are now in force.", fr="{n} segments sont désormais en vigueur."),
)
_ONE = Text(en="This segment is now in force.", fr="Ce segment est désormais en vigueur.")
_NOTHING = Text(
    en="Nothing new: they were in force before, or the data that they need are missing.",
    fr="Rien de nouveau : ils ont déjà été en vigueur, ou les données nécessaires manquent.",
)
