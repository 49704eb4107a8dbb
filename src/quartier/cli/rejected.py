"""`quartier rejected`: messages that could not be stored, to be mended and replayed, or dropped."""

import json
from pathlib import Path
from typing import Any

import click

from quartier.cli.bilingual import Group, command, option
from quartier.cli.session import json_option, session
from quartier.errors import InvalidRequest
from quartier.language import Plural, Text
from quartier.language.figures import instant

rejected = Group(
    "rejected",
    text=Text(en="Messages that could not be stored.", fr="Les messages qui n'ont pas pu être gardés."),
    example="quartier -w my-shop rejected list",
)
_NUMBERS = click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=int)
_NUMBER = click.argument("number", type=int)


@command(
    "list",
    Text(en="List them, oldest first.", fr="Les lister, du plus ancien au plus récent."),
    example="quartier -w my-shop rejected list --reason too_long",
)
@option("--reason", text=Text(en="Only those of this reason.", fr="Seulement ceux de ce motif."))
@option(
    "--state",
    default="open",
    type=click.Choice(["open", "replayed", "dropped"]),
    text=Text(en="Those in this state.", fr="Ceux qui sont dans cet état."),
)
@option("--limit", default=50, type=click.IntRange(1), text=Text(en="At most so many.", fr="Au plus ce nombre."))
@json_option
def list_(reason: str | None, state: str, limit: int, as_json: bool) -> None:
    """List rejected messages."""
    from itertools import islice

    from quartier.collect.tracking.rejected import as_json as plain

    now = session()
    with now.workspace() as ws:
        found = list(islice(ws.rejected.all(state, reason), limit))
        zone = ws.config.zone
    if as_json:
        now.print_json([plain(each) for each in found])
        return
    rows = [
        [
            str(each.number),
            instant(each.received_at, now.language, zone),
            each.refusal.source,
            plain(each)["text"][now.language],
            each.refusal.field or "",
        ]
        for each in found
    ]
    if rows:
        now.print_table([_ID, _RECEIVED, _SOURCE, _REASON, _FIELD], rows, right=(0,))
    else:
        now.say(_NONE)


@command(
    "show",
    Text(en="Show one with its content.", fr="En montrer un avec son contenu."),
    example="quartier -w my-shop rejected show 12",
)
@_NUMBER
@json_option
def show(number: int, as_json: bool) -> None:
    """Show a rejected message with its content."""
    from quartier.collect.tracking.rejected import with_content

    now = session()
    with now.workspace() as ws:
        told = with_content(ws.rejected.read(number))
    if as_json:
        now.print_json(told)
        return
    where = f" ({told['field']})" if told["field"] else ""
    now.say_line(f"{told['text'][now.language]}{where}")
    now.say_line(told.get("raw") or told.get("raw_base64") or "")


@command(
    "replay",
    Text(
        en="Check one again and keep it if it is sound; with --with, what the file says takes its place.",
        fr="En vérifier un à nouveau et le garder s'il est correct ; avec --with, le contenu du fichier le remplace.",
    ),
    example="quartier -w my-shop rejected replay 12 --with mended.json",
)
@_NUMBER
@option(
    "--with",
    "path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    text=Text(en="The mended message, as JSON.", fr="Le message corrigé, en JSON."),
)
@json_option
def replay(number: int, path: Path | None, as_json: bool) -> None:
    """Replay a rejected message."""
    now = session()
    with now.workspace() as ws:
        verdict = ws.rejected.replay(number, None if path is None else _mended(path))
    if as_json:
        now.print_json(verdict.as_json())
    elif verdict.flaw:
        now.say(_AGAIN, reason=verdict.as_json()["text"][now.language], field=verdict.flaw.field or "")
    else:
        now.say(_STORED if verdict.outcome == "stored" else _DUPLICATE)
    if verdict.flaw:
        click.get_current_context().exit(3)


@command(
    "drop",
    Text(en="Give some up for good.", fr="En abandonner définitivement."),
    example="quartier -w my-shop rejected drop 12 13",
)
@_NUMBERS
@json_option
def drop(numbers: tuple[int, ...], as_json: bool) -> None:
    """Give rejected messages up."""
    now = session()
    with now.workspace() as ws:
        ws.rejected.drop(numbers)
    if as_json:
        now.print_json({"dropped": list(numbers)})
    else:
        now.say(_DROPPED, n=len(numbers))


for _each in (list_, show, replay, drop):
    rejected.add_command(_each)


def _mended(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except ValueError as error:
        raise InvalidRequest(_NO_JSON, where=str(path)) from error
    if not isinstance(found, dict):
        raise InvalidRequest(_NO_JSON, where=str(path))
    return found


_ID = Text(en="number", fr="numéro")
_RECEIVED = Text(en="received", fr="reçu")
_SOURCE = Text(en="source", fr="source")
_REASON = Text(en="reason", fr="motif")
_FIELD = Text(en="field", fr="champ")
_NONE = Text(en="No message is in this state.", fr="Aucun message n'est dans cet état.")
_NO_JSON = Text(en="this is not a JSON object", fr="ce n'est pas un objet JSON")
_STORED = Text(en="Stored.", fr="Gardé.")
_DUPLICATE = Text(
    en="A message with this id was stored before; settled.",
    fr="Un message de même identifiant existe déjà ; affaire close.",
)
_AGAIN = Text(en="Still rejected: {reason} {field}", fr="Toujours rejeté : {reason} {field}")
_DROPPED = Plural(
    Text(en="{n} message dropped.", fr="{n} message abandonné."),
    Text(en="{n} messages dropped.", fr="{n} messages abandonnés."),
)
