"""`quartier segment` over time: history, flow, versions, diff, undo, retire."""

import datetime as dt
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from quartier.cli.bilingual import Callback, command, option
from quartier.cli.instants import read_instant
from quartier.cli.session import Session, json_option, session
from quartier.cli.words import PERSONS
from quartier.language import Text, instant, percent, whole

if TYPE_CHECKING:
    from quartier.segment.history import Flows, Size, SizeHistory
    from quartier.segment.versions import Difference, Version, WordedEdit

MOST_ROWS = 40
"""A history longer than this is shown by day, week or month, unless told."""

_NAME = click.argument("name", metavar="SEGMENT")
_UNTIL = option(
    "--to",
    "until",
    metavar="INSTANT",
    text=Text(en="Up to this instant (now).", fr="Jusqu'à cet instant (maintenant)."),
)
_STEPS = {"daily": "1 day", "weekly": "1 week", "monthly": "1 month"}


def _step(name: str, text: Text) -> Callable[[Callback], Callback]:
    return option(f"--{name}", "step", flag_value=name, type=str, text=text)


@command(
    "history",
    Text(
        en="Show how many persons a segment held, who entered and who left; --weekly computes what it would have been.",
        fr="Montrer l'effectif d'un segment, ses entrées et ses sorties ; --weekly calcule ce qu'il aurait été.",
    ),
    example="quartier -w my-shop segment history frequent-buyers --since 2026-01-01\n"
    'quartier -w my-shop segment history frequent-buyers --weekly --for "2 years"',
)
@_NAME
@option("--since", metavar="INSTANT", text=Text(en="From this instant on.", fr="À partir de cet instant."))
@_UNTIL
@option(
    "--by",
    type=click.Choice(["change", "day", "week", "month"]),
    text=Text(
        en="One line per change, day, week or month (the first that gives at most 40 lines).",
        fr="Une ligne par changement, jour, semaine ou mois (le premier qui donne au plus 40 lignes).",
    ),
)
@_step("daily", Text(en="Compute the past, day by day.", fr="Calculer le passé, jour par jour."))
@_step("weekly", Text(en="Compute the past, week by week.", fr="Calculer le passé, semaine par semaine."))
@_step("monthly", Text(en="Compute the past, month by month.", fr="Calculer le passé, mois par mois."))
@option(
    "--for",
    "length",
    default="1 year",
    show_default=True,
    metavar="DURATION",
    text=Text(en="How far back to compute.", fr="Jusqu'où remonter dans le calcul."),
)
@option(
    "--keep",
    is_flag=True,
    text=Text(en="Keep the computed past, marked as such.", fr="Garder le passé calculé, marqué comme tel."),
)
@json_option
def history(
    name: str,
    since: str | None,
    until: str | None,
    by: str | None,
    step: str | None,
    length: str,
    keep: bool,
    as_json: bool,
) -> None:
    """Show the sizes of a segment over time."""
    now = session()
    observed: SizeHistory | None = None
    with now.workspace() as ws:
        zone, label = ws.config.zone, ws.label(name)
        if step:
            with now.progress(_COMPUTING):
                computed: SizeHistory | None = ws.past(name, step=_STEPS[step], length=length, keep=keep)
        else:
            computed = ws.kept_past(name)
            observed = ws.size_history(name, since=_instant(since, "--since"), until=_instant(until, "--to"))
    if as_json:
        pair = {"observed": observed, "reconstructed": computed}
        now.print_json({key: each.as_json() if each else None for key, each in pair.items()})
        return
    for each in (computed, observed):
        if each:
            _print_history(each, label.to(now.language), by or ("change" if step else None), now, zone)


@command(
    "flow",
    Text(
        en="Show where the persons of some segments went between two instants.",
        fr="Montrer où sont allées les personnes de plusieurs segments entre deux instants.",
    ),
    example="quartier -w my-shop segment flow new-buyers frequent-buyers --from 2026-01-01 --to 2026-04-01",
)
@click.argument("names", metavar="SEGMENT SEGMENT...", nargs=-1, required=True)
@option(
    "--from", "since", required=True, metavar="INSTANT", text=Text(en="From this instant.", fr="Depuis cet instant.")
)
@_UNTIL
@json_option
def flow(names: tuple[str, ...], since: str, until: str | None, as_json: bool) -> None:
    """Show where the persons of some segments went."""
    now = session()
    with now.workspace() as ws:
        found, zone = ws.flows(names, read_instant(since, "--from"), _instant(until, "--to")), ws.config.zone
    if as_json:
        now.print_json(found.as_json())
    else:
        _print_flows(found, now, zone)


@command(
    "versions",
    Text(
        en="List the versions of a segment with their authors.", fr="Lister les versions d'un segment et leurs auteurs."
    ),
    example="quartier -w my-shop segment versions frequent-buyers",
)
@_NAME
@json_option
def versions(name: str, as_json: bool) -> None:
    """List the versions of a segment."""
    now = session()
    with now.workspace() as ws:
        found, zone = ws.versions(name), ws.config.zone
    if as_json:
        now.print_json([each.as_json() for each in found])
    else:
        rows = [_version_row(each, each is found[-1], now, zone) for each in found]
        now.print_table([_VERSION, _INSTANT, _AUTHOR, _STATE], rows, right=(0,))


@command(
    "diff",
    Text(
        en="Show what changed between two versions of a segment (the last two unless given).",
        fr="Montrer ce qui a changé entre deux versions d'un segment (les deux dernières par défaut).",
    ),
    example="quartier -w my-shop segment diff frequent-buyers 1 2",
)
@_NAME
@click.argument("old", metavar="[VERSION]", type=click.IntRange(min=1), required=False)
@click.argument("new", metavar="[VERSION]", type=click.IntRange(min=1), required=False)
@json_option
def diff(name: str, old: int | None, new: int | None, as_json: bool) -> None:
    """Show what changed between two versions."""
    now = session()
    with now.workspace() as ws:
        found, zone = ws.difference(name, old, new), ws.config.zone
    if as_json:
        now.print_json(found.as_json())
    else:
        _print_difference(found, now, zone)


@command(
    "undo",
    Text(
        en="Put an earlier version of a segment in force again, as a new version.",
        fr="Remettre en vigueur une version antérieure d'un segment, comme nouvelle version.",
    ),
    example="quartier -w my-shop segment undo frequent-buyers --to 1",
)
@_NAME
@option(
    "--to",
    "version",
    type=click.IntRange(min=1),
    text=Text(en="This version (the last other one).", fr="Cette version (la dernière qui diffère)."),
)
@json_option
def undo(name: str, version: int | None, as_json: bool) -> None:
    """Put an earlier version in force again."""
    now = session()
    with now.workspace() as ws:
        done = ws.undo(name, version, author=now.author)
    if as_json:
        now.print_json(done.as_json())
    else:
        counts = {"entered": done.entered, "left": done.left}
        now.say(_UNDONE, name=name, n=done.version, persons=PERSONS.with_(n=done.size), **counts)


@command(
    "retire",
    Text(
        en="Take a segment out of force; its versions and its history stay.",
        fr="Retirer un segment ; ses versions et son historique restent.",
    ),
    example="quartier -w my-shop segment retire frequent-buyers",
)
@_NAME
@json_option
def retire(name: str, as_json: bool) -> None:
    """Take a segment out of force."""
    now = session()
    with now.workspace() as ws:
        done = ws.retire(name, author=now.author)
    if as_json:
        now.print_json(done.as_json())
    else:
        now.say(_RETIRED, name=name)


COMMANDS = (history, flow, versions, diff, undo, retire)


def _instant(written: str | None, name: str) -> dt.datetime | None:
    return read_instant(written, name) if written is not None else None


def _print_history(found: "SizeHistory", label: str, by: str | None, now: Session, zone: ZoneInfo) -> None:
    now.say(_RECONSTRUCTED if found.is_reconstructed else _OBSERVED, name=label)
    if not found.sizes:
        now.say(_NOTHING)
        return
    shown = _shown(found, by, zone).sizes
    rows = [[instant(each.at, now.language, zone), *_figures(each, now)] for each in shown]
    heads = [_INSTANT, _PERSONS, _ENTERED, _LEFT]
    if len({each.version for each in shown}) > 1:  # a new definition moves persons too
        heads.append(_VERSION)
        rows = [[*row, str(each.version)] for row, each in zip(rows, shown, strict=True)]
    now.print_table(heads, rows, right=tuple(range(1, len(heads))))
    if found.as_today:
        now.say(_AS_TODAY)
        for each in found.as_today:
            now.say_line(f"  {each.to(now.language)}")


def _figures(size: "Size", now: Session) -> list[str]:
    """What is not known stays empty."""
    return ["" if n is None else whole(n, now.language) for n in (size.size, size.entered, size.left)]


def _shown(found: "SizeHistory", by: str | None, zone: ZoneInfo) -> "SizeHistory":
    """By what was asked for, else by the first period that gives few lines."""
    seen = {
        "change": found,
        "day": found.per("day", zone),
        "week": found.per("week", zone),
        "month": found.per("month", zone),
    }
    if by:
        return seen[by]
    return next((each for each in seen.values() if len(each.sizes) <= MOST_ROWS), seen["month"])


def _print_flows(found: "Flows", now: Session, zone: ZoneInfo) -> None:
    since, until = (instant(each, now.language, zone) for each in (found.since, found.until))
    names = [Text(en=name, fr=name) for name in found.segments]
    places = [*names, _SEVERAL, _NOWHERE]
    rows = [
        [place.to(now.language), *(whole(count, now.language) for count in row)]
        for place, row in zip(places, found.counts, strict=True)
    ]
    now.say(_FLOWS, since=since, until=until)
    now.print_table([_AT_FIRST, *places], rows, right=tuple(range(1, len(places) + 1)))
    if len(found.segments) == 2:
        stayed, of = found.shared[0][1], found.before[0]
        share = percent(stayed / of if of else 0, now.language)
        one, other = found.segments
        now.say(_OF_WHOM, persons=PERSONS.with_(n=of), one=one, other=other, stayed=stayed, share=share)


def _version_row(version: "Version", is_last: bool, now: Session, zone: ZoneInfo) -> list[str]:
    state = _IS_RETIRED if version.is_retired else _IN_FORCE if is_last else _EARLIER
    at = instant(version.at, now.language, zone)
    return [str(version.version), at, version.author, state.to(now.language)]


def _print_difference(found: "Difference", now: Session, zone: ZoneInfo) -> None:
    for each in (found.old, found.new):
        at = instant(each.at, now.language, zone)
        now.say(_RETIRED_BY if each.is_retired else _WRITTEN_BY, n=each.version, author=each.author, at=at)
    if not found.edits:
        now.say(_SAME)
    for edit in found.edits:
        _print_edit(edit, now)
    for text, words in ((_BEFORE, found.old_sentence), (_AFTER, found.new_sentence)):
        now.say(text, sentence=words.to(now.language) if words else _CANNOT_BE_SAID.to(now.language))


def _print_edit(worded: "WordedEdit", now: Session) -> None:
    edit = worded.edit
    before, after = (
        words.to(now.language) if words else _value(value, now)
        for words, value in ((worded.before, edit.before), (worded.after, edit.after))
    )
    text = {"added": _ADDED, "removed": _REMOVED, "changed": _CHANGED}[edit.kind]
    now.say(text, place=edit.place, before=before, after=after)


def _value(value: Any, now: Session) -> str:
    """A part of a document on one line."""
    if isinstance(value, str):
        return _QUOTED.to(now.language, text=value)
    return json.dumps(value, ensure_ascii=False)


_INSTANT, _PERSONS = Text(en="instant", fr="instant"), Text(en="persons", fr="personnes")
_ENTERED, _LEFT = Text(en="entered", fr="entrées"), Text(en="left", fr="sorties")
_VERSION, _AUTHOR, _STATE = (
    Text(en="version", fr="version"),
    Text(en="author", fr="auteur"),
    Text(en="state", fr="état"),
)
_IN_FORCE, _EARLIER = Text(en="in force", fr="en vigueur"), Text(en="earlier", fr="antérieure")
_IS_RETIRED = Text(en="retired", fr="retrait")
_SEVERAL, _NOWHERE = Text(en="in several", fr="dans plusieurs"), Text(en="in none", fr="dans aucun")
_AT_FIRST = Text(en="at the start", fr="au départ")
_COMPUTING = Text(en="Computing the past", fr="Calcul du passé")
_OBSERVED = Text(en="{name}: sizes as observed", fr="{name} : effectifs observés")
_RECONSTRUCTED = Text(
    en="{name}: sizes computed afterwards from events, not observed at the time",
    fr="{name} : effectifs calculés après coup d'après les événements, non observés à l'époque",
)
_NOTHING = Text(en="Nothing is known of this time.", fr="On ne sait rien de cette période.")
_AS_TODAY = Text(
    en="At every instant, what bears no times is as it is today:",
    fr="À chaque instant, ce qui ne porte pas de date est tel qu'aujourd'hui :",
)
_FLOWS = Text(
    en="From {since} (rows) to {until} (columns), each person once:",
    fr="Du {since} (lignes) au {until} (colonnes), chaque personne une fois :",
)
_OF_WHOM = Text(
    en="Of {persons} in “{one}” at the start, {stayed} ({share}) are in “{other}” at the end.",
    fr="Sur {persons} de « {one} » au départ, {stayed} ({share}) sont dans « {other} » à l'arrivée.",
)
_WRITTEN_BY = Text(en="Version {n}: {author}, {at}", fr="Version {n} : {author}, {at}")
_RETIRED_BY = Text(en="Version {n}: {author}, {at} (retired)", fr="Version {n} : {author}, {at} (retrait)")
_SAME = Text(en="They mean the same.", fr="Elles veulent dire la même chose.")
_QUOTED = Text(en="“{text}”", fr="« {text} »")
_ADDED = Text(en="+ {place}: {after}", fr="+ {place} : {after}")
_REMOVED = Text(en="− {place}: {before}", fr="− {place} : {before}")
_CHANGED = Text(en="~ {place}: {before} → {after}", fr="~ {place} : {before} → {after}")
_BEFORE = Text(en="Before: {sentence}", fr="Avant : {sentence}")
_AFTER = Text(en="After: {sentence}", fr="Après : {sentence}")
_CANNOT_BE_SAID = Text(en="it reads what the catalog no longer has", fr="elle lit ce que le catalogue ne contient plus")
_UNDONE = Text(
    en="Version {n} of “{name}” is in force: {persons}; entered: {entered}, left: {left}.",
    fr="La version {n} de « {name} » est en vigueur : {persons} ; entrées : {entered}, sorties : {left}.",
)
_RETIRED = Text(
    en="“{name}” is out of force. To bring it back: quartier segment undo {name}",
    fr="« {name} » est retiré. Pour le remettre en vigueur : quartier segment undo {name}",
)
