"""`/persons/decide`: what a decision of identifiers would change, and the decision itself."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.govern.deeds import Deeds
from quartier.identify.explaining import parting
from quartier.identify.told import Consequence
from quartier.store import identities
from quartier.store.identities import Identity
from quartier.web.addresses import own_path
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.persons.deciding import TITLES, WORDS, Wish, decide, decide_page, notice_of, read_wish
from quartier.web.persons.undoing import FIELD
from quartier.workspace import Workspace
from quartier.workspace.following import follow_links

BACK = "/persons/review"
CONCERNED = 6
"""How many of the persons concerned are named."""
LONGEST_NOTE = 2000


def router(desk: Desk) -> APIRouter:
    """The routes of decisions."""
    routes, room = APIRouter(), _Deciding(desk)
    routes.add_api_route("/persons/decide", room.ask)
    routes.add_api_route("/persons/decide", room.do, methods=["POST"])
    return routes


@dataclass(frozen=True)
class _Deciding:
    desk: Desk

    def ask(self, request: Request) -> Response:
        """Say first what would follow."""
        query, language = request.query_params, visitor_of(request).language
        wish, back = read_wish(query.get("answer", ""), query.getlist("of")), own_path(query.get("back", ""), BACK)
        with self.desk.aside() as ws:
            wish, known = self._known(ws, wish)
            found = decide(ws.identification, wish, known, note=None, author=visitor_of(request).author, is_tried=True)
            rows, _ = ws.persons.listed(found.persons[:CONCERNED])
            labels = {name: ws.label(name) for name in found.segments}
        page = decide_page(wish, known, found, [(each.person, each.name) for each in rows], labels, back, language)
        return self.desk.page(
            request, "persons/decide.html", page, words=WORDS, title=TITLES[wish.answer].to(language), place="review",
            sentence=page.meaning,
        )  # fmt: skip

    def do(self, request: Request) -> Response:
        """Decide, and offer on the page after it to undo that."""
        form, author = form_of(request), visitor_of(request).author
        sent = [each for each in form.getlist("of") if isinstance(each, str)]
        wish, back = read_wish(field_of(form, "answer"), sent), own_path(field_of(form, "back"), BACK)
        note = field_of(form, "note").strip()[:LONGEST_NOTE] or None

        def change(ws: Workspace) -> tuple[Wish, Wish, Consequence]:
            wanted, known = self._known(ws, wish)
            undone = _undoing(ws, wanted, known)
            done = decide(ws.identification, wanted, known, note=note, author=author, is_tried=False)
            return wanted, undone, done

        job = self.desk.start(request, TITLES[wish.answer], lambda ws, _job: change(ws))
        job.url = back
        follow_links(self.desk.work, author)
        wanted, undone, done = self.desk.outcome(job)
        self.desk.note(request, Deeds.LINK_DECIDED, answer=wanted.answer, decisions=len(undone.groups))
        where = back if wanted.answer == "undo" else _with_decided(back, undone)
        return self.desk.go(request, where, notice_of(wanted, done))

    def _known(self, ws: Workspace, wish: Wish) -> tuple[Wish, dict[int, Identity]]:
        """The identities of a wish; to part some, those who tick them one by one make one group of them."""
        with ws.store.begin() as connection:
            known = identities.of_numbers(connection, "person", wish.numbers)
        return (Wish("split", (wish.numbers,)) if wish.answer == "split" else wish), known


def _undoing(ws: Workspace, wish: Wish, known: dict[int, Identity]) -> Wish:
    """What would be taken back to undo a decision: all the pairs that are refused to part some identifiers."""
    if wish.answer != "split":
        return Wish("undo", wish.groups)
    return Wish("undo", tuple(parting(ws.store, [known[number] for number in wish.numbers if number in known])))


def _with_decided(back: str, undone: Wish) -> str:
    """The page to go back to, with what was decided; what would make the address too long is left out."""
    from urllib.parse import urlencode, urlsplit, urlunsplit

    parts = urlsplit(back)
    kept = [each for each in parts.query.split("&") if each and not each.startswith(f"{FIELD}=")]
    told = [urlencode({FIELD: each}) for each in undone.of[:50]]
    return urlunsplit(parts._replace(query="&".join([*kept, *told])))
