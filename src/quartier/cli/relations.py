"""`quartier analyse associations` and `quartier analyse drivers`."""

from typing import TYPE_CHECKING

import click

from quartier.cli.bilingual import command, option
from quartier.cli.session import Session, json_option, session
from quartier.language import Language, Text, decimal, percent, whole

if TYPE_CHECKING:
    from quartier.analyse.drivers.finding import Drivers
    from quartier.analyse.learning.judging import Area

MOST = 20
traits_option = option(
    "--trait",
    "traits",
    metavar="TRAIT",
    multiple=True,
    text=Text(
        en="Only these traits, sensitive ones among them.", fr="Ces traits seulement, des traits délicats s'il le faut."
    ),
)


@command(
    "associations",
    Text(en="Say which traits go together, from 0 to 1.", fr="Dire quels traits vont ensemble, de 0 à 1."),
    example="quartier -w my-shop analyse associations --among loyal",
)
@traits_option
@option(
    "--among",
    metavar="SEGMENT",
    text=Text(en="Among the members of a segment.", fr="Parmi les membres d'un segment."),
)
@json_option
def associations(traits: tuple[str, ...], among: str | None, as_json: bool) -> None:
    """Say which traits go together."""
    now = session()
    with now.workspace() as ws, now.progress(_MEASURING):
        found = ws.analysis.associations(traits, among=among)
    if as_json:
        now.print_json(found.as_json())
        return
    clear = [each for each in found.pairs if each.is_clear]
    rows = [
        [each.first, each.second, decimal(each.value or 0, now.language), whole(each.persons, now.language)]
        for each in clear[:MOST]
    ]
    now.print_table([_FIRST, _SECOND, _STRENGTH, _PERSONS], rows, right=(2, 3))
    now.say(_PAIRS, clear=len(clear), pairs=len(found.pairs), persons=found.persons)


@command(
    "drivers",
    Text(
        en="Say which traits go with an outcome, and which know it too well.\n\nThe outcome is `newsletter=true`, "
        "`segment:loyal`, or comes after a cut so many days back: `event:Order Completed@90`, "
        "`silence:Order Completed@90`, `segment:loyal@90`.",
        fr="Dire quels traits vont avec un résultat, et lesquels le connaissent trop bien.\n\nLe résultat s'écrit "
        "`newsletter=true`, `segment:loyal`, ou vient après une coupure à tant de jours : `event:Order Completed@90`, "
        "`silence:Order Completed@90`, `segment:loyal@90`.",
    ),
    example="quartier -w my-shop analyse drivers newsletter=true",
)
@click.argument("outcome", metavar="OUTCOME")
@traits_option
@json_option
def drivers(outcome: str, traits: tuple[str, ...], as_json: bool) -> None:
    """Say what goes with an outcome: `newsletter=true`, `segment:loyal`, `event:Order Completed@90`."""
    now = session()
    with now.workspace() as ws, now.progress(_LEARNING):
        found, zone = ws.analysis.drivers(outcome, traits), ws.config.zone
    if as_json:
        now.print_json(found.as_json())
        return
    _print(found, now)
    if found.cut is not None and found.until is not None:
        now.say(_WHEN, cut=found.cut.astimezone(zone).date(), until=found.until.astimezone(zone).date())


def _print(found: "Drivers", now: Session) -> None:
    for leak in found.leaks:
        for why in leak.why:
            now.say(_LEFT_OUT if leak.is_accused else _IN_DOUBT, trait=leak.trait, why=why)
    told = ((_HONEST, found.honest), (_WITH_ALL, found.with_all), (_DOUBTLESS, found.doubtless))
    rows = [
        [name.to(now.language), _area(each.trees, now.language), _area(each.regression, now.language)]
        for name, each in told
        if each is not None
    ]
    now.print_table([_TOLD, _TREES, _REGRESSION], rows)
    weights = [
        [each.trait, percent(each.share, now.language), _between(each.low, each.high, now.language)]
        for each in found.weights[:MOST]
    ]
    now.print_table([_TRAIT, _WEIGHT, _INTERVAL], weights, right=(1, 2))
    effects = [
        [
            each.trait if each.level is None else f"{each.trait} = {each.level or '–'}",
            decimal(each.odds, now.language),
            f"{decimal(each.low, now.language)} – {decimal(each.high, now.language)}",
        ]
        for each in found.effects
        if each.is_clear and found.is_told
    ]
    if not found.is_told:
        now.say(_NOT_TOLD)
    if effects:
        now.print_table([_EFFECT, _ODDS, _INTERVAL], effects[:MOST], right=(1, 2))
    now.say(_SUMMARY, outcomes=found.outcomes, drawn=found.drawn)


def _area(area: "Area", language: Language) -> str:
    low, high = decimal(area.low, language, 3), decimal(area.high, language, 3)
    return f"{decimal(area.value, language, 3)} ({low} – {high})"


def _between(low: float, high: float, language: Language) -> str:
    return f"{percent(low, language)} – {percent(high, language)}"


_MEASURING = Text(en="Measuring", fr="Mesure")
_LEARNING = Text(en="Learning", fr="Apprentissage")
_FIRST = Text(en="trait", fr="trait")
_SECOND = Text(en="goes with", fr="va avec")
_STRENGTH = Text(en="strength", fr="force")
_PERSONS = Text(en="persons", fr="personnes")
_PAIRS = Text(
    en="{clear} of {pairs} pairs are clear, among {persons} persons.",
    fr="{clear} paires sur {pairs} sont nettes, pour {persons} personnes.",
)
_LEFT_OUT = Text(en="left out: {trait} {why}", fr="laissé de côté : {trait} {why}")
_IN_DOUBT = Text(en="in doubt: {trait} {why}", fr="à vérifier : {trait} {why}")
_TOLD = Text(en="area under the ROC curve", fr="aire sous la courbe ROC")
_HONEST = Text(en="honest", fr="honnête")
_WITH_ALL = Text(en="with what was left out", fr="avec ce qui est laissé de côté")
_DOUBTLESS = Text(en="without what is in doubt", fr="sans ce qui est à vérifier")
_TREES = Text(en="boosted trees", fr="arbres boostés")
_REGRESSION = Text(en="regression", fr="régression")
_TRAIT = Text(en="trait", fr="trait")
_WEIGHT = Text(en="weight", fr="poids")
_INTERVAL = Text(en="95% between", fr="95 % entre")
_EFFECT = Text(en="effect", fr="effet")
_ODDS = Text(en="odds, times", fr="chances, fois")
_NOT_TOLD = Text(
    en="these traits tell the outcome no better than chance",
    fr="ces traits ne disent pas mieux que le hasard qui a le résultat",
)
_WHEN = Text(
    en="What was known on {cut}, against what came by {until}.",
    fr="Ce que l'on savait le {cut}, face à ce qui est arrivé avant le {until}.",
)
_SUMMARY = Text(
    en="{outcomes} of {drawn} persons have the outcome.", fr="{outcomes} personnes sur {drawn} ont le résultat."
)
