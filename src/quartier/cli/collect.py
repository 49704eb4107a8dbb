"""`quartier collect`: show the mapping of each file, ask, bring the file in."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quartier.cli.bilingual import command, option
from quartier.cli.imported import say_import
from quartier.cli.session import Session, json_option, session
from quartier.cli.words import SEGMENTS
from quartier.collect.definition import Layout, Mapping
from quartier.errors import InvalidRequest, QuartierError
from quartier.language import Said, Text

if TYPE_CHECKING:
    from quartier.collect.summary import ImportSummary
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


@dataclass(frozen=True)
class _Settled:
    """A file with the mapping it is read by, and what the guess was unsure of."""

    path: Path
    mapping: Mapping
    questions: Sequence[Text | Said] = ()


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
    """Bring files in: every mapping is settled before the first row is stored; each file is stored whole or not."""
    now = session()
    _check(paths, mapping_path, save_mapping, hints)
    document = _read_mapping(mapping_path) if mapping_path else None
    is_asking = not (yes or as_json or save_mapping)
    with now.workspace() as ws:
        if document:
            settled = [_Settled(path, document) for path in paths]
        else:
            settled = [_settle(ws, path, hints, now, is_asking=is_asking) for path in paths]
        if save_mapping:
            _save(settled[0].mapping, save_mapping, now, as_json=as_json)
            return
        _bring_all(ws, settled, now, copy=not no_copy, as_json=as_json)


def _check(paths: Sequence[Path], mapping: Path | None, save: Path | None, hints: dict[str, Any]) -> None:
    """Raise InvalidRequest for options that contradict one another, before anything is opened."""
    if save and len(paths) > 1:
        raise InvalidRequest(_ONE_FILE)
    if save and save.exists():
        raise InvalidRequest(_THERE, where=str(save), remedy=_OTHER_NAME)
    given = [f"--{name.replace('_', '-')}" for name, value in hints.items() if value is not None]
    if mapping and given:
        raise InvalidRequest(_SAID_IN_MAPPING.with_(options=given), remedy=_WRITE_THERE)


def _settle(ws: "Workspace", path: Path, hints: dict[str, Any], now: Session, *, is_asking: bool) -> _Settled:
    """The guessed mapping of a file; shown and agreed to unless nobody is to be asked."""
    proposal = ws.propose(path, **hints)
    if is_asking:
        _show(path, proposal.mapping, proposal.questions, now)
        if not _agreed(now, default=proposal.is_sure):
            raise InvalidRequest(_NOT_AGREED, where=path.name, remedy=_EDIT.with_(path=str(path)))
    return _Settled(path, proposal.mapping, proposal.questions)


def _show(path: Path, mapping: Mapping, questions: Sequence[Text | Said], now: Session) -> None:
    now.say(_GUESSED, name=path.name, layout=LAYOUTS[mapping.layout])
    rows = [[name, "→", each.to, each.type.value if each.type else ""] for name, each in mapping.columns.items()]
    now.print_table([_COLUMN, Text(en="", fr=""), _BECOMES, _TYPE], rows)
    for question in questions:
        now.say(_UNSURE, question=question)


def _agreed(now: Session, *, default: bool) -> bool:
    """The answer; where nobody can answer, what to do instead of waiting for it."""
    try:
        return now.agrees(_AGREE, default=default)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo(err=True)
        raise InvalidRequest(_NOBODY_ANSWERS, remedy=_ANSWER_BEFORE) from None


def _bring_all(ws: "Workspace", settled: Sequence[_Settled], now: Session, *, copy: bool, as_json: bool) -> None:
    """Store file after file; when one is refused, say which were stored before it."""
    done: list[tuple[_Settled, ImportSummary]] = []
    refused: QuartierError | None = None
    for each in settled:
        try:
            done.append((each, _bring(ws, each, now, copy=copy)))
        except QuartierError as error:
            if not done:
                raise
            refused = error
            break
    with now.progress(_EVALUATING) as advance:
        added = [each.definition.name for each in ws.apply_ready_made(author=now.author)]
        advance(0.5)
        standing = len(ws.refresh())
    if as_json:
        now.print_json({"imports": list(_imports(done, now)), "segments_added": added})
    else:
        _say(done, standing, now)
    if refused:
        raise refused


def _bring(ws: "Workspace", each: _Settled, now: Session, *, copy: bool) -> "ImportSummary":
    with now.progress(_READING) as advance:
        return ws.collect(each.path, each.mapping, author=now.author, copy=copy, progress=advance)


def _imports(done: Sequence[tuple[_Settled, "ImportSummary"]], now: Session) -> Iterator[dict[str, Any]]:
    for each, summary in done:
        questions = [question.to(now.language) for question in each.questions]
        yield summary.as_json(now.language) | {"mapping": each.mapping.as_json(), "questions": questions}


def _say(done: Sequence[tuple[_Settled, "ImportSummary"]], standing: int, now: Session) -> None:
    for each, summary in done:
        say_import(summary, now)
        if not sys.stdin.isatty():
            for question in each.questions:
                now.say(_UNSURE, question=question)
    said = _STANDING if standing else _NO_SEGMENT
    now.say(said, segments=SEGMENTS.with_(n=standing), folder=str(now.folder))


def _read_mapping(path: Path) -> Mapping:
    try:
        return Mapping.read(path.read_text(encoding="utf-8-sig"), path.name)
    except (FileNotFoundError, IsADirectoryError, UnicodeDecodeError) as error:
        raise InvalidRequest(_NO_MAPPING, where=str(path), remedy=_MAKE_ONE) from error


def _save(mapping: Mapping, path: Path, now: Session, *, as_json: bool) -> None:
    path.write_text(mapping.as_yaml(), encoding="utf-8")
    if as_json:
        now.print_json(mapping.as_json())
    else:
        now.say(_SAVED, path=str(path))


LAYOUTS = {
    Layout.PERSONS: Text(en="a person", fr="une personne"),
    Layout.ACCOUNTS: Text(en="an account", fr="un compte"),
    Layout.EVENTS: Text(en="an event", fr="un événement"),
    Layout.ORDERS: Text(en="an order", fr="une commande"),
    Layout.ORDER_LINES: Text(en="a line of an order", fr="une ligne de commande"),
}
_ONE_FILE = Text(en="--save-mapping takes one file at a time", fr="--save-mapping prend un seul fichier à la fois")
_THERE = Text(en="this file is there already", fr="ce fichier existe déjà")
_OTHER_NAME = Text(en="choose another name, or delete it first", fr="choisissez un autre nom, ou supprimez-le d'abord")
_SAID_IN_MAPPING = Text(
    en="{options} can do nothing beside --mapping", fr="{options} reste sans effet à côté de --mapping"
)
_WRITE_THERE = Text(en="write it into the mapping", fr="écrivez-le dans la correspondance")
_GUESSED = Text(en="{name}: each row looks like {layout}", fr="{name} : chaque ligne semble être {layout}")
_COLUMN = Text(en="column", fr="colonne")
_BECOMES = Text(en="becomes", fr="devient")
_TYPE = Text(en="type", fr="type")
_UNSURE = Text(en="Unsure: {question}", fr="À vérifier : {question}")
_AGREE = Text(en="Bring it in like this?", fr="Le faire entrer ainsi ?")
_NOT_AGREED = Text(en="nothing was brought in", fr="rien n'est entré")
_EDIT = Text(
    en="write the mapping with `quartier collect {path} --save-mapping mapping.yaml`, edit it, and give it with "
    "`--mapping`",
    fr="écrivez la correspondance avec `quartier collect {path} --save-mapping correspondance.yaml`, modifiez-la, puis "
    "donnez-la avec `--mapping`",
)
_NOBODY_ANSWERS = Text(
    en="nobody is there to agree to the mapping: nothing was brought in",
    fr="personne n'est là pour accepter la correspondance : rien n'est entré",
)
_ANSWER_BEFORE = Text(
    en="take the mapping as it is with --yes, or give one with --mapping",
    fr="acceptez la correspondance telle quelle avec --yes, ou donnez-en une avec --mapping",
)
_READING = Text(en="Reading", fr="Lecture")
_EVALUATING = Text(en="Evaluating segments", fr="Évaluation des segments")
_NO_MAPPING = Text(en="this cannot be read as a mapping", fr="ceci ne se lit pas comme une correspondance")
_MAKE_ONE = Text(
    en="make one with `quartier collect FILE --save-mapping mapping.yaml`",
    fr="créez-en une avec `quartier collect FICHIER --save-mapping correspondance.yaml`",
)
_SAVED = Text(
    en="Mapping written to {path}; edit it, then give it with --mapping.",
    fr="Correspondance écrite dans {path} ; modifiez-la, puis donnez-la avec --mapping.",
)
_NO_SEGMENT = Text(
    en="No ready-made segment fits these data; see what there is to write one with: quartier -w {folder} catalog show",
    fr="Aucun segment prêt à l'emploi ne va avec ces données\N{NO-BREAK SPACE}; "
    "voyez de quoi en écrire un\N{NO-BREAK SPACE}: "
    "quartier -w {folder} catalog show",
)
_STANDING = Text(
    en="{segments} evaluated: quartier -w {folder} segment list",
    fr="{segments} à jour : quartier -w {folder} segment list",
)
