"""`/data/catalog`: what is known of the data, changed by forms; the inbox of new names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from quartier.catalog import Catalog, EventType, Trait, slug
from quartier.errors import UserError
from quartier.govern.deeds import Deeds
from quartier.language import Text
from quartier.web.data.catalog import changes, pages, words
from quartier.web.data.words import DATA
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.shell import Step
from quartier.workspace import Workspace

SIDES = ("person", "account", "events")
_OF_TRAIT = ("label_en", "label_fr", "family", "sensitivity", "rule")


def router(desk: Desk) -> APIRouter:
    """The routes of the catalog."""
    room, routes = CatalogRoom(desk), APIRouter()

    @routes.get("/data/catalog")
    def show(request: Request) -> Response:
        return room.show(request)

    @routes.get("/data/catalog/inbox")
    def inbox(request: Request) -> Response:
        return room.inbox(request)

    @routes.post("/data/catalog/inbox")
    def classify(request: Request) -> Response:
        return room.classify(request)

    @routes.get("/data/catalog/traits/{of}/{name}")
    def trait(of: str, name: str, request: Request) -> Response:
        return room.trait(request, room.find_trait(of, name))

    @routes.post("/data/catalog/traits/{of}/{name}")
    def change_trait(of: str, name: str, request: Request) -> Response:
        return room.change_trait(request, of, name)

    @routes.get("/data/catalog/events/{name}")
    def event(name: str, request: Request) -> Response:
        return room.event(request, room.find_event(name))

    @routes.post("/data/catalog/events/{name}")
    def change_event(name: str, request: Request) -> Response:
        return room.change_event(request, name)

    return routes


@dataclass(frozen=True)
class CatalogRoom:
    """Where the catalog is seen and changed."""

    desk: Desk

    def show(self, request: Request) -> Response:
        """One side of the catalog."""
        language, asked = visitor_of(request).language, request.query_params
        side = asked["of"] if asked.get("of") in SIDES else "person"
        with self.desk.aside() as reading:
            shares = reading.quality.filled()
        page = pages.list_page(
            self.desk.workspace.catalog, shares, language, side=side, family=asked.get("family", ""),
            query=asked.get("query", "")[:100],
        )  # fmt: skip
        return self._page(request, "list", page, words.TITLE.to(language), words.SENTENCE, is_top=True)

    def inbox(self, request: Request) -> Response:
        """Every new name."""
        language = visitor_of(request).language
        page = pages.inbox_page(self.desk.workspace.catalog, language)
        return self._page(request, "inbox", page, words.INBOX.to(language), words.INBOX_SENTENCE)

    def classify(self, request: Request) -> Response:
        """Say what the chosen names are."""
        form, author = form_of(request), visitor_of(request).author
        places = [each for each in form.getlist("place") if isinstance(each, str)]
        if not places:
            return self.desk.go(request, "/data/catalog/inbox", words.NONE_CHOSEN, tone="attention")
        said = changes.answer({name: field_of(form, name) for name in _OF_TRAIT[:4]})
        self.desk.do(request, words.SAVING, lambda ws: ws.quality.classify(places, said, author=author))
        self.desk.note(request, Deeds.NAMES_CLASSIFIED, names=len(places))
        return self.desk.go(request, "/data/catalog/inbox", words.CLASSIFIED.with_(n=len(places)))

    def trait(
        self, request: Request, found: Trait, typed: Mapping[str, str] | None = None, error: str = "",
        *, is_stale: bool = False,
    ) -> Response:  # fmt: skip
        """One trait in a form."""
        language, present = visitor_of(request).language, pages.typed_of(found)
        page = pages.TraitPage(
            pages.trait_url(found), f"/data/catalog?of={found.of}", found.name, pages.digest(found), typed or present,
            present, pages.families(language), pages.sensitivities(language),
            pages.rules(self.desk.workspace.catalog, language), error, is_stale,
        )  # fmt: skip
        status = 409 if is_stale else 400 if error else 200
        return self._page(request, "trait", page, found.label.to(language), None, status=status)

    def change_trait(self, request: Request, of: str, name: str) -> Response:
        """Put a trait in force as it was typed."""
        found, form, language = self.find_trait(of, name), form_of(request), visitor_of(request).language
        typed = {each: field_of(form, each) for each in _OF_TRAIT}
        if field_of(form, "was") != pages.digest(found):
            return self.trait(request, found, typed, words.STALE.to(language), is_stale=True)
        if not (typed["label_en"].strip() and typed["label_fr"].strip()):
            return self.trait(request, found, typed, words.EMPTY_LABEL.to(language))
        try:
            self._put(request, lambda catalog: changes.with_trait(catalog, found, typed), name)
        except UserError as error:
            return self.trait(request, found, typed, error.to(language))
        where = f"/data/catalog?of={found.of}"
        return self.desk.go(request, where, words.SAVED.with_(name=typed[f"label_{language}"].strip()))

    def event(
        self, request: Request, found: EventType, typed: Mapping[str, str] | None = None, error: str = "",
        *, is_stale: bool = False,
    ) -> Response:  # fmt: skip
        """One event type in a form."""
        language = visitor_of(request).language
        shown = pages.event_shown(found, {}, language)
        present = {"label_en": found.label.en, "label_fr": found.label.fr}
        for each in shown.properties:
            present |= {f"label_en.{each.place}": each.label_en, f"label_fr.{each.place}": each.label_fr,
                        f"sensitivity.{each.place}": each.degree}  # fmt: skip
        page = pages.EventPage(
            shown.url, "/data/catalog?of=events", found.name, pages.digest(found), {**present, **(typed or {})},
            shown.properties, pages.sensitivities(language), error, is_stale,
        )  # fmt: skip
        status = 409 if is_stale else 400 if error else 200
        return self._page(request, "event", page, shown.label, None, status=status)

    def change_event(self, request: Request, name: str) -> Response:
        """Put an event type in force as it was typed."""
        found, form, language = self.find_event(name), form_of(request), visitor_of(request).language
        typed = {key: value for key, value in form.items() if isinstance(value, str)}
        typed = {"label_en": "", "label_fr": "", **typed}
        if field_of(form, "was") != pages.digest(found):
            return self.event(request, found, typed, words.STALE.to(language), is_stale=True)
        if not (typed["label_en"].strip() and typed["label_fr"].strip()):
            return self.event(request, found, typed, words.EMPTY_LABEL.to(language))
        self._put(request, lambda catalog: changes.with_event(catalog, found, typed), found.name)
        told = words.SAVED.with_(name=typed[f"label_{language}"].strip())
        return self.desk.go(request, "/data/catalog?of=events", told)

    def find_trait(self, of: str, name: str) -> Trait:
        """A trait, or 404."""
        found = next((each for each in self.desk.workspace.catalog.traits if (each.of, each.name) == (of, name)), None)
        if found is None:
            raise HTTPException(404)
        return found

    def find_event(self, name: str) -> EventType:
        """An event type by its name as identifiers are written, or 404."""
        found = next((each for each in self.desk.workspace.catalog.events if slug(each.name) == name), None)
        if found is None:
            raise HTTPException(404)
        return found

    def _put(self, request: Request, change: Callable[[Catalog], Catalog], name: str) -> None:
        author = visitor_of(request).author

        def do(ws: Workspace) -> None:
            ws.put_catalog(change(ws.catalog), author=author)

        self.desk.do(request, words.SAVING, do)
        self.desk.note(request, Deeds.CATALOG_CHANGED, name=name)

    def _page(
        self, request: Request, template: str, page: Any, title: str, sentence: Text | None, *, status: int = 200,
        is_top: bool = False,
    ) -> Response:  # fmt: skip
        language = visitor_of(request).language
        above = [Step(DATA.to(language), "/data")]
        return self.desk.page(
            request, f"data/catalog_{template}.html", page, words=words.WORDS, title=title,
            sentence=sentence.to(language) if sentence else "", place="catalog",
            trail=above if is_top else [*above, Step(words.TITLE.to(language), "/data/catalog")],
            at=self.desk.workspace.clock.now() if is_top else None, status=status,
        )  # fmt: skip
