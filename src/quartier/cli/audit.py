"""`quartier segment audit`: are memberships right, and is every segment evaluated when it should be."""

import datetime as dt
from typing import TYPE_CHECKING

import click

from quartier.cli.bilingual import command, option
from quartier.cli.session import Session, json_option, session
from quartier.cli.words import PERSONS, SEGMENTS
from quartier.language import Plural, Said, Text, instant, joined, percent, whole

if TYPE_CHECKING:
    from quartier.segment.health import Health
    from quartier.testing.audit import Audit, Checked

FOUND_SOMETHING = 3
"""The exit code of an audit that found a segment wrong, failed or stuck."""
_IDS_SHOWN = 10


@command(
    "audit",
    Text(
        en="Check memberships by deciding them again for a sample of persons, and say which segments failed or are "
        "stuck.",
        fr="Vérifier les appartenances en les établissant de nouveau pour un échantillon de personnes, et dire quels "
        "segments sont en échec ou bloqués.",
    ),
    example="quartier -w my-shop segment audit --sample 500",
)
@option(
    "--sample",
    type=click.IntRange(0, 100_000),
    default=200,
    show_default=True,
    text=Text(
        en="Persons drawn among everyone; 10 members and 10 others of each segment come besides.",
        fr="Personnes tirées parmi toutes ; s'y ajoutent 10 membres et 10 autres de chaque segment.",
    ),
)
@option(
    "--seed",
    type=int,
    text=Text(
        en="Number from which the sample is drawn, to draw the same again (made from the instant unless given).",
        fr="Nombre d'où l'échantillon est tiré, pour tirer le même (fait de l'instant par défaut).",
    ),
)
@option(
    "--oldest",
    type=click.IntRange(min=1),
    default=48,
    show_default=True,
    text=Text(
        en="Hours after which a segment that was not evaluated is stuck.",
        fr="Heures au-delà desquelles un segment non évalué est bloqué.",
    ),
)
@json_option
def audit(sample: int, seed: int | None, oldest: int, as_json: bool) -> int:
    """Check that memberships are right."""
    from quartier.testing.audit import audit as check  # the engines take a second to load

    now = session()
    with now.workspace() as ws, now.progress(_CHECKING):
        drawn_from = int(now.clock.now().timestamp()) if seed is None else seed
        found = check(ws, sample=sample, seed=drawn_from, oldest=dt.timedelta(hours=oldest))
        zone = ws.config.zone
    if as_json:
        now.print_json(found.as_json())
    else:
        _say_first(found, now)
        _print_segments(found, now)
        for each in found.segments:
            _say_troubles(each, now)
        if found.refreshed:
            now.say(_REFRESHED, at=instant(found.refreshed.at, now.language, zone))
        now.say(_DRAWN, persons=PERSONS.with_(n=found.sampled), all=found.persons, seed=str(found.seed))
    return 0 if found.is_well else FOUND_SOMETHING


def state_word(health: "Health", now: Session) -> str:
    """The state of a segment that failed or is stuck, nothing for one that is well."""
    return _STATES[health.state].to(now.language) if health.state != "well" else ""


def _say_first(found: "Audit", now: Session) -> None:
    """All is well, or what is not: always the first line."""
    if found.is_well:
        compared = sum(1 for each in found.segments if each.unchecked is None)
        segments, persons = SEGMENTS.with_(n=compared), PERSONS.with_(n=found.sampled)
        now.say(_ALL_RIGHT, segments=segments, persons=persons)
        return
    counts = {state: len(found.in_state(state)) for state in ("wrong", "failed", "stuck")}
    now.say(_LOOK, n=sum(counts.values()), all=len(found.segments), **counts)


def _print_segments(found: "Audit", now: Session) -> None:
    if found.segments:
        heads = [_SEGMENT, _STATE, _LAG, _AGE, _COMPARED, _MEMBERS, _LEFT_OUT, _MISMATCHES, _RATE]
        now.print_table(heads, [_row(each, now) for each in found.segments], right=(2, 3, 4, 5, 6, 7, 8))


def _row(each: "Checked", now: Session) -> list[str]:
    lengths = [_length(each.health.lag, now), _length(each.health.age, now)]
    state = _NOT_COMPARED if each.unchecked and each.state == "well" else _STATES[each.state]
    name = [each.health.segment, state.to(now.language)]
    if each.unchecked:
        return [*name, *lengths, "", "", "", "", ""]
    counts = [whole(n, now.language) for n in (each.compared, each.members, each.left_out, each.mismatches)]
    rate = "" if each.mismatch_rate is None else percent(each.mismatch_rate, now.language)
    return [*name, *lengths, *counts, rate]


def _say_troubles(each: "Checked", now: Session) -> None:
    name = each.health.segment
    for said in (*_wrong(each, now), *_unwell(each.health, now)):
        now.say(_POINT, name=name, said=said)
    if each.unchecked and not each.health.troubles:
        now.say(_WHY_NOT, name=name, why=each.unchecked.text.to(now.language))


def _wrong(each: "Checked", now: Session) -> list[Said]:
    sides = ((_WRONGLY_IN, each.wrongly_in), (_WRONGLY_OUT, each.wrongly_out))
    found = [text.with_(n=len(ids), ids=_listed(ids, now)) for text, ids in sides if ids]
    return [*found, _STRANGERS.with_(n=each.strangers)] if each.strangers else found


def _unwell(health: "Health", now: Session) -> list[Said]:
    said = [_PLAIN.with_(said=trouble.text.to(now.language)) for trouble in health.troubles]
    if health.error:
        told = health.error[now.language]
        said += [_PLAIN.with_(said=each) for each in _told(told)]
    elif said:
        said.append(_PLAIN.with_(said=_REMEDY.to(now.language)))
    return said


def _told(error: dict[str, object]) -> list[str]:
    """What went wrong, problem by problem where there are several, with the remedies."""
    problems = error.get("problems")
    each = problems if isinstance(problems, list) and problems else [error]
    return [" → ".join(str(one[key]) for key in ("place", "what", "remedy") if one.get(key)) for one in each]


def _listed(ids: tuple[str, ...], now: Session) -> str:
    shown = list(ids[:_IDS_SHOWN])
    if len(ids) > len(shown):
        return ", ".join(shown) + _MORE.to(now.language, n=len(ids) - len(shown))
    return joined(shown, now.language)


def _length(length: dt.timedelta | None, now: Session) -> str:
    """A length of time in its greatest unit of which there are two, rounded down."""
    if length is None:
        return ""
    minutes = int(length.total_seconds() // 60)
    for text, size in ((_DAYS, 24 * 60), (_HOURS, 60)):
        if minutes >= 2 * size:
            return text.to(now.language, n=minutes // size)
    return _MINUTES.to(now.language, n=minutes)


_CHECKING = Text(en="Checking memberships", fr="Vérification des appartenances")
_SEGMENT = Text(en="segment", fr="segment")
_STATE = Text(en="state", fr="état")
_LAG = Text(en="lag", fr="retard")
_AGE = Text(en="age", fr="âge")
_COMPARED = Text(en="compared", fr="comparées")
_MEMBERS = Text(en="members of them", fr="dont membres")
_LEFT_OUT = Text(en="left out", fr="écartées")
_MISMATCHES = Text(en="wrong", fr="fausses")
_RATE = Text(en="rate", fr="taux")
_STATES = {
    "well": Text(en="right", fr="juste"),
    "wrong": Text(en="wrong", fr="faux"),
    "failed": Text(en="failed", fr="en échec"),
    "stuck": Text(en="stuck", fr="bloqué"),
}
_ALL_RIGHT = Text(
    en="All is right: {segments} over a sample of {persons}, none wrong, failed or stuck.",
    fr="Tout est juste : {segments} sur un échantillon de {persons}, aucun faux, en échec ou bloqué.",
)
_LOOK = Text(
    en="Segments to look at: {n} of {all} (wrong: {wrong}, failed: {failed}, stuck: {stuck}).",
    fr="Segments à regarder : {n} sur {all} (faux : {wrong}, en échec : {failed}, bloqués : {stuck}).",
)
_POINT = Text(en="• {name}: {said}", fr="• {name} : {said}")
_PLAIN = Text(en="{said}", fr="{said}")
_NOT_COMPARED = Text(en="not compared", fr="non comparé")
_WHY_NOT = Text(en="• {name}: not compared, {why}", fr="• {name} : non comparé, {why}")
_WRONGLY_IN = Plural(
    Text(en="{n} person is in it and should not be: {ids}", fr="{n} personne y est et ne devrait pas y être : {ids}"),
    Text(
        en="{n} persons are in it and should not be: {ids}",
        fr="{n} personnes y sont et ne devraient pas y être : {ids}",
    ),
)
_WRONGLY_OUT = Plural(
    Text(en="{n} person should be in it and is not: {ids}", fr="{n} personne devrait y être et n'y est pas : {ids}"),
    Text(
        en="{n} persons should be in it and are not: {ids}",
        fr="{n} personnes devraient y être et n'y sont pas : {ids}",
    ),
)
_STRANGERS = Plural(
    Text(en="{n} member is no person of the engine", fr="{n} membre n'est aucune personne du moteur"),
    Text(en="{n} members are no persons of the engine", fr="{n} membres ne sont aucune personne du moteur"),
)
_MORE = Text(en=" and {n} more", fr=" et {n} de plus")
_REMEDY = Text(en="run `quartier segment refresh`", fr="lancez `quartier segment refresh`")
_REFRESHED = Text(en="Last complete refresh: {at}.", fr="Dernière actualisation complète : {at}.")
_DRAWN = Text(
    en="Sample: {persons} of {all}, from the number {seed}.", fr="Échantillon : {persons} sur {all}, nombre {seed}."
)
_MINUTES = Text(en="{n} min", fr="{n} min")
_HOURS = Text(en="{n} h", fr="{n} h")
_DAYS = Plural(Text(en="{n} day", fr="{n} jour"), Text(en="{n} days", fr="{n} jours"))
