"""`quartier source`: where records come from over and over, what each run brought, and what it cannot read."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from quartier.cli import documents
from quartier.cli.bilingual import Group, command, option
from quartier.cli.session import Session, json_option, session
from quartier.cli.words import REJECTED, ROWS, STORED
from quartier.errors import InvalidRequest
from quartier.language import Plural, Text, instant, whole

if TYPE_CHECKING:
    from quartier.collect.sources.run import Standing
    from quartier.collect.sources.sample import Sample
    from quartier.store.source_runs import SourceRun

FAILED = 6
"""The exit code of a run that could not read a source to its end."""

_SHOWN = 5

source = Group(
    "source",
    text=Text(
        en="Fetch records from databases, services and folders, only what is new.",
        fr="Rapporter des lignes de bases, de services et de dossiers, seulement ce qui est nouveau.",
    ),
    example="quartier -w my-shop source apply crm.yaml\nquartier -w my-shop source run crm",
)


@command(
    "apply",
    Text(en="Put sources in force, all of them or none.", fr="Mettre des sources en vigueur, toutes ou aucune."),
    example="quartier -w my-shop source apply crm.yaml",
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def apply(path: Path, as_json: bool) -> None:
    """Put sources in force."""
    now = session()
    with now.workspace() as ws:
        done = ws.sources.apply(documents.read(path), author=now.author)
    if as_json:
        now.print_json({"sources": [each.as_json() for each in done]})
        return
    for each in done:
        now.say(_IN_FORCE, name=each.source, kind=each.origin.kind, folder=str(now.folder))


@command(
    "list",
    Text(
        en="Sources in force: last run, rows, age of the newest row, next run.",
        fr="Sources en vigueur : dernière exécution, lignes, âge de la plus récente, prochaine exécution.",
    ),
    example="quartier -w my-shop source list",
)
@json_option
def list_(as_json: bool) -> None:
    """Sources in force."""
    now = session()
    with now.workspace() as ws:
        found, zone = ws.sources.standings(), ws.config.zone
    if as_json:
        now.print_json({"sources": [each.as_json() for each in found]})
    elif not found:
        now.say(_NONE_YET)
    else:
        rows = [_standing(each, now, zone) for each in found]
        now.print_table([_SOURCE, _FROM, _LAST, _ROWS, _LAG, _NEXT, _ERROR], rows, right=(3,))


@command(
    "show",
    Text(en="The document of a source.", fr="Le document d'une source."),
    example="quartier -w my-shop source show crm > crm.yaml",
)
@click.argument("name", metavar="SOURCE")
@json_option
def show(name: str, as_json: bool) -> None:
    """The document of a source."""
    now = session()
    with now.workspace() as ws:
        found = ws.sources.named(name)
    if as_json:
        now.print_json(found.as_json())
    else:
        now.say_line(documents.written(found.as_json()).rstrip())


@command(
    "try",
    Text(
        en="Show the first rows of a source and how they would be read; nothing is stored.",
        fr="Montrer les premières lignes d'une source et leur lecture ; rien n'est enregistré.",
    ),
    example="quartier -w my-shop source try crm.yaml",
)
@click.argument("what", metavar="SOURCE_OR_FILE")
@json_option
def try_(what: str, as_json: bool) -> None:
    """The first rows of a source in force, or of a document."""
    now = session()
    path = Path(what)
    given = documents.read(path)[0] if path.suffix in (".yaml", ".yml", ".json") else what
    with now.workspace() as ws, now.progress(_FETCHING):
        found = ws.sources.sample(given)
    if as_json:
        now.print_json({"streams": [each.as_json() for each in found]})
        return
    for each in found:
        _show_sample(each, now)


@command(
    "run",
    Text(
        en="Fetch what is new in a source, or with --all in every one.",
        fr="Rapporter ce qui est nouveau dans une source, ou avec --all dans toutes.",
    ),
    example="quartier -w my-shop source run crm",
)
@click.argument("name", metavar="[SOURCE]", required=False)
@option("--all", "is_all", is_flag=True, text=Text(en="Every source in force.", fr="Toutes les sources en vigueur."))
@json_option
def run(name: str | None, is_all: bool, as_json: bool) -> int:
    """Fetch what is new; sources that fail stop no other, and are told by the exit code."""
    now = session()
    if (name is None) != is_all:
        raise InvalidRequest(_NAME_OR_ALL)
    with now.workspace() as ws, now.progress(_FETCHING) as advance:
        names = [each.source.source for each in ws.sources.standings()] if name is None else [name]
        done = []
        for place, each in enumerate(names, start=1):
            done.append(ws.sources.run(each, author=now.author))
            advance(place / (len(names) + 1))
        ws.apply_ready_made(author=now.author)
        ws.refresh()
    _tell(done, now, as_json=as_json)
    return FAILED if any(each.error for each in done) else 0


@command(
    "runs",
    Text(en="The last runs of a source.", fr="Les dernières exécutions d'une source."),
    example="quartier -w my-shop source runs crm",
)
@click.argument("name", metavar="SOURCE")
@json_option
def runs(name: str, as_json: bool) -> None:
    """The last runs of a source."""
    now = session()
    with now.workspace() as ws:
        found, zone = ws.sources.runs(name), ws.config.zone
    if as_json:
        now.print_json({"runs": [_plain(each) for each in found]})
        return
    rows = [
        [instant(each.started_at, now.language, zone), whole(each.rows_in, now.language),
         whole(each.stored, now.language), whole(each.rejected, now.language), _changes(each), _error(each, now)]
        for each in found
    ]  # fmt: skip
    now.print_table([_STARTED, _ROWS, _STORED, _REJECTED, _CHANGES, _ERROR], rows, right=(1, 2, 3))


@command(
    "retire",
    Text(
        en="Take a source out of force; what it brought stays.",
        fr="Retirer une source ; ce qu'elle a rapporté reste.",
    ),
    example="quartier -w my-shop source retire crm",
)
@click.argument("name", metavar="SOURCE")
@json_option
def retire(name: str, as_json: bool) -> None:
    """Take a source out of force."""
    now = session()
    with now.workspace() as ws:
        ws.sources.retire(name, author=now.author)
    if as_json:
        now.print_json({"retired": name})
    else:
        now.say(_RETIRED, name=name)


for each in (apply, list_, show, try_, run, runs, retire):
    source.add_command(each)


def _plain(run: "SourceRun") -> dict[str, object]:
    from quartier.collect.sources.run import told

    return told(run)


def _tell(done: Sequence["SourceRun"], now: Session, *, as_json: bool) -> None:
    if as_json:
        now.print_json({"runs": [_plain(each) for each in done]})
        return
    for each in done:
        now.say(_BROUGHT, name=each.source, rows=ROWS.with_(n=each.rows_in), stored=STORED.with_(n=each.stored),
                rejected=REJECTED.with_(n=each.rejected))  # fmt: skip
        for change in each.changes:
            now.say(_CHANGED[change["what"]], column=change["column"], stream=change["stream"])
        if each.error:
            now.say(_WRONG, error=_error(each, now))


def _standing(each: "Standing", now: Session, zone: ZoneInfo) -> list[str]:
    last = each.last
    return [
        each.source.source, each.source.origin.kind,
        instant(last.started_at, now.language, zone) if last else "",
        whole(last.rows_in, now.language) if last else "", _lag(last, now),
        instant(each.next_at, now.language, zone) if each.next_at else _BY_HAND.to(now.language),
        _error(last, now) if last else "",
    ]  # fmt: skip


def _lag(last: "SourceRun | None", now: Session) -> str:
    """How old the newest row was when the run ended, in the largest unit that says something."""
    if last is None or last.ended_at is None or last.newest_at is None:
        return ""
    seconds = max(0.0, (last.ended_at - last.newest_at).total_seconds())
    for size, unit in _UNITS:
        if seconds >= size:
            return unit.with_(n=int(seconds // size)).to(now.language)
    return _MINUTES.with_(n=0).to(now.language)


def _error(run: "SourceRun", now: Session) -> str:
    if run.ended_at is None:
        return _CUT_SHORT.to(now.language)
    if not run.error:
        return ""
    told = run.error[now.language]
    return f"{told['where']}{_COLON.to(now.language)}{told['what']}" if told.get("where") else str(told["what"])


def _changes(run: "SourceRun") -> str:
    return ", ".join(f"{_SIGNS[each['what']]}{each['column']}" for each in run.changes)


def _show_sample(found: "Sample", now: Session) -> None:
    now.say(_STREAM, name=found.stream, rows=ROWS.with_(n=len(found.rows)))
    columns = found.mapping.columns if found.mapping else {}
    shown = {
        name: [row.get(name) or "" for row in found.rows[:_SHOWN]] for name in (found.rows[0] if found.rows else {})
    }
    now.print_table(
        [_COLUMN, _BECOMES, _FIRST],
        [[name, columns[name].to if name in columns else "", " · ".join(values)] for name, values in shown.items()],
    )
    for question in found.questions:
        now.say(_UNSURE, question=question)


_IN_FORCE = Text(
    en="{name} ({kind}) is in force: quartier -w {folder} source run {name}",
    fr="{name} ({kind}) est en vigueur : quartier -w {folder} source run {name}",
)
_NONE_YET = Text(
    en="There is no source yet. Write one (docs: Sources), and put it in force: quartier source apply crm.yaml",
    fr="Il n'y a pas encore de source. Écrivez-en une, puis mettez-la en vigueur : quartier source apply crm.yaml",
)
_SOURCE = Text(en="source", fr="source")
_FROM = Text(en="from", fr="origine")
_LAST = Text(en="last run", fr="dernière exécution")
_STARTED = Text(en="started", fr="début")
_ROWS = Text(en="rows", fr="lignes")
_STORED = Text(en="stored", fr="gardées")
_REJECTED = Text(en="rejected", fr="rejetées")
_CHANGES = Text(en="columns", fr="colonnes")
_LAG = Text(en="newest row", fr="ligne la plus récente")
_NEXT = Text(en="next run", fr="prochaine exécution")
_ERROR = Text(en="failure", fr="échec")
_BY_HAND = Text(en="by hand", fr="à la main")
_FETCHING = Text(en="Fetching", fr="Récupération")
_NAME_OR_ALL = Text(en="give the name of a source, or --all", fr="donnez le nom d'une source, ou --all")
_BROUGHT = Text(en="{name}: {rows}, {stored}, {rejected}", fr="{name} : {rows}, {stored}, {rejected}")
_CHANGED = {
    "appeared": Text(
        en="  the column “{column}” of {stream} is new", fr="  la colonne « {column} » de {stream} est nouvelle"
    ),
    "vanished": Text(
        en="  the column “{column}” of {stream} is gone", fr="  la colonne « {column} » de {stream} a disparu"
    ),
    "retyped": Text(
        en="  the column “{column}” of {stream} holds values of another type",
        fr="  la colonne « {column} » de {stream} contient des valeurs d'un autre type",
    ),
}
_SIGNS = {"appeared": "+", "vanished": "−", "retyped": "≠"}
_WRONG = Text(en="  stopped: {error}", fr="  arrêt : {error}")
_CUT_SHORT = Text(en="cut short", fr="interrompue")
_RETIRED = Text(en="{name} is out of force.", fr="{name} n'est plus en vigueur.")
_STREAM = Text(en="{name}: {rows}", fr="{name} : {rows}")
_COLUMN = Text(en="column", fr="colonne")
_BECOMES = Text(en="becomes", fr="devient")
_FIRST = Text(en="first values", fr="premières valeurs")
_UNSURE = Text(en="Unsure: {question}", fr="À vérifier : {question}")
_COLON = Text(en=": ", fr=" : ")
_MINUTES = Plural(Text(en="{n} minute", fr="{n} minute"), Text(en="{n} minutes", fr="{n} minutes"))
_UNITS = (
    (86_400, Plural(Text(en="{n} day", fr="{n} jour"), Text(en="{n} days", fr="{n} jours"))),
    (3_600, Plural(Text(en="{n} hour", fr="{n} heure"), Text(en="{n} hours", fr="{n} heures"))),
    (60, _MINUTES),
)
