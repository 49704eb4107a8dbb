"""`quartier model`: run models, which write traits, and show what they found."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import yaml

from quartier.cli import documents
from quartier.cli.bilingual import Group, command, option
from quartier.cli.session import Session, json_option, session
from quartier.cli.words import PERSONS
from quartier.errors import InvalidRequest
from quartier.language import Plural, Text, instant, whole

if TYPE_CHECKING:
    from quartier.analyse.modelling.shown import Shown

model = Group(
    "model",
    text=Text(en="Compute traits: RFM and other models.", fr="Calculer des traits : RFM et autres modèles."),
    example="quartier -w my-shop model run rfm",
)


@command(
    "list",
    Text(en="The models there are, and the last run of each.", fr="Les modèles, et le dernier calcul de chacun."),
    example="quartier -w my-shop model list",
)
@json_option
def list_(as_json: bool) -> None:
    """List the models."""
    from quartier.analyse.modelling.kinds import all_kinds  # Arrow and Ibis take a while to load
    from quartier.analyse.plain import plain

    now = session()
    with now.workspace() as ws:
        last, zone = ws.analysis.last_runs(), ws.config.zone
    if as_json:
        kinds = [{"model": each.name, "label": each.label, "sentence": each.sentence} for each in all_kinds()]
        runs = [{"name": each.model, "model": each.parameters["model"], "at": each.at} for each in last]
        now.print_json({"models": plain(kinds), "runs": plain(runs)})
        return
    now.print_table([_MODEL, _ANSWERS], [[each.name, each.sentence.to(now.language)] for each in all_kinds()])
    rows = [[each.model, each.parameters["model"], instant(each.at, now.language, zone)] for each in last]
    if rows:
        now.print_table([_NAME, _MODEL, _RUN_AT], rows)


@command(
    "run",
    Text(en="Run a model and write its traits.", fr="Calculer un modèle et écrire ses traits."),
    example="quartier -w my-shop model run rfm --set bins=4 --set within='2 years'",
)
@click.argument("kind", metavar="[MODEL]", required=False)
@option(
    "--set",
    "settings",
    metavar="NAME=VALUE",
    multiple=True,
    text=Text(
        en="One setting of the model; `quartier model list` and the reference of models name them.",
        fr="Un réglage du modèle ; `quartier model list` et la référence des modèles les nomment.",
    ),
)
@option(
    "--from",
    "path",
    type=click.Path(path_type=Path),
    text=Text(en="The model as a document in a file.", fr="Le modèle, comme document dans un fichier."),
)
@json_option
def run(kind: str | None, settings: tuple[str, ...], path: Path | None, as_json: bool) -> None:
    """Run a model."""
    now, document = session(), _document(kind, settings, path)
    with now.workspace() as ws:
        done = ws.run_model(document, author=now.author)
        added = ws.apply_ready_made(author=now.author)
        ws.refresh()
        currency, tables = ws.config.currency, ws.analysis.tables(done.name)
    if as_json:
        now.print_json({**done.as_json(), "segments_added": [each.definition.name for each in added]})
        return
    now.say(_RUN, name=done.name, scored=PERSONS.with_(n=done.scored), persons=whole(done.persons, now.language))
    _print(now, tables, currency)
    for finding in done.findings:
        now.say(finding)
    if added:
        now.say(_ADDED, n=len(added), folder=str(now.folder))


@command(
    "show",
    Text(en="What the last run of a model found.", fr="Ce qu'a trouvé le dernier calcul d'un modèle."),
    example="quartier -w my-shop model show rfm",
)
@click.argument("name", metavar="NAME")
@json_option
def show(name: str, as_json: bool) -> None:
    """Show a model."""
    now = session()
    with now.workspace() as ws:
        last, tables, config = ws.analysis.run_of(name), ws.analysis.tables(name), ws.config
    if as_json:
        now.print_json({**last.summary, "parameters": last.parameters})
        return
    now.say(_SHOWN, name=name, at=instant(last.at, now.language, config.zone),
            as_of=instant(last.as_of, now.language, config.zone))  # fmt: skip
    _print(now, tables, config.currency)
    for each in last.summary["findings"]:
        now.say_line(each[now.language])


@command(
    "segments",
    Text(
        en="All that a model found, as segments to be put in force.",
        fr="Tout ce qu'un modèle a trouvé, comme segments à mettre en vigueur.",
    ),
    example="quartier -w my-shop model segments clusters > clusters.yaml",
)
@click.argument("name", metavar="NAME")
@option(
    "--exact",
    "is_exact",
    is_flag=True,
    text=Text(
        en="As the run found them, not by conditions that go on with the data.",
        fr="Tels que le calcul les a trouvés, non par des conditions qui suivent les données.",
    ),
)
@json_option
def segments(name: str, is_exact: bool, as_json: bool) -> None:
    """Print the segments of a model."""
    now = session()
    with now.workspace() as ws:
        found = ws.analysis.segments_of(name, "run" if is_exact else None)
    if as_json:
        now.print_json(list(found))
    elif found:
        now.say_line(documents.written(*found).rstrip("\n"))
    else:
        now.say(_NO_SET, name=name)


for each in (list_, run, show, segments):
    model.add_command(each)


def _document(kind: str | None, settings: Iterable[str], path: Path | None) -> dict[str, Any]:
    """The document that the options describe: that of the file, with what was set on the line in its place."""
    found: dict[str, Any] = {}
    if path is not None:
        written = documents.read(path)
        if len(written) != 1:
            raise InvalidRequest(_ONE_DOCUMENT.with_(path=str(path)))
        found = written[0]
    if kind is None and path is None:
        raise InvalidRequest(_WHICH, remedy=_LIST)
    return found | ({"model": kind} if kind else {}) | dict(_setting(each) for each in settings)


def _setting(written: str) -> tuple[str, Any]:
    name, sign, value = written.partition("=")
    if not sign or not name.strip():
        raise InvalidRequest(_NO_SETTING.with_(written=written), where="--set", remedy=_WRITE_SETTING)
    try:
        return name.strip(), yaml.safe_load(value)
    except (yaml.YAMLError, ValueError):
        return name.strip(), value


def _print(now: Session, tables: tuple["Shown", ...], currency: str) -> None:
    from quartier.analyse.modelling.shown import is_figure, written

    for table in tables:
        if len(tables) > 1:
            now.say_line("")
            now.say_line(table.title.to(now.language))
        right = tuple(index for index, cell in enumerate(table.rows[0]) if is_figure(cell)) if table.rows else ()
        rows = [[written(cell, now.language, currency) for cell in row] for row in table.rows]
        now.print_table(list(table.heads), rows, right=right)


_RUN = Text(en="{name} computed: {scored} of {persons} have values.", fr="{name} calculé : {scored} sur {persons}.")
_SHOWN = Text(en="{name}: run {at}, as of {as_of}.", fr="{name} : calculé le {at}, au {as_of}.")
_MODEL = Text(en="model", fr="modèle")
_ANSWERS = Text(en="what it says", fr="ce qu'il dit")
_NAME = Text(en="name", fr="nom")
_RUN_AT = Text(en="last run", fr="dernier calcul")
_ADDED = Plural(
    Text(
        en="{n} ready-made segment now applies: quartier -w {folder} segment list",
        fr="{n} segment prêt à l'emploi s'applique désormais : quartier -w {folder} segment list",
    ),
    Text(
        en="{n} ready-made segments now apply: quartier -w {folder} segment list",
        fr="{n} segments prêts à l'emploi s'appliquent désormais : quartier -w {folder} segment list",
    ),
)
_NO_SET = Text(
    en="What {name} finds is no set of segments.", fr="Ce que trouve {name} n'est pas un ensemble de segments."
)
_ONE_DOCUMENT = Text(en="{path} must hold one document", fr="{path} doit contenir un seul document")
_WHICH = Text(en="say which model to run", fr="dites quel modèle calculer")
_LIST = Text(en="`quartier model list` names them", fr="`quartier model list` les nomme")
_NO_SETTING = Text(en="“{written}” is no setting", fr="« {written} » n'est pas un réglage")
_WRITE_SETTING = Text(en="write for example `--set bins=4`", fr="écrivez par exemple `--set bins=4`")
