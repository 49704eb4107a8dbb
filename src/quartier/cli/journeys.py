"""`quartier analyse funnel`, `paths`, `retention` and `sequences`: journeys on the command line."""

from typing import TYPE_CHECKING, Any

import click

from quartier.cli.bilingual import command, option
from quartier.cli.session import Session, json_option, session
from quartier.language import Plural, Text, percent, whole

if TYPE_CHECKING:
    from quartier.analyse.journeys.funnel import FunnelFound
    from quartier.analyse.journeys.paths import Branch

DASH, ARROW = "–", " → "
_during = option(
    "--during",
    text=Text(
        en="How far back events count, e.g. '90 days'.", fr="Jusqu'où remontent les événements, p. ex. '90 days'."
    ),
)


@command(
    "funnel",
    Text(
        en="Count who gets from step to step, and how long it takes.",
        fr="Compter qui passe d'une étape à l'autre, et en combien de temps.",
    ),
    example="quartier -w my-shop analyse funnel 'Product Viewed' 'Product Added' 'Order Completed' --within '1 day'",
)
@click.argument("steps", nargs=-1, required=True, metavar="EVENT...")
@option(
    "--within",
    text=Text(en="The longest time from one step to the next.", fr="La plus longue durée d'une étape à la suivante."),
)
@_during
@option("--by", text=Text(en="A trait whose values are compared.", fr="Un trait dont les valeurs sont comparées."))
@option(
    "--segment", "segments", multiple=True,
    text=Text(en="A segment that is compared; several times.", fr="Un segment comparé ; plusieurs fois."),
)  # fmt: skip
@json_option
def funnel(
    steps: tuple[str, ...],
    within: str | None,
    during: str | None,
    by: str | None,
    segments: tuple[str, ...],
    as_json: bool,
) -> None:
    """Count who gets from step to step."""
    now = session()
    asked = {"steps": steps, "within": within, "during": during, "by": by, "segments": segments}
    with now.workspace() as ws:
        found = ws.journeys.funnel(asked)
    if as_json:
        now.print_json(found.as_json())
        return
    _print_funnel(found, now)


def _print_funnel(found: "FunnelFound", now: Session) -> None:
    from quartier.analyse.journeys.written import elapsed

    rows = []
    for place, step in enumerate(found.steps):
        time = found.times[place - 1] if place else None
        half = elapsed(time.of_done[1], now.language) if time and time.of_done else DASH
        share = percent(step.share, now.language) if place and step.share is not None else DASH
        dropped = whole(step.dropped, now.language) if place else DASH
        rows.append([step.event, whole(step.persons, now.language), share, dropped, half])
    now.print_table([_STEP, _PERSONS, _OF_BEFORE, _DROPPED, _HALF], rows, right=(1, 2, 3, 4))
    for group in (*found.groups, *([found.others] if found.others else [])):
        name = _OTHERS.to(now.language) if group.value is None else str(group.value)
        counts = ARROW.join(whole(each.persons, now.language) for each in group.steps)
        now.say(_GROUP, name=name, counts=counts)


@command(
    "paths",
    Text(
        en="Follow what persons do right after an event, or before it.",
        fr="Suivre ce que les personnes font juste après un événement, ou avant.",
    ),
    example="quartier -w my-shop analyse paths 'Order Completed' --before --within '7 days'",
)
@click.argument("event")
@option("--before", is_flag=True, text=Text(en="What came before it.", fr="Ce qui l'a précédé."))
@option(
    "--within", default="30 days", show_default=True, text=Text(en="How far from the event.", fr="À quelle distance."),
)  # fmt: skip
@option(
    "--places", type=click.IntRange(1, 4), default=3, show_default=True,
    text=Text(en="How many events are followed.", fr="Combien d'événements sont suivis."),
)  # fmt: skip
@_during
@json_option
def paths(event: str, before: bool, within: str, places: int, during: str | None, as_json: bool) -> None:
    """Follow what persons do around an event."""
    now, side = session(), "before" if before else "after"
    with now.workspace() as ws:
        found = ws.journeys.paths(
            {"event": event, "side": side, "within": within, "places": places, "during": during}
        )  # fmt: skip
    if as_json:
        now.print_json(found.as_json())
        return
    rows: list[list[str]] = []
    _add(found.root, found.root.persons or 1, rows, now)
    now.print_table([_EVENT, _PERSONS, _SHARE], rows, right=(1, 2))


def _add(branch: "Branch", total: int, rows: list[list[str]], now: Session) -> None:
    """The branch and all after it, each place further in."""
    deep = len(branch.events)

    def row(name: str, persons: int, depth: int) -> list[str]:
        return ["  " * (depth - 1) + name, whole(persons, now.language), percent(persons / total, now.language)]

    rows.append(row(branch.events[-1], branch.persons, deep))
    for each in branch.branches:
        _add(each, total, rows, now)
    if branch.others:
        rows.append(row(_OTHER_EVENTS.to(now.language, n=branch.other_ways), branch.others, deep + 1))
    if branch.ended:
        rows.append(row(_NOTHING.to(now.language), branch.ended, deep + 1))


@command(
    "retention",
    Text(
        en="Count who comes back, by the month of a first event.",
        fr="Compter qui revient, selon le mois d'un premier événement.",
    ),
    example="quartier -w my-shop analyse retention 'Product Viewed' 'Order Completed'",
)
@click.argument("start")
@click.argument("back")
@json_option
def retention(start: str, back: str, as_json: bool) -> None:
    """Count who comes back."""
    now = session()
    with now.workspace() as ws:
        found = ws.journeys.retention({"start": start, "back": back})
    if as_json:
        now.print_json(found.as_json())
        return
    after = range(1, 7)
    rows = []
    for each in found.cohorts[-12:]:
        shares = [each.share(n) for n in after]
        told = [DASH if share is None else percent(share, now.language, 0) for share in shares]
        rows.append([f"{each.month:%Y-%m}", whole(each.persons, now.language), *told])
    heads: list[Any] = [_COHORT, _PERSONS, *(_AFTER.with_(n=n) for n in after)]
    now.print_table(heads, rows, right=tuple(range(1, 8)))


@command(
    "sequences",
    Text(
        en="Find things that many persons do one after the other.",
        fr="Trouver ce que beaucoup de personnes font l'un après l'autre.",
    ),
    example="quartier -w my-shop analyse sequences --support 0.1 --ending 'Order Completed'",
)
@_during
@option(
    "--support", type=click.FloatRange(0.001, 1), default=0.05, show_default=True,
    text=Text(en="The least share of persons.", fr="La plus petite part des personnes."),
)  # fmt: skip
@option("--ending", text=Text(en="Only those that end with this event.", fr="Seulement celles qui finissent ainsi."))
@json_option
def sequences(during: str | None, support: float, ending: str | None, as_json: bool) -> None:
    """Find things that many persons do one after the other."""
    now = session()
    with now.workspace() as ws:
        found = ws.journeys.sequences({"during": during, "support": support, "ending": ending})
    if as_json:
        now.print_json(found.as_json())
        return
    rows = [
        [ARROW.join(each.events), whole(each.persons, now.language), percent(each.share, now.language)]
        for each in found.sequences[:30]
    ]
    now.print_table([_SEQUENCE, _PERSONS, _SHARE], rows, right=(1, 2))
    now.say(_LOOKED, n=found.looked_at, of=found.persons)
    if not found.is_whole:
        now.say(_NOT_WHOLE)


_STEP = Text(en="step", fr="étape")
_EVENT = Text(en="event", fr="événement")
_PERSONS = Text(en="persons", fr="personnes")
_OF_BEFORE = Text(en="of the step before", fr="de l'étape précédente")
_DROPPED = Text(en="dropped off", fr="ont décroché")
_HALF = Text(en="half of them within", fr="la moitié en")
_SHARE = Text(en="share", fr="part")
_COHORT = Text(en="first month", fr="premier mois")
_AFTER = Text(en="+{n}", fr="+{n}")
_SEQUENCE = Text(en="sequence", fr="suite")
_OTHERS = Text(en="other values, or not known", fr="autres valeurs, ou inconnue")
_GROUP = Text(en="{name}: {counts}", fr="{name} : {counts}")
_OTHER_EVENTS = Plural(
    Text(en="{n} other event", fr="{n} autre événement"), Text(en="{n} other events", fr="{n} autres événements")
)
_NOTHING = Text(en="nothing more", fr="rien de plus")
_LOOKED = Text(en="Looked for among {n} of {of} persons.", fr="Cherchées parmi {n} personnes sur {of}.")
_NOT_WHOLE = Text(
    en="The commonest were looked for first, and rare ones are missing: ask for a larger --support to see all.",
    fr="Les plus fréquentes ont été cherchées d'abord, il manque des rares : demandez un --support plus grand.",
)
