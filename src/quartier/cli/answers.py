"""`quartier segment due`, `dry-run` and `near`: answers about what will change, and about what would."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quartier.cli import documents
from quartier.cli.bilingual import command, option
from quartier.cli.persons import plain, print_persons
from quartier.cli.session import Session, json_option, session
from quartier.cli.words import ACCOUNTS, PERSONS
from quartier.language import Text, amount, instant

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from pyroaring import BitMap

    from quartier.segment.answering import Due
    from quartier.segment.dry_run import DryRun, Worth
    from quartier.segment.explain import Explanation
    from quartier.segment.near import NearMiss
    from quartier.workspace import Workspace


@command(
    "due",
    Text(
        en="Say when the next refresh is due, and why.",
        fr="Dire quand la prochaine mise à jour est à faire, et pourquoi.",
    ),
    example="quartier -w my-shop segment due",
)
@json_option
def due(as_json: bool) -> None:
    """Say when the next refresh is due."""
    now = session()
    with now.workspace() as ws:
        found = ws.due()
        reasons, zone = due_reasons(found, ws, now), ws.config.zone
    if as_json:
        now.print_json({**found.as_json(), "is_over": found.is_over(now.clock.now())})
        return
    say_due(found, now, zone)
    for line in reasons:
        now.say_line(line)


@command(
    "dry-run",
    Text(
        en="Say what putting a definition in force would change, storing nothing.",
        fr="Dire ce que changerait la mise en vigueur d'une définition, sans rien enregistrer.",
    ),
    example="quartier -w my-shop segment dry-run loyal.yaml --rows 5",
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@option(
    "--rows",
    type=click.IntRange(0, 1000),
    default=0,
    show_default=True,
    text=Text(
        en="Persons to show of those who would enter, and of those who would leave.",
        fr="Personnes à montrer parmi celles qui entreraient, et parmi celles qui sortiraient.",
    ),
)
@json_option
def dry_run(path: Path, rows: int, as_json: bool) -> None:
    """Say what a definition would change."""
    now = session()
    with now.workspace() as ws:
        for_json = []
        for each in ws.dry_run(documents.read(path)):
            samples = [_sample(keys, rows, each, ws) for keys in (each.moved.entering, each.moved.leaving)]
            if as_json:
                entering, leaving = (plain(sample) for sample in samples)
                shown = {"entering_sample": entering, "leaving_sample": leaving}
                for_json.append(each.as_json(ws.config.currency) | shown)
            else:
                _say_dry_run(each, samples, ws, now)
    if as_json:
        now.print_json(for_json)


@command(
    "near",
    Text(
        en="List the persons closest to entering a segment, with what would bring them in.",
        fr="Lister les personnes les plus proches d'entrer dans un segment, et ce qui les y ferait entrer.",
    ),
    example="quartier -w my-shop segment near frequent-buyers --limit 5",
)
@click.argument("name", metavar="SEGMENT")
@option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    text=Text(en="At most so many.", fr="Au plus ce nombre."),
)
@json_option
def near(name: str, limit: int, as_json: bool) -> None:
    """List the persons closest to entering a segment."""
    from quartier.segment.clauses import Reader
    from quartier.segment.near_words import change_said, plain_near_miss

    now = session()
    with now.workspace() as ws:
        found, currency = ws.near_misses(name, limit), ws.config.currency
    if as_json:
        now.print_json([{"person": each.person, **plain_near_miss(each.miss, currency)} for each in found])
    elif not found:
        now.say(_NOBODY_NEAR)
    else:
        reader = Reader(now.language, currency)
        rows = [[each.person, "; ".join(change_said(one, reader) for one in each.miss.changes)] for each in found]
        now.print_table([_PERSON, _CHANGE], rows)


def near_json(found: "Explanation", ws: "Workspace", now: Session) -> dict[str, Any]:
    """The smallest change that would turn an explanation, as plain values."""
    from quartier.segment.near_words import plain_near_miss

    return {"near_miss": plain_near_miss(_near_miss(found, ws, now), ws.config.currency)}


def near_said(found: "Explanation", ws: "Workspace", now: Session) -> list[str]:
    """The smallest change that would turn an explanation, in lines."""
    from quartier.segment.near_words import near_lines

    return near_lines(_near_miss(found, ws, now), now.language, currency=ws.config.currency)


def _near_miss(found: "Explanation", ws: "Workspace", now: Session) -> "NearMiss":
    from quartier.segment.moments import Moment
    from quartier.segment.near import near_miss

    return near_miss(found, Moment(now.clock.now(), ws.config.zone))


def _sample(keys: "BitMap", rows: int, found: "DryRun", ws: "Workspace") -> list[dict[str, object]]:
    return ws.persons(keys[:rows], of=found.moved.of).to_pylist() if rows and keys else []


def _say_dry_run(found: "DryRun", samples: list[list[dict[str, object]]], ws: "Workspace", now: Session) -> None:
    """Both sentences, the sizes, who moves with what they are worth, and what hangs on the segment."""
    counted = ACCOUNTS if found.moved.of == "account" else PERSONS
    if found.old:
        now.say(_BEFORE, sentence=ws.sentence(found.old, now.language))
    now.say(_AFTER if found.old else _NEW, sentence=ws.sentence(found.new, now.language))
    now.say(_SIZES, before=len(found.moved.before), after=counted.with_(n=len(found.moved.after)))
    sides = [(_ENTER, found.moved.entering, found.entering), (_LEAVE, found.moved.leaving, found.leaving)]
    for (text, keys, worth), sample in zip(sides, samples, strict=True):
        now.say(text, persons=counted.with_(n=len(keys)), worth=_worth(worth, ws.config.currency, now) if keys else "")
        print_persons(sample, now, ws.config.zone)
    for each in found.users:
        counts = {"before": len(each.before), "after": len(each.after)}
        now.say(_USER, name=each.segment, entering=len(each.entering), leaving=len(each.leaving), **counts)
    for name in found.campaigns:
        now.say(_CAMPAIGN, name=name)


def _worth(worth: "Worth", currency: str, now: Session) -> str:
    amounts = ((_REVENUE, worth.revenue), (_LIFETIME, worth.lifetime_value))
    known = [(text, amount(each, currency, now.language)) for text, each in amounts if each is not None]
    return "".join(text.to(now.language, amount=each) for text, each in known)


def say_due(found: "Due", now: Session, zone: "ZoneInfo") -> None:
    """One sentence: when a refresh is due and what makes it so."""
    text = _OVERDUE if found.because == "time" and found.is_over(now.clock.now()) else _DUE[found.because]
    now.say(text, at=instant(found.at, now.language, zone) if found.at else "")


def due_reasons(found: "Due", ws: "Workspace", now: Session) -> list[str]:
    """One line for each segment that may change, with the condition by which."""
    from quartier.segment.clauses import Reader
    from quartier.segment.sentence import said

    reader = Reader(now.language, ws.config.currency)
    return [
        _BY.to(now.language, name=name, condition=said(leaf, reader)) if leaf else _NAME.to(now.language, name=name)
        for name, leaf in found.changing
    ]


_DUE = {
    "time": Text(en="The next refresh is due on {at}.", fr="La prochaine mise à jour est à faire le {at}."),
    "data": Text(
        en="A refresh is due now: data have changed since the last one.",
        fr="Une mise à jour est à faire maintenant : des données ont changé depuis la dernière.",
    ),
    "definition": Text(
        en="A refresh is due now: segments have not been evaluated as they are.",
        fr="Une mise à jour est à faire maintenant : des segments n'ont pas été évalués tels qu'ils sont.",
    ),
    "nothing": Text(
        en="No refresh is due: nothing changes until data do.",
        fr="Aucune mise à jour n'est à faire : rien ne change tant que les données ne changent pas.",
    ),
}
_OVERDUE = Text(en="A refresh is due since {at}.", fr="Une mise à jour est à faire depuis le {at}.")
_BY = Text(en="• {name}: {condition}", fr="• {name} : {condition}")
_NAME = Text(en="• {name}", fr="• {name}")
_BEFORE = Text(en="Before: {sentence}", fr="Avant : {sentence}")
_AFTER = Text(en="After: {sentence}", fr="Après : {sentence}")
_NEW = Text(en="New: {sentence}", fr="Nouveau : {sentence}")
_SIZES = Text(en="Size: {before} → {after}", fr="Effectif : {before} → {after}")
_ENTER = Text(en="Would enter: {persons}{worth}", fr="Entreraient : {persons}{worth}")
_LEAVE = Text(en="Would leave: {persons}{worth}", fr="Sortiraient : {persons}{worth}")
_REVENUE = Text(en="; orders of the last 365 days {amount}", fr=" ; commandes des 365 derniers jours {amount}")
_LIFETIME = Text(en="; lifetime value {amount}", fr=" ; valeur vie {amount}")
_USER = Text(
    en="Used by segment {name}: {before} → {after} (entering {entering}, leaving {leaving})",
    fr="Utilisé par le segment {name} : {before} → {after} (entrées {entering}, sorties {leaving})",
)
_CAMPAIGN = Text(
    en="Used by campaign {name}: its frozen audience stays as it is",
    fr="Utilisé par la campagne {name} : son audience figée reste telle quelle",
)
_PERSON = Text(en="person", fr="personne")
_CHANGE = Text(en="smallest change", fr="plus petit changement")
_NOBODY_NEAR = Text(
    en="Nobody is kept out by one condition alone that a small change would turn.",
    fr="Personne n'est retenu dehors par une seule condition qu'un petit changement suffirait à remplir.",
)
