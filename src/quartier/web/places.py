"""The places of the application in the order of the road: what the rail shows to whom."""

from dataclasses import dataclass, field

from quartier.govern.roles import May
from quartier.language import Text
from quartier.web.visitor import Visitor


@dataclass(frozen=True)
class PlaceOf:
    """A place in the rail, for those who may go there."""

    key: str
    label: Text
    url: str
    needs: May
    children: tuple["PlaceOf", ...] = ()


@dataclass(frozen=True)
class Place:
    """A place as the rail of one page shows it."""

    key: str
    label: str
    url: str
    is_here: bool
    children: tuple["Place", ...] = field(default=())


def shown(here: str, visitor: Visitor) -> tuple[Place, ...]:
    """The rail for a visitor; `here` is the key of the page's place."""
    return tuple(_shown(each, here, visitor) for each in PLACES if visitor.may(each.needs))


def _shown(place: PlaceOf, here: str, visitor: Visitor) -> Place:
    below = tuple(_shown(each, here, visitor) for each in place.children if visitor.may(each.needs))
    return Place(place.key, place.label.to(visitor.language), place.url, place.key == here, below)


PLACES: tuple[PlaceOf, ...] = (
    PlaceOf("home", Text(en="Home", fr="Accueil"), "/", May.SEE_FIGURES),
    PlaceOf(
        "data",
        Text(en="Data", fr="Données"),
        "/data",
        May.SEE_FIGURES,
        (
            PlaceOf("import", Text(en="Import a file", fr="Importer un fichier"), "/data/import", May.BRING_DATA),
            PlaceOf("sources", Text(en="Sources", fr="Sources"), "/data/sources", May.BRING_DATA),
            PlaceOf("rejected", Text(en="Rejected rows", fr="Lignes rejetées"), "/data/rejected", May.BRING_DATA),
            PlaceOf("catalog", Text(en="Catalog", fr="Catalogue"), "/data/catalog", May.SEE_FIGURES),
            PlaceOf("quality", Text(en="Quality", fr="Qualité"), "/data/quality", May.SEE_FIGURES),
            PlaceOf("live", Text(en="Arriving now", fr="En direct"), "/data/live", May.SEE_PERSONS),
        ),
    ),
    PlaceOf(
        "persons",
        Text(en="Persons", fr="Personnes"),
        "/persons",
        May.SEE_PERSONS,
        (
            PlaceOf("accounts", Text(en="Accounts", fr="Comptes"), "/accounts", May.SEE_PERSONS),
            PlaceOf("review", Text(en="Who is who", fr="Qui est qui"), "/persons/review", May.DECIDE_LINKS),
        ),
    ),
    PlaceOf("analyse", Text(en="Analyse", fr="Analyser"), "/analyse", May.SEE_FIGURES),
    PlaceOf("segments", Text(en="Segments", fr="Segments"), "/segments", May.SEE_FIGURES),
    PlaceOf("target", Text(en="Target", fr="Cibler"), "/target", May.SEE_FIGURES),
    PlaceOf("evaluate", Text(en="Evaluate", fr="Évaluer"), "/evaluate", May.SEE_FIGURES),
    PlaceOf("settings", Text(en="Settings", fr="Réglages"), "/settings", May.SEE_FIGURES),
)
