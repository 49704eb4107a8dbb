"""`quartier collect`: show the mapping of each file, ask, bring the file in."""

from pathlib import Path
from typing import Any

import click

from quartier.cli.bilingual import command, option
from quartier.cli.session import Session, json_option, session
from quartier.collect.definition import Layout, Mapping
from quartier.collect.summary import ImportSummary
from quartier.errors import InvalidRequest
from quartier.language import Text, whole
from quartier.workspace import Workspace

_FILES = Text(
    en="Bring files in: persons, accounts, events, orders or order lines. The mapping is guessed and shown first.",
    fr="Faire entrer des fichiers : personnes, comptes, événements, commandes ou lignes de commande. La "
    "correspondance est devinée, puis montrée.",
)
_YES = Text(en="Take the guessed mapping without asking.", fr="Accepter la correspondance devinée sans demander.")
_MAPPING = Text(en="Mapping document to use.", fr="Document de correspondance à utiliser.")
_SAVE = Text(en="Write the mapping to this file and stop.", fr="Écrire la correspondance dans ce fichier et s'arrêter.")
_LAYOUT = Text(en="What a row is.", fr="Ce qu'est une ligne.")
_EVENT = Text(en="Event type, when no column says it.", fr="Type d'événement, si aucune colonne ne le dit.")
_DATE_ORDER = Text(en="Order of dates such as 03/04/2026.", fr="Ordre des dates telles que 03/04/2026.")
_CURRENCY = Text(en="ISO code of the amounts.", fr="Code ISO des montants.")
_REPEATED = Text(
    en="Rows that repeat one another: keep them, or take them for duplicates.",
    fr="Lignes identiques : les garder, ou les tenir pour des doublons.",
)
_NO_COPY = Text(
    en="Keep only the path and digest of the originals.", fr="Ne garder que le chemin et l'empreinte des originaux."
)


@command("collect", _FILES, example="quartier -w my-shop collect orders.csv customers.xlsx")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--yes", is_flag=True, text=_YES)
@option("--mapping", "mapping_path", type=click.Path(path_type=Path), text=_MAPPING)
@option("--save-mapping", type=click.Path(path_type=Path), text=_SAVE)
@option("--layout", type=click.Choice([each.value for each in Layout]), text=_LAYOUT)
@option("--event", text=_EVENT)
@option("--date-order", type=click.Choice(["dmy", "mdy", "ymd"]), text=_DATE_ORDER)
@option("--currency", text=_CURRENCY)
@option("--repeated-rows", type=click.Choice(["keep", "drop"]), text=_REPEATED)
@option("--no-copy", is_flag=True, text=_NO_COPY)
@json_option
def collect(
    paths: tuple[Path, ...],
    yes: bool,
    mapping_path: Path | None,
    save_mapping: Path | None,
    no_copy: bool,
    as_json: bool,
    **hints: Any,
) -> None:
    """Bring files in."""
    now = session()
    if (mapping_path or save_mapping) and len(paths) > 1:
        raise InvalidRequest(_ONE_FILE)
    document = _read_mapping(mapping_path) if mapping_path else None
    with now.workspace() as ws:
        mappings = [
            document or _settled(ws, path, hints, now, is_asking=not (yes or as_json or save_mapping)) for path in paths
        ]
        if save_mapping:
            _save(mappings[0], save_mapping, now, as_json=as_json)
            return
        done = [_bring(ws, path, mapping, now, copy=not no_copy) for path, mapping in zip(paths, mappings, strict=True)]
        with now.progress(_EVALUATING) as advance:
            added = ws.apply_ready_made(author=now.author)
            advance(0.5)
            standing = ws.refresh()
    if as_json:
        names = [each.definition.name for each in added]
        now.print_json({"imports": [each.as_json(now.language) for each in done], "segments_added": names})
        return
    for each in done:
        _say(each, now)
    if standing:
        now.say(_SEGMENTS, n=len(standing), folder=str(now.folder))


def _settled(ws: Workspace, path: Path, hints: dict[str, Any], now: Session, *, is_asking: bool) -> Mapping:
    """The guessed mapping of a file; shown and agreed to unless nobody is to be asked."""
    proposal = ws.propose(path, **hints)
    if not is_asking:
        return proposal.mapping
    now.say(_GUESSED, name=path.name, layout=LAYOUTS[proposal.mapping.layout])
    rows = [
        [name, "→", each.to, each.type.value if each.type else ""] for name, each in proposal.mapping.columns.items()
    ]
    now.print_table([_COLUMN, Text(en="", fr=""), _BECOMES, _TYPE], rows)
    for question in proposal.questions:
        now.say(_UNSURE, question=question)
    if not click.confirm(_AGREE.to(now.language), default=proposal.is_sure, err=True):
        raise InvalidRequest(_NOT_AGREED, remedy=_EDIT.with_(name=path.name))
    return proposal.mapping


def _bring(ws: Workspace, path: Path, mapping: Mapping, now: Session, *, copy: bool) -> ImportSummary:
    with now.progress(_READING) as advance:
        return ws.collect(path, mapping, author=now.author, copy=copy, progress=advance)


def _read_mapping(path: Path) -> Mapping:
    try:
        return Mapping.read(path.read_text(encoding="utf-8-sig"), path.name)
    except (FileNotFoundError, IsADirectoryError, UnicodeDecodeError) as error:
        raise InvalidRequest(_NO_MAPPING.with_(path=str(path))) from error


def _save(mapping: Mapping, path: Path, now: Session, *, as_json: bool) -> None:
    path.write_text(mapping.as_yaml(), encoding="utf-8")
    if as_json:
        now.print_json(mapping.as_json())
    else:
        now.say(_SAVED, path=str(path))


def _say(done: ImportSummary, now: Session) -> None:
    now.say(
        _SUMMARY,
        name=done.name,
        rows=done.rows_in,
        stored=done.stored,
        duplicates=done.duplicates,
        rejected=done.rejected,
    )
    for event, n in done.events.items():
        now.say(_EVENTS, event=event, n=n)
    if done.persons:
        now.say(_NEW_PERSONS, n=done.persons)
    for column, reason, n in done.reasons:
        now.say(_REASON, n=whole(n, now.language), column=column, reason=reason)
    if done.rejected_file:
        now.say(_REJECTED_FILE, path=str(done.rejected_file))
    for finding in done.findings:
        now.say(_FINDING, finding=finding)


LAYOUTS = {
    Layout.PERSONS: Text(en="persons", fr="personnes"),
    Layout.ACCOUNTS: Text(en="accounts", fr="comptes"),
    Layout.EVENTS: Text(en="events", fr="événements"),
    Layout.ORDERS: Text(en="orders", fr="commandes"),
    Layout.ORDER_LINES: Text(en="order lines", fr="lignes de commande"),
}
_ONE_FILE = Text(en="a mapping goes with one file at a time", fr="une correspondance va avec un seul fichier à la fois")
_GUESSED = Text(en="{name}: each row looks like one of: {layout}", fr="{name} : chaque ligne semble décrire : {layout}")
_COLUMN = Text(en="column", fr="colonne")
_BECOMES = Text(en="becomes", fr="devient")
_TYPE = Text(en="type", fr="type")
_UNSURE = Text(en="? {question}", fr="? {question}")
_AGREE = Text(en="Bring it in like this?", fr="Le faire entrer ainsi ?")
_NOT_AGREED = Text(en="nothing was brought in", fr="rien n'est entré")
_EDIT = Text(
    en="write the mapping with `collect {name} --save-mapping mapping.yaml`, edit it, and give it with `--mapping`",
    fr="écrivez la correspondance avec `collect {name} --save-mapping mapping.yaml`, modifiez-la, puis donnez-la avec "
    "`--mapping`",
)
_READING = Text(en="Reading", fr="Lecture")
_EVALUATING = Text(en="Evaluating segments", fr="Évaluation des segments")
_NO_MAPPING = Text(en="{path} cannot be read as a mapping", fr="{path} ne se lit pas comme une correspondance")
_SAVED = Text(en="Mapping written to {path}.", fr="Correspondance écrite dans {path}.")
_SUMMARY = Text(
    en="{name}: {rows} rows = {stored} stored + {duplicates} duplicates + {rejected} rejected",
    fr="{name} : {rows} lignes = {stored} gardées + {duplicates} doublons + {rejected} rejetées",
)
_EVENTS = Text(en="  {event}: {n}", fr="  {event} : {n}")
_NEW_PERSONS = Text(en="  new persons: {n}", fr="  nouvelles personnes : {n}")
_REASON = Text(en="  rejected {n}: {column}: {reason}", fr="  rejetées {n} : {column} : {reason}")
_REJECTED_FILE = Text(en="  rejected rows: {path}", fr="  lignes rejetées : {path}")
_FINDING = Text(en="  note: {finding}", fr="  à noter : {finding}")
_SEGMENTS = Text(
    en="{n} segments evaluated: quartier -w {folder} segment list",
    fr="{n} segments évalués : quartier -w {folder} segment list",
)
