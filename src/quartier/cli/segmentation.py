"""`quartier segmentation`: what the set of segments is worth."""

import datetime as dt
from typing import TYPE_CHECKING

import click

from quartier.cli.bilingual import command, option
from quartier.cli.persons import names
from quartier.cli.session import Session, json_option, session
from quartier.cli.words import PERSONS
from quartier.errors import InvalidRequest
from quartier.evaluate.enough import ENOUGH
from quartier.language import Text, decimal, instant, percent, whole

if TYPE_CHECKING:
    from quartier.evaluate.segmentation import SegmentationQuality, SegmentQuality
    from quartier.evaluate.segmentation.advice import Team

_TRAITS_SHOWN = 10


@command(
    "segmentation",
    Text(
        en="Judge the set of segments: coverage, overlaps, separation, stability, reach, doubles.",
        fr="Juger l'ensemble des segments : couverture, recoupements, séparation, stabilité, joignabilité, doublons.",
    ),
    example="quartier -w my-shop segmentation --base customers --team small",
)
@click.argument("wanted", metavar="[SEGMENT]...", nargs=-1)
@option(
    "--base",
    default="everyone",
    show_default=True,
    text=Text(
        en="Whom the segments are to cover: everyone, identified, customers or a segment.",
        fr="Qui les segments doivent couvrir : everyone, identified, customers ou un segment.",
    ),
)
@option(
    "--team",
    type=click.Choice(["small", "large"]),
    text=Text(en="The team that works with them.", fr="L'équipe qui travaille avec eux."),
)
@option(
    "--traits",
    text=Text(
        en="Traits to compare, separated by commas (all that may be compared unless given).",
        fr="Traits à comparer, séparés par des virgules (par défaut tous ceux qui peuvent l'être).",
    ),
)
@option(
    "--enough",
    type=click.IntRange(min=1),
    default=ENOUGH,
    show_default=True,
    text=Text(
        en="Persons in a segment from which on an effect can be measured there.",
        fr="Nombre de personnes à partir duquel un effet se mesure dans un segment.",
    ),
)
@option(
    "--since",
    metavar="INSTANT",
    text=Text(
        en="Earlier instant to compare members with (30 days ago unless given).",
        fr="Instant passé auquel comparer les membres (il y a 30 jours par défaut).",
    ),
)
@json_option
def segmentation(
    wanted: tuple[str, ...],
    base: str,
    team: "Team | None",
    traits: str | None,
    enough: int,
    since: str | None,
    as_json: bool,
) -> None:
    """Judge the set of segments."""
    now = session()
    earlier = _instant(since) if since else None
    with now.workspace() as ws, now.progress(_JUDGING):
        found = ws.segmentation_quality(
            wanted or None, names(traits), base=base, team=team, enough=enough, since=earlier
        )
        zone = ws.config.zone
    if as_json:
        now.print_json(found.as_json())
    elif not found.segments:
        now.say(_NONE_YET)
    else:
        _print_segments(found, now)
        _print_traits(found, now)
        _print_whole(found, now)
        at, then = (instant(each, now.language, zone) for each in (found.at, found.since))
        persons = PERSONS.with_(n=found.coverage.persons)
        now.say(_AS_OF, at=at, then=then, persons=persons, sampled=found.sampled)


def _print_segments(found: "SegmentationQuality", now: Session) -> None:
    heads = [_SEGMENT, _PERSONS, _SHARE, _ALONE, _REACHABLE, _KEPT, _STEADY]
    now.print_table(heads, [_row(each, now) for each in found.segments], right=(1, 2, 3, 4, 5, 6))


def _row(each: "SegmentQuality", now: Session) -> list[str]:
    steady = "" if each.steadiness is None else decimal(each.steadiness, now.language)
    counts = (whole(each.persons, now.language), _percent(each.share, now), whole(each.alone, now.language))
    kept = each.drift.kept if each.drift else None
    return [each.name, *counts, _percent(each.reachable, now), _percent(kept, now), steady]


def _print_traits(found: "SegmentationQuality", now: Session) -> None:
    told = [each for each in found.traits if each.explained is not None][:_TRAITS_SHOWN]
    if told:
        rows = [
            [_label(each.label.to(now.language), each.is_defining, now), _percent(each.explained, now)] for each in told
        ]
        now.out.print()
        now.print_table([_TRAIT, _EXPLAINED], rows, right=(1,))


def _label(label: str, is_defining: bool, now: Session) -> str:
    return _DEFINING.to(now.language, label=label) if is_defining else label


def _print_whole(found: "SegmentationQuality", now: Session) -> None:
    """Coverage, balance, silhouette, what to look at, and the advice, one line each."""
    coverage, balance = found.coverage, found.balance
    now.out.print()
    now.say(
        _COVERAGE, base=found.base_label, none=_percent(coverage.share_in_none, now),
        one=_percent(coverage.share_in_one, now), several=_percent(coverage.share_in_several, now),
    )  # fmt: skip
    if balance.evenness is not None and balance.effective is not None:
        now.say(_BALANCE, smallest=balance.smallest, largest=balance.largest, evenness=balance.evenness,
                effective=round(balance.effective, 1))  # fmt: skip
    if found.silhouette:
        now.say(_SILHOUETTE, mean=found.silhouette.mean, persons=PERSONS.with_(n=found.silhouette.persons))
    for each in found.findings:
        now.say(_POINT, said=each.said)
    now.say(found.advice.said)


def _percent(share: float | None, now: Session) -> str:
    return "" if share is None else percent(share, now.language)


def _instant(written: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(written)
    except ValueError as error:
        raise InvalidRequest(_NO_INSTANT.with_(at=written), where="--since", remedy=_WRITE_INSTANTS) from error
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


_JUDGING = Text(en="Judging the segments", fr="Examen des segments")
_SEGMENT = Text(en="segment", fr="segment")
_PERSONS = Text(en="persons", fr="personnes")
_SHARE = Text(en="of the base", fr="de la base")
_ALONE = Text(en="in no other", fr="dans aucun autre")
_REACHABLE = Text(en="reachable", fr="joignables")
_KEPT = Text(en="kept", fr="restés")
_STEADY = Text(en="steadiness", fr="constance")
_TRAIT = Text(en="trait", fr="trait")
_EXPLAINED = Text(en="told apart", fr="expliqué")
_DEFINING = Text(en="{label} (by definition)", fr="{label} (par définition)")
_COVERAGE = Text(
    en="Of the base ({base}), {none} are in no segment, {one} in one, {several} in several.",
    fr="De la base ({base}), {none} ne sont dans aucun segment, {one} dans un seul, {several} dans plusieurs.",
)
_BALANCE = Text(
    en="Sizes: from {smallest} to {largest}; evenness {evenness}, as {effective} equal segments would have.",
    fr="Tailles : de {smallest} à {largest} ; équilibre {evenness}, celui de {effective} segments égaux.",
)
_SILHOUETTE = Text(
    en="Silhouette of the {persons} in one segment alone: {mean} (1 is well apart, 0 is mixed).",
    fr="Silhouette, sur {persons} dans un seul segment : {mean} (1 : bien séparés, 0 : mêlés).",
)
_POINT = Text(en="• {said}", fr="• {said}")
_AS_OF = Text(
    en="As of {at}, of {persons}; kept since {then} or the first evaluation; traits of {sampled} persons compared.",
    fr="Au {at}, sur {persons} ; restés depuis le {then} ou la première évaluation ; traits comparés sur {sampled} "
    "personnes.",
)
_NONE_YET = Text(
    en="There are no segments yet. Collect a file, or apply one: quartier segment apply segments.yaml",
    fr="Il n'y a pas encore de segment. Collectez un fichier ou appliquez-en un : quartier segment apply segments.yaml",
)
_NO_INSTANT = Text(en="“{at}” is not an instant", fr="« {at} » n'est pas un instant")
_WRITE_INSTANTS = Text(
    en="write 2026-01-31 or 2026-01-31T12:00+01:00", fr="écrivez 2026-01-31 ou 2026-01-31T12:00+01:00"
)
