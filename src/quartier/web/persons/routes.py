"""`/persons`: persons found, their profiles, and what makes them members of segments."""

from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from quartier.errors import InvalidRequest, UnknownName
from quartier.govern.deeds import Deeds
from quartier.govern.roles import May
from quartier.identify.profile import Profile
from quartier.language import Text
from quartier.report.person.compose import compose
from quartier.segment.moments import Moment
from quartier.segment.of_person import is_sensitive
from quartier.segment.run import defined
from quartier.store import identities
from quartier.store import links as kept_links
from quartier.web.addresses import part, with_query
from quartier.web.desk import Desk, is_fragment
from quartier.web.guard import NotAllowed, visitor_of
from quartier.web.persons import decide_routes, review_routes, score
from quartier.web.persons.accounts import accounts_side
from quartier.web.persons.asked import Asked, read_asked
from quartier.web.persons.belonging import labels_of, segments_side, why_page
from quartier.web.persons.deciding import WORDS as DECIDING
from quartier.web.persons.linked import links_side
from quartier.web.persons.listing import ListPage, list_page
from quartier.web.persons.profile import ProfilePage, families, history_page, profile_page, sentence
from quartier.web.persons.timeline import EVENTS, timeline_side
from quartier.web.persons.undoing import undo_of
from quartier.web.persons.words import LINKS, LIST, PROFILE
from quartier.web.shell import Step
from quartier.workspace import Workspace

FOUND, SIMILAR = 50, 10
"""How many persons a page lists, and how many similar ones a profile."""
ALL_WORDS = {**LIST, **DECIDING, **PROFILE, **LINKS}


def router(desk: Desk) -> APIRouter:
    """The routes of persons; the ones with a name of their own come before the one that takes any."""
    routes, room = APIRouter(), _Persons(desk)
    routes.add_api_route("/persons", room.all)
    routes.include_router(review_routes.router(desk))
    routes.include_router(decide_routes.router(desk))
    routes.add_api_route("/persons/identifier/{number}", room.of_identifier)
    routes.add_api_route("/persons/{person}", room.one)
    routes.add_api_route("/persons/{person}/why", room.why)
    routes.include_router(score.router(desk))
    return routes


@dataclass(frozen=True)
class _Persons:
    desk: Desk

    def all(self, request: Request) -> Response:
        """Those searched for, or everybody."""
        query, after = request.query_params.get("query", "").strip(), request.query_params.get("after") or None
        with self.desk.aside() as ws:
            try:
                page = self._found(ws, query, after, request)
            except InvalidRequest as error:
                problem = error.what.to(visitor_of(request).language)
                page = replace(self._found(ws, "", None, request), query=query, problem=problem)
        if is_fragment(request):
            return self.desk.fragment(request, "persons/found.html", page, words=ALL_WORDS)
        return self.desk.page(
            request, "persons/list.html", page, words=ALL_WORDS, title=TITLE.to(visitor_of(request).language),
            place="persons", at=self.desk.workspace.clock.now(),
        )  # fmt: skip

    def one(self, person: str, request: Request) -> Response:
        """One side of the profile of a person; a former public id leads to the one of now."""
        asked = self._asked(request)
        with self.desk.aside() as ws:
            found = self._profile(ws, person, asked)
            if found.person != person:
                query = f"?{request.url.query}" if request.url.query else ""
                return RedirectResponse(f"/persons/{part(found.person)}{query}", 303)
            if trait := request.query_params.get("trait"):
                return self._history(ws, found, trait, asked, request)
            page = self._side(ws, found, asked, request)
        if asked.shows_all:
            self.desk.note(request, Deeds.SENSITIVE_SEEN, person=found.person, side=asked.tab)
        if is_fragment(request) and asked.tab == "timeline":
            return self.desk.fragment(request, "persons/events.html", page, words=ALL_WORDS)
        language, config = visitor_of(request).language, self.desk.workspace.config
        return self.desk.page(
            request, "persons/profile.html", page, words=ALL_WORDS, title=found.name, place="persons",
            sentence=sentence(found, language, config), at=found.at, trail=(_up(request),),
        )  # fmt: skip

    def why(self, person: str, request: Request) -> Response:
        """Why somebody is in a segment or not: what is told of now."""
        name = request.query_params.get("segment", "")
        language, config = visitor_of(request).language, self.desk.workspace.config
        with self.desk.aside() as ws:
            (found,), _ = ws.persons.listed(keys=[self._key(ws, person)])
            if name not in self._told_segments(ws, request):
                known = {each.name for each in ws.definitions()}
                raise NotAllowed(_HIDDEN) if name in known else UnknownName(_NO_SEGMENT.with_(name=name))
            explained, label = ws.explain(name, found.person), ws.label(name).to(language)
        now = self.desk.workspace.clock.now()
        moment = Moment(now, config.zone)
        page = why_page(found.person, name, label, explained, moment, language, config.currency)
        if is_fragment(request):
            return self.desk.fragment(request, "persons/why_tree.html", page, words=ALL_WORDS)
        title = PROFILE["why_is" if page.is_member else "why_not"].to(language, name=found.name, segment=label)
        trail = (_up(request), Step(found.name, page.back_url))
        return self.desk.page(
            request, "persons/why.html", page, words=ALL_WORDS, title=title, place="persons", at=now, trail=trail
        )

    def of_identifier(self, number: int, request: Request) -> Response:
        """To the person whose an identifier is, by its number: no address holds the identifier itself."""
        with self.desk.workspace.store.begin() as connection:
            known = identities.of_numbers(connection, "person", [number] if number < 2**31 else [])
        with self.desk.aside() as ws:
            rows, _ = ws.persons.listed(keys=[known[number].key]) if number in known else ([], [])
        if not rows:
            raise UnknownName(_NOBODY, remedy=_SEARCH)
        return RedirectResponse(f"/persons/{part(rows[0].person)}?tab=links", 303)

    def _found(self, ws: Workspace, query: str, after: str | None, request: Request) -> ListPage:
        find = ws.persons
        found = find.find(query, limit=FOUND, after=after) if query else find.page(limit=FOUND, after=after)
        rows, traits = find.listed(keys=[each.key for each in found.persons])
        return list_page(
            query, found, rows, traits, after=after, everyone=0 if query and rows else ws.count_everyone(),
            language=visitor_of(request).language, zone=ws.config.zone,
        )  # fmt: skip

    def _asked(self, request: Request) -> Asked:
        """What is asked; what is sensitive is shown to nobody whose role does not see it."""
        asked = read_asked(request.query_params, self.desk.workspace.config.zone)
        return replace(asked, shows_all=asked.shows_all and visitor_of(request).may(May.SEE_SENSITIVE))

    def _profile(self, ws: Workspace, person: str, asked: Asked) -> Profile:
        similar = SIMILAR if asked.tab == "similar" else 0
        try:
            return ws.persons.profile(person, timeline=1, similar=similar, at=asked.at, sensitive=asked.shows_all)
        except UnknownName as error:
            raise UnknownName(_NOBODY, remedy=_SEARCH) from error

    def _key(self, ws: Workspace, person: str) -> int:
        try:
            return ws.persons.key(person)
        except UnknownName as error:
            raise UnknownName(_NOBODY, remedy=_SEARCH) from error

    def _history(self, ws: Workspace, found: Profile, trait: str, asked: Asked, request: Request) -> Response:
        language, config = visitor_of(request).language, ws.config
        history = ws.persons.history(found.person, trait, sensitive=asked.shows_all)
        if asked.shows_all:
            self.desk.note(request, Deeds.SENSITIVE_SEEN, person=found.person, trait=trait)
        now = next((each for each in found.traits if each.name == trait), None)
        page = history_page(history, asked, now, language, config)
        if is_fragment(request):
            return self.desk.fragment(request, "persons/history_table.html", page, words=ALL_WORDS)
        title = PROFILE["history_of"].to(language, label=page.label)
        trail = (_up(request), Step(found.name, asked.url(found.person)))
        return self.desk.page(
            request,
            "persons/history.html",
            page,
            words=ALL_WORDS,
            title=title,
            place="persons",
            at=found.at,
            trail=trail,
        )

    def _side(self, ws: Workspace, found: Profile, asked: Asked, request: Request) -> ProfilePage:
        language, config = visitor_of(request).language, ws.config
        make = {
            "traits": self._traits, "timeline": self._timeline, "segments": self._segments, "links": self._links,
            "accounts": self._accounts, "similar": self._similar,
        }  # fmt: skip
        return profile_page(found, asked, make[asked.tab](ws, found, asked, request), language, config)

    def _traits(self, ws: Workspace, found: Profile, asked: Asked, request: Request) -> Any:
        language = visitor_of(request).language
        return families(found, compose(found, language, ws.config), asked, language, ws.config)

    def _timeline(self, ws: Workspace, found: Profile, asked: Asked, request: Request) -> Any:
        language = visitor_of(request).language
        events = ws.persons.timeline(
            found.person, limit=EVENTS + 1, event=asked.event, after=asked.after, at=asked.at, sensitive=asked.shows_all
        )
        return timeline_side(events, found.person, asked, language, ws.config, PROFILE["all_events"].to(language))

    def _segments(self, ws: Workspace, found: Profile, asked: Asked, request: Request) -> Any:
        told, language = self._told_segments(ws, request), visitor_of(request).language
        names = [each.segment for each in found.memberships.now if each.segment in told]
        untils = ws.persons.untils(found.person, names) if asked.at is None else {}
        labels = labels_of([(name, ws.label(name).to(language)) for name in told])
        return segments_side(found.person, found.memberships, untils, labels, language, ws.config.zone)

    def _links(self, ws: Workspace, found: Profile, asked: Asked, request: Request) -> Any:
        language = visitor_of(request).language
        numbers = [each.number for each in found.identifiers]
        with ws.store.begin() as connection:
            decisions = kept_links.decisions_of(connection, "person", numbers)
        picture = compose(found, language, ws.config).links
        side = links_side(found, picture, decisions, language, ws.config)
        return {"side": side, "undo": undo_of(request, side.back)}

    def _accounts(self, ws: Workspace, found: Profile, asked: Asked, request: Request) -> Any:
        return accounts_side(ws.accounts.of_person(found.person), visitor_of(request).language, ws.config.zone)

    def _similar(self, ws: Workspace, found: Profile, asked: Asked, request: Request) -> Any:
        return compose(found, visitor_of(request).language, ws.config).similar

    def _told_segments(self, ws: Workspace, request: Request) -> list[str]:
        """The segments of persons in force of which it may be told who is in them."""
        known, catalog = defined(ws.store), ws.catalog
        own = [name for name, each in known.items() if each.subject == "person"]
        if visitor_of(request).may(May.SEE_SENSITIVE):
            return own
        return [name for name in own if not is_sensitive(name, catalog, known)]


def _up(request: Request) -> Step:
    return Step(TITLE.to(visitor_of(request).language), with_query("/persons"))


TITLE = Text(en="Persons", fr="Personnes")
_NOBODY = Text(en="Nobody here has this identifier", fr="Personne ici n'a cet identifiant")
_SEARCH = Text(
    en="Search by name, e-mail or number on the page of persons.",
    fr="Cherchez par nom, e-mail ou numéro sur la page des personnes.",
)
_NO_SEGMENT = Text(en="No segment in force is called “{name}”", fr="Aucun segment en vigueur ne s'appelle « {name} »")
_HIDDEN = Text(
    en="This segment reads sensitive data, which your role does not show.",
    fr="Ce segment lit des données délicates, que votre rôle ne montre pas.",
)
