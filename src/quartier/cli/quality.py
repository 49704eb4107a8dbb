"""`quartier quality` and `quartier inbox`: what needs attention in the data, and which names wait to be classified."""

from typing import TYPE_CHECKING

import click

from quartier.catalog import Family, Label, Sensitivity
from quartier.catalog.inbox import Answer
from quartier.cli.bilingual import Group, command, option
from quartier.cli.session import Session, json_option, session
from quartier.errors import InvalidRequest
from quartier.language import Plural, Text, instant, percent, whole

if TYPE_CHECKING:
    from quartier.analyse.quality import ColumnQuality, EventQuality, Quality
    from quartier.catalog.inbox import Waiting

DASH = "–"


@command(
    "quality",
    Text(
        en="Say what needs attention in the data: empty, not valid, far out, silent, changed.",
        fr="Dire ce qui mérite attention dans les données : vide, non valide, aberrant, muet, changé.",
    ),
    example="quartier -w my-shop quality",
)
@json_option
def quality(as_json: bool) -> None:
    """Say what needs attention in the data."""
    from quartier.analyse.quality import attention

    now = session()
    with now.workspace() as ws, now.progress(_MEASURING):
        found = ws.quality.measured()
        zone = ws.config.zone
    pressing = attention(found)
    if as_json:
        now.print_json({**found.as_json(), "attention": [each.as_json() for each in pressing]})
        return
    for each in pressing:
        now.say(_POINT, said=each.said)
    now.say(_SUMMARY.with_(n=len(pressing), at=instant(found.at, now.language, zone)))
    _print_traits(found, now)
    _print_events(found, now)


def _print_traits(found: "Quality", now: Session) -> None:
    if found.traits:
        now.out.print()
        heads = [_TRAIT, _FILLED, _VALID, _FAR_OUT, _INDEX]
        now.print_table(heads, [_trait_row(each, now) for each in found.traits], right=(1, 2, 3, 4))


def _trait_row(each: "ColumnQuality", now: Session) -> list[str]:
    far_out = DASH if each.outliers is None else whole(each.outliers.count, now.language)
    index = DASH if each.drift is None else Text(en="{n}", fr="{n}").to(now.language, n=round(each.drift.index, 2))
    return [each.label.to(now.language), _share(each.fill_rate, now), _share(each.valid_rate, now), far_out, index]


def _print_events(found: "Quality", now: Session) -> None:
    if found.events:
        now.out.print()
        heads = [_EVENT, _COUNT, _SINCE, _USUAL, _RECENT]
        now.print_table(heads, [_event_row(each, now) for each in found.events], right=(1, 2, 3, 4))


def _event_row(each: "EventQuality", now: Session) -> list[str]:
    usual = each.volume.usual_week if each.volume else None
    recent = each.volume.recent_week if each.volume else None
    since = DASH if each.days_since_last is None else whole(each.days_since_last, now.language)
    weeks = [DASH if count is None else whole(round(count), now.language) for count in (usual, recent)]
    return [each.label.to(now.language), whole(each.events, now.language), since, *weeks]


def _share(share: float | None, now: Session) -> str:
    return DASH if share is None else percent(share, now.language)


inbox = Group(
    "inbox",
    text=Text(
        en="See and classify the names that came by themselves.",
        fr="Voir et classer les noms arrivés d'eux-mêmes.",
    ),
    example="quartier -w my-shop inbox list",
)


@command(
    "list",
    Text(en="List the names that nobody has classified.", fr="Lister les noms que personne n'a classés."),
    example="quartier -w my-shop inbox list",
)
@json_option
def list_(as_json: bool) -> None:
    """List the names that nobody has classified."""
    now = session()
    with now.workspace() as ws:
        found = ws.quality.inbox()
    if as_json:
        now.print_json([_as_json(each) for each in found])
    elif not found:
        now.say(_NOTHING)
    else:
        now.print_table([_PLACE, _LABEL, _TYPE, _FAMILY, _SENSITIVITY], [_row(each, now) for each in found])


@command(
    "accept",
    Text(
        en="Say what new names are; what is not given stays as Quartier took it.",
        fr="Dire ce que sont de nouveaux noms ; ce qui n'est pas donné reste tel que Quartier l'a compris.",
    ),
    example='quartier -w my-shop inbox accept traits.shoe_size --family needs --label-en "Shoe size"',
)
@click.argument("places", metavar="[PLACE]...", nargs=-1)
@option("--all", "is_all", is_flag=True, text=Text(en="Everything that waits.", fr="Tout ce qui attend."))
@option("--family", type=click.Choice([each.value for each in Family]), text=Text(en="Its family.", fr="Sa famille."))
@option(
    "--sensitivity",
    type=click.Choice([each.value for each in Sensitivity]),
    text=Text(en="How carefully it is to be handled.", fr="Avec quel soin la traiter."),
)
@option("--label-en", text=Text(en="Its name for English readers.", fr="Son intitulé en anglais."))
@option("--label-fr", text=Text(en="Its name for French readers.", fr="Son intitulé en français."))
@json_option
def accept(
    places: tuple[str, ...],
    is_all: bool,
    family: str | None,
    sensitivity: str | None,
    label_en: str | None,
    label_fr: str | None,
    as_json: bool,
) -> None:
    """Say what new names are."""
    now = session()
    if not places and not is_all:
        raise InvalidRequest(_NO_PLACE, remedy=_NAME_ONE)
    either = label_en or label_fr
    label = Label.model_validate({"en": label_en or either, "fr": label_fr or either}) if either else None
    answer = Answer(Family(family) if family else None, Sensitivity(sensitivity) if sensitivity else None, label)
    with now.workspace() as ws:
        wanted = [each.place for each in ws.quality.inbox()] if is_all else places
        ws.quality.classify(wanted, answer, author=now.author)
        left = ws.quality.inbox()
    if as_json:
        now.print_json([_as_json(each) for each in left])
    else:
        now.say(_CLASSIFIED.with_(n=len(wanted)))
        now.say(_LEFT.with_(n=len(left)))


for _each in (list_, accept):
    inbox.add_command(_each)


def _row(each: "Waiting", now: Session) -> list[str]:
    family = each.family.label.to(now.language) if each.family else DASH
    sensitivity = each.sensitivity.label.to(now.language) if each.sensitivity else DASH
    return [each.place, each.label.to(now.language), each.type.value if each.type else DASH, family, sensitivity]


def _as_json(each: "Waiting") -> dict[str, object]:
    return {
        "place": each.place,
        "label": each.label.model_dump(),
        "type": each.type.value if each.type else None,
        "family": each.family.value if each.family else None,
        "sensitivity": each.sensitivity.value if each.sensitivity else None,
    }


_MEASURING = Text(en="Reading the data", fr="Lecture des données")
_POINT = Text(en="• {said}", fr="• {said}")
_SUMMARY = Plural(
    Text(en="{n} point needs attention on {at}.", fr="{n} point mérite attention au {at}."),
    Text(en="{n} points need attention on {at}.", fr="{n} points méritent attention au {at}."),
)
_TRAIT = Text(en="trait", fr="trait")
_FILLED = Text(en="filled in", fr="rempli")
_VALID = Text(en="valid", fr="valide")
_FAR_OUT = Text(en="far out", fr="aberrantes")
_INDEX = Text(en="stability index", fr="indice de stabilité")
_EVENT = Text(en="event", fr="événement")
_COUNT = Text(en="events", fr="nombre")
_SINCE = Text(en="days since the last", fr="jours depuis le dernier")
_USUAL = Text(en="usual week", fr="semaine habituelle")
_RECENT = Text(en="last four weeks", fr="quatre dernières semaines")
_PLACE = Text(en="name", fr="nom")
_LABEL = Text(en="label", fr="intitulé")
_TYPE = Text(en="type", fr="type")
_FAMILY = Text(en="family", fr="famille")
_SENSITIVITY = Text(en="sensitivity", fr="sensibilité")
_NOTHING = Text(en="Nothing waits: every name is classified.", fr="Rien n'attend : tous les noms sont classés.")
_NO_PLACE = Text(en="no name is given", fr="aucun nom n'est donné")
_NAME_ONE = Text(
    en="give one of `quartier inbox list`, or --all", fr="donnez l'un de ceux de `quartier inbox list`, ou --all"
)
_CLASSIFIED = Plural(
    Text(en="{n} name classified.", fr="{n} nom classé."), Text(en="{n} names classified.", fr="{n} noms classés.")
)
_LEFT = Plural(Text(en="{n} name waits.", fr="{n} nom attend."), Text(en="{n} names wait.", fr="{n} noms attendent."))
