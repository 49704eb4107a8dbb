"""What needs somebody's attention, each with the page on which it is mended; the most pressing first."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from quartier.analyse.quality import attention
from quartier.catalog.inbox import waiting
from quartier.govern.roles import May
from quartier.language import Language, Plural, Text, joined
from quartier.segment.health import Health
from quartier.store import imports
from quartier.web.addresses import address
from quartier.web.answers import quality
from quartier.web.visitor import Visitor
from quartier.workspace import Workspace
from quartier.workspace.work import Job

MOST_OF_A_KIND, MOST_COUNTED = 4, 100
RECENT = dt.timedelta(days=7)


@dataclass(frozen=True)
class Point:
    """Something to look at: how pressing, in words, and where it is mended (nowhere for who may not)."""

    tone: str
    words: str
    url: str


@dataclass(frozen=True)
class Points:
    """What was found. `is_whole` says whether links and data were looked at, too: that reads all of them."""

    found: tuple[Point, ...]
    is_whole: bool


def points(ws: Workspace, visitor: Visitor, health: Mapping[str, Health], jobs: list[Job], *, is_whole: bool) -> Points:
    """Everything that the visitor could mend or should know; of links and data only if `is_whole`.

    `health` is that of every segment in force.
    """
    language = visitor.language
    found = [
        *_of_segments(health, language), *_of_jobs(jobs, visitor), *_of_sources(ws, visitor),
        *_of_rejected(ws, visitor), *_of_names(ws, visitor),
    ]  # fmt: skip
    if is_whole:
        found += [*_of_links(ws, visitor), *_of_data(ws, language)]
    return Points(tuple(sorted(found, key=lambda each: each.tone != "bad")), is_whole)


def _of_segments(health: Mapping[str, Health], language: Language) -> Iterator[Point]:
    kinds: tuple[tuple[str, str, Plural, Callable[[Health], bool]], ...] = (
        ("bad", "failed", _FAILED, lambda each: each.state == "failed"),
        ("attention", "stuck", _STUCK, lambda each: each.state == "stuck"),
        ("attention", "findings", _FINDINGS, lambda each: bool(each.findings)),
    )
    for tone, state, said, is_so in kinds:
        names = [name for name, each in health.items() if is_so(each)]
        if names:
            url = address("segments", names[0]) if len(names) == 1 else address("segments", state=state)
            named = joined([*names[:MOST_OF_A_KIND], *(["…"] if len(names) > MOST_OF_A_KIND else [])], language)
            yield Point(tone, said.to(language, n=len(names), names=named), url)


def _of_jobs(jobs: list[Job], visitor: Visitor) -> Iterator[Point]:
    for job in jobs:
        if job.by == visitor.author and job.state == "failed":
            words = _JOB.to(visitor.language, title=job.title.to(visitor.language))
            yield Point("bad", words, address("jobs", job.number))


def _of_sources(ws: Workspace, visitor: Visitor) -> Iterator[Point]:
    failing = [each.source.source for each in ws.sources.standings() if each.last and each.last.error]
    if failing:
        words = _SOURCES.to(visitor.language, n=len(failing), names=joined(failing, visitor.language))
        yield Point("bad", words, _open_to(visitor, May.BRING_DATA, "data", "sources"))


def _of_rejected(ws: Workspace, visitor: Visitor) -> Iterator[Point]:
    url = _open_to(visitor, May.BRING_DATA, "data", "rejected")
    if ws.kept_journal is not None:
        waiting_ = len(ws.journal.refusals(limit=MOST_COUNTED))
        if waiting_:
            said = _MESSAGES if waiting_ < MOST_COUNTED else _MANY_MESSAGES
            yield Point("attention", said.to(visitor.language, n=waiting_), url)
    with ws.store.begin() as connection:
        recent = [each for each in imports.after(connection, 0) if each.at > ws.clock.now() - RECENT]
    if rows := sum(each.rejected for each in recent):
        yield Point("attention", _ROWS.to(visitor.language, n=rows), url)


def _of_links(ws: Workspace, visitor: Visitor) -> Iterator[Point]:
    if not visitor.may(May.DECIDE_LINKS):
        return
    found = ws.identification.review(most=1)
    if n := found.doubts_in_all + found.shared_in_all + found.alike_in_all:
        yield Point("attention", _REVIEWS.to(visitor.language, n=n), address("persons", "review"))


def _of_names(ws: Workspace, visitor: Visitor) -> Iterator[Point]:
    if n := len(waiting(ws.catalog)):
        yield Point("attention", _NAMES.to(visitor.language, n=n), address("data", "catalog"))


def _of_data(ws: Workspace, language: Language) -> Iterator[Point]:
    said = [each.said for each in attention(quality(ws))]
    for each in said[:MOST_OF_A_KIND]:
        yield Point("attention", each.to(language), address("data", "quality"))
    if len(said) > MOST_OF_A_KIND:
        yield Point("attention", _MORE.to(language, n=len(said) - MOST_OF_A_KIND), address("data", "quality"))


def _open_to(visitor: Visitor, needs: May, *path: str) -> str:
    return address(*path) if visitor.may(needs) else ""


_FAILED = Plural(
    Text(en="A segment cannot be evaluated: {names}", fr="Un segment ne peut pas être évalué : {names}"),
    Text(en="{n} segments cannot be evaluated: {names}", fr="{n} segments ne peuvent pas être évalués : {names}"),
)
_STUCK = Plural(
    Text(en="A segment is behind what is known: {names}", fr="Un segment est en retard sur les données : {names}"),
    Text(
        en="{n} segments are behind what is known: {names}", fr="{n} segments sont en retard sur les données : {names}"
    ),
)
_FINDINGS = Plural(
    Text(
        en="The definition of {names} can hold for nobody, or for everyone",
        fr="La définition de {names} ne peut convenir à personne, ou convient à tous",
    ),
    Text(
        en="The definitions of {n} segments can hold for nobody, or for everyone: {names}",
        fr="Les définitions de {n} segments ne peuvent convenir à personne, ou conviennent à tous : {names}",
    ),
)
_JOB = Text(en="What you asked for was not done: {title}", fr="Votre demande n'a pas abouti : {title}")
_SOURCES = Plural(
    Text(en="A source failed at its last run: {names}", fr="Une source a échoué à son dernier passage : {names}"),
    Text(
        en="{n} sources failed at their last run: {names}",
        fr="{n} sources ont échoué à leur dernier passage : {names}",
    ),
)
_MESSAGES = Plural(
    Text(en="{n} message was rejected and waits to be mended", fr="{n} message rejeté attend d'être corrigé"),
    Text(en="{n} messages were rejected and wait to be mended", fr="{n} messages rejetés attendent d'être corrigés"),
)
_MANY_MESSAGES = Plural(
    Text(en="{n} message or more waits to be mended", fr="{n} message ou plus attend d'être corrigé"),
    Text(en="{n} messages or more wait to be mended", fr="{n} messages ou plus attendent d'être corrigés"),
)
_ROWS = Plural(
    Text(en="{n} row of a file was rejected this week", fr="{n} ligne de fichier rejetée cette semaine"),
    Text(en="{n} rows of files were rejected this week", fr="{n} lignes de fichiers rejetées cette semaine"),
)
_REVIEWS = Plural(
    Text(en="{n} link waits for a decision: who is who?", fr="{n} lien attend une décision : qui est qui ?"),
    Text(en="{n} links wait for a decision: who is who?", fr="{n} liens attendent une décision : qui est qui ?"),
)
_NAMES = Plural(
    Text(en="{n} new name in the data waits to be classified", fr="{n} nouveau nom dans les données reste à classer"),
    Text(
        en="{n} new names in the data wait to be classified", fr="{n} nouveaux noms dans les données restent à classer"
    ),
)
_MORE = Plural(
    Text(en="{n} more finding about the data", fr="{n} autre constat sur les données"),
    Text(en="{n} more findings about the data", fr="{n} autres constats sur les données"),
)
