"""The map of a segment: countries by the part of their persons who are members, cities as dots, a table of both."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale
from markupsafe import Markup

from quartier.analyse import selecting
from quartier.analyse.places.whereabouts import InCity, InCountry, Whereabouts
from quartier.identify.cleaning.texts import without_accents
from quartier.language import LANGUAGES, Language, Plural, Text, percent, whole
from quartier.look.colours import follow_page
from quartier.look.map import Dot, Land, MapKey, draw
from quartier.look.map.drawing import STEPS
from quartier.segment.countries import country
from quartier.web.kept import DRAWINGS
from quartier.web.segments.words import COUNTED

WIDE, NARROW, HIGHEST = 480, 340, 470
FRAMED = 0.95
"""The map holds the countries of so large a part of the members; those of the others may lie beyond it."""
TELLING = 0.02
"""Countries with a smaller part of the population do not stretch the scale of shades."""
MOST_DOTS, SHOWN = 40, 8
Links = Callable[[dict[str, Any]], str]
"""From the definition of a place to the address where it opens; empty for who may not open it."""


@dataclass(frozen=True)
class PlaceRow:
    """A country or a city in the table."""

    name: str
    url: str
    counts: str
    share: str
    of_members: str


@dataclass(frozen=True)
class MapView:
    """The map with its title, how to read it, and its tables: countries, then cities."""

    title: str
    note: str
    wide: Markup
    narrow: Markup
    countries: tuple[PlaceRow, ...]
    cities: tuple[PlaceRow, ...]
    more_cities: tuple[PlaceRow, ...]
    left_out: str


def map_view(found: Whereabouts, document: Mapping[str, Any], links: Links, language: Language) -> MapView | None:
    """The map of a segment by its document; None where no country of a member is told."""
    if not found.countries:
        return None
    made = _Map(found, document, links, language)
    return DRAWINGS.get(("map", found, dict(document), bool(links({})), language), made.view)


@dataclass(frozen=True)
class _Map:
    found: Whereabouts
    document: Mapping[str, Any]
    links: Links
    language: Language

    def view(self) -> MapView:
        cities = tuple(map(self._city_row, self.found.cities))
        return MapView(
            self._title(), self._note(), self._drawn(WIDE), self._drawn(NARROW),
            tuple(map(self._country_row, self.found.countries)), cities[:SHOWN], cities[SHOWN:], self._left_out(),
        )  # fmt: skip

    # ---- words

    def _title(self) -> str:
        first = self.found.countries[0]
        part = percent(first.members / self.found.members, self.language)
        return _TITLE.to(self.language, part=part, country=self._named(first.code))

    def _named(self, code: str) -> str:
        return (country(code, "en") or code) if self.language == "en" else _name_of(code, "fr")

    def _note(self) -> str:
        said = [_SHADES[self.found.of], *([_DOTS] if self.found.cities else []), *([_CLICK] if self.links({}) else [])]
        return " ".join(each.to(self.language) for each in said)

    def _left_out(self) -> str:
        said = ((_UNKNOWN, self.found.unknown), (_WITHHELD, self.found.withheld))
        return " ".join(text.to(self.language, n=n) for text, n in said if n)

    def _counts(self, place: InCountry | InCity, name: str) -> str:
        of = COUNTED[self.found.of].to(self.language, n=place.population)
        n, part = whole(place.members, self.language), percent(place.share, self.language)
        return _TOLD.to(self.language, place=name, n=n, of=of, part=part)

    # ---- the drawing

    def _drawn(self, width: int) -> Markup:
        step = self._step()
        lands = [self._land(each, step) for each in self.found.countries]
        dots = [self._dot(each) for each in self.found.cities[:MOST_DOTS]]
        size = _round_below(self.found.cities[0].members) if dots else 0
        key = MapKey(
            _KEY[self.found.of].to(self.language), percent(0, self.language), self._most(step),
            _MEMBERS.to(self.language, n=size) if dots else "", size,
        )  # fmt: skip
        drawn = draw(lands, dots, self._framed(), width, HIGHEST, self._title(), key)
        return Markup(follow_page(drawn))  # noqa: S704 - the map escapes its words

    def _step(self) -> float:
        """How much each shade takes in: the middle one holds the share of the whole population."""
        usual = self.found.members / self.found.population
        large = [each.share for each in self.found.countries if each.population >= TELLING * self.found.population]
        return _nice(min(1.0, max(2 * usual, *large, 0.0)) / STEPS)

    def _most(self, step: float) -> str:
        most = percent(min(step * STEPS, 1), self.language)
        return (_AND_MORE if any(each.share > step * STEPS for each in self.found.countries) else _AS_IT_IS).to(
            self.language, part=most
        )

    def _framed(self) -> list[str]:
        told, codes, reached = sum(each.members for each in self.found.countries), [], 0
        for each in self.found.countries:
            if reached < FRAMED * told:
                codes.append(each.code)
                reached += each.members
        return codes

    def _land(self, each: InCountry, step: float) -> Land:
        name = _name_of(each.code, self.language)
        shade = min(STEPS, max(1, math.ceil(each.share / step - 1e-9)))
        figure = f"{whole(each.members, self.language)} · {percent(each.share, self.language, 0)}"
        return Land(each.code, name, figure, self._counts(each, name), shade, self._country_url(each))

    def _dot(self, each: InCity) -> Dot:
        return Dot(
            each.name, self._counts(each, each.name), each.longitude, each.latitude, each.members, self._city_url(each)
        )

    # ---- the table

    def _country_row(self, each: InCountry) -> PlaceRow:
        return self._row(each, _name_of(each.code, self.language), self._country_url(each))

    def _city_row(self, each: InCity) -> PlaceRow:
        is_plain = each.code in ("", self.found.countries[0].code)
        name = each.name if is_plain else f"{each.name} ({each.code})"
        return self._row(each, name, self._city_url(each))

    def _row(self, each: InCountry | InCity, name: str, url: str) -> PlaceRow:
        language = self.language
        return PlaceRow(
            name, url, f"{whole(each.members, language)} / {whole(each.population, language)}",
            percent(each.share, language), percent(each.members / self.found.members, language),
        )  # fmt: skip

    # ---- where places lead

    def _country_url(self, each: InCountry) -> str:
        place = {language: _name_of(each.code, language) for language in LANGUAGES}
        within = {self.found.country: each.values}
        return self.links(selecting.of_place(self.document, within, place, each.code.lower()))

    def _city_url(self, each: InCity) -> str:
        within = {self.found.city or "": (each.name,)} | ({self.found.country: each.values} if each.values else {})
        name = re.sub(r"[^a-z0-9]+", "-", without_accents(each.name).lower()).strip("-") or "city"
        return self.links(selecting.of_place(self.document, within, dict.fromkeys(LANGUAGES, each.name), name))


def _name_of(code: str, language: Language) -> str:
    return Locale(language).territories.get(code) or code


def _nice(share: float) -> float:
    """The least of 1, 2, 2.5 and 5 times a power of ten that is not below a share."""
    power = 10.0 ** math.floor(math.log10(max(share, 1e-6)))
    return next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= share - 1e-12)


def _round_below(number: int) -> int:
    """The largest of 1, 2 and 5 times a power of ten that is not above half of a number, or 1."""
    half = max(number / 2, 1)
    power = 10 ** math.floor(math.log10(half))
    return int(max(each * power for each in (1, 2, 5) if each * power <= half))


_TITLE = Text(en="{part} of the members live in {country}", fr="Premier pays des membres : {country} ({part})")
_SHADES = {
    "person": Text(
        en="Shade and percentage: the members among the population of the segment who live in the country.",
        fr="Teinte et pourcentage : la part des membres parmi la population du segment qui vit dans le pays.",
    ),
    "account": Text(
        en="Shade and percentage: the members among the population of the segment that is in the country.",
        fr="Teinte et pourcentage : la part des membres parmi la population du segment qui est dans le pays.",
    ),
}
_DOTS = Text(en="Dots: members by city.", fr="Points : membres par ville.")
_CLICK = Text(en="A place opens in the editor.", fr="Chaque lieu s'ouvre dans l'éditeur.")
_KEY = {
    "person": Text(en="Members among those who live there", fr="Part des membres sur place"),
    "account": Text(en="Members among those there", fr="Part des membres sur place"),
}
_TOLD = Text(en="{place}: {n} of {of} ({part})", fr="{place} : {n} sur {of} ({part})")
_AND_MORE, _AS_IT_IS = Text(en="{part} and more", fr="{part} et plus"), Text(en="{part}", fr="{part}")
_MEMBERS = Plural(Text(en="{n} member", fr="{n} membre"), Text(en="{n} members", fr="{n} membres"))
_UNKNOWN = Plural(
    Text(en="Of {n} member no country is known.", fr="Le pays de {n} membre n'est pas connu."),
    Text(en="Of {n} members no country is known.", fr="Le pays de {n} membres n'est pas connu."),
)
_WITHHELD = Plural(
    Text(
        en="{n} lives in a country of which fewer than five of the population are known; it is not told.",
        fr="{n} vit dans un pays d'où moins de cinq sont connus dans la population ; il n'est pas montré.",
    ),
    Text(
        en="{n} live in countries of which fewer than five of the population are known; these are not told.",
        fr="{n} vivent dans des pays d'où moins de cinq sont connus dans la population ; ils ne sont pas montrés.",
    ),
)
