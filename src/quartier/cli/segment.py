"""`quartier segment`: list, preview, count, members, explain, apply, export."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from quartier.channels import file
from quartier.cli import documents
from quartier.cli.bilingual import Group, command, option
from quartier.cli.session import Session, json_option, session
from quartier.language import Text, day, decimal, instant, percent, whole
from quartier.segment.run import Preview, Standing

segment = Group(
    "segment",
    text=Text(en="See and define segments.", fr="Voir et définir des segments."),
    example="quartier -w my-shop segment list",
)
_NAME = click.argument("name", metavar="SEGMENT")
_FILE = click.argument("path", metavar="FILE", type=click.Path(path_type=Path))


@command(
    "list",
    Text(en="List the segments with their sizes.", fr="Lister les segments et leurs effectifs."),
    example="quartier -w my-shop segment list",
)
@json_option
def list_(as_json: bool) -> None:
    """List the segments."""
    now = session()
    with now.workspace() as ws:
        found, everyone, zone = ws.segments(), ws.count_everyone(), ws.config.zone
    if as_json:
        now.print_json({"persons": everyone, "segments": [each.as_json() for each in found]})
    elif not found:
        now.say(_NONE_YET)
    else:
        heads = [_SEGMENT, _LABEL, _PERSONS, _SHARE]
        now.print_table(heads, [_row(each, everyone, now) for each in found], right=(2, 3))
        now.say(_EVALUATED, at=instant(found[0].at, now.language, zone), n=everyone)


@command(
    "preview",
    Text(en="Evaluate a definition without storing it.", fr="Évaluer une définition sans l'enregistrer."),
    example="quartier -w my-shop segment preview loyal.yaml",
)
@_FILE
@option(
    "--rows",
    type=click.IntRange(0, 1000),
    default=5,
    show_default=True,
    text=Text(en="Persons to show.", fr="Personnes à montrer."),
)
@json_option
def preview(path: Path, rows: int, as_json: bool) -> None:
    """Evaluate definitions of a file without storing them."""
    now = session()
    with now.workspace() as ws:
        seen = [(each, ws.members_table(each, limit=rows).to_pylist()) for each in ws.preview(documents.read(path))]
        sentences, zone = [ws.sentence(each.segment, now.language) for each, _ in seen], ws.config.zone
    if as_json:
        pairs = zip(seen, sentences, strict=True)
        now.print_json([{**_sized(each), "sentence": said, "sample": sample} for (each, sample), said in pairs])
        return
    for (each, sample), said in zip(seen, sentences, strict=True):
        now.say(Text(en="{sentence}", fr="{sentence}"), sentence=said)
        _say_size(each, now, zone)
        _print_persons(sample, now)


@command(
    "count",
    Text(en="Count the members of a segment.", fr="Compter les membres d'un segment."),
    example="quartier -w my-shop segment count frequent-buyers",
)
@_NAME
@json_option
def count(name: str, as_json: bool) -> None:
    """Count the members of a segment."""
    now = session()
    with now.workspace() as ws:
        found, zone = ws.evaluated(name), ws.config.zone
    if as_json:
        now.print_json(_sized(found))
    else:
        _say_size(found, now, zone)


@command(
    "members",
    Text(en="List the members of a segment.", fr="Lister les membres d'un segment."),
    example="quartier -w my-shop segment members frequent-buyers --traits email,country --out members.csv",
)
@_NAME
@option(
    "--traits", text=Text(en="Traits to show, separated by commas.", fr="Traits à montrer, séparés par des virgules.")
)
@option("--limit", type=click.IntRange(min=1), text=Text(en="At most so many.", fr="Au plus ce nombre."))
@option(
    "--out",
    "path",
    type=click.Path(path_type=Path),
    text=Text(en="Write CSV, Parquet or JSON here.", fr="Écrire ici en CSV, Parquet ou JSON."),
)
@json_option
def members(name: str, traits: str | None, limit: int | None, path: Path | None, as_json: bool) -> None:
    """List the members of a segment."""
    now = session()
    with now.workspace() as ws:
        found, zone = ws.evaluated(name), ws.config.zone
        wanted = [each.strip() for each in traits.split(",")] if traits else None
        table = ws.members_table(found, traits=wanted, limit=limit)
    if path:
        file.write(table, path)
        now.print_json({**_sized(found), "path": str(path)}) if as_json else now.say(
            _WRITTEN, n=len(table), path=str(path)
        )
    elif as_json:
        now.print_json({**_sized(found), "members": _plain(table.to_pylist())})
    else:
        _print_persons(table.to_pylist(), now)
        _say_size(found, now, zone)


@command(
    "explain",
    Text(en="Say why a person is in a segment or not.", fr="Dire pourquoi une personne est dans un segment ou non."),
    example="quartier -w my-shop segment explain frequent-buyers C-1001",
)
@_NAME
@click.argument("person")
@json_option
def explain(name: str, person: str, as_json: bool) -> None:
    """Say why a person is in a segment or not."""
    now = session()
    with now.workspace() as ws:
        found = ws.explain(name, person)
    if as_json:
        now.print_json(found.as_json())
    else:
        for line in found.lines(now.language, currency=ws.config.currency):
            now.say(Text(en="{line}", fr="{line}"), line=line)


@command(
    "apply",
    Text(
        en="Put the segments of a file in force, all or none.",
        fr="Mettre en vigueur les segments d'un fichier, tous ou aucun.",
    ),
    example="quartier -w my-shop segment apply segments.yaml",
)
@_FILE
@json_option
def apply(path: Path, as_json: bool) -> None:
    """Put the segments of a file in force."""
    now = session()
    with now.workspace() as ws:
        done = ws.apply_segments(documents.read(path), author=now.author)
        everyone = ws.count_everyone()
    if as_json:
        now.print_json([each.as_json() for each in done])
    else:
        now.print_table(
            [_SEGMENT, _LABEL, _PERSONS, _SHARE], [_row(each, everyone, now) for each in done], right=(2, 3)
        )


@command(
    "export",
    Text(en="Write the definition of segments as YAML.", fr="Écrire la définition de segments en YAML."),
    example="quartier -w my-shop segment export frequent-buyers > segments.yaml",
)
@click.argument("names", metavar="[SEGMENT]...", nargs=-1)
@json_option
def export(names: tuple[str, ...], as_json: bool) -> None:
    """Write the definition of segments."""
    now = session()
    with now.workspace() as ws:
        found = [each.model_dump(mode="json") for each in ws.definitions(names)]
    if as_json:
        now.print_json(found)
    else:
        click.echo(documents.written(*found), nl=False)


for _each in (list_, preview, count, members, explain, apply, export):
    segment.add_command(_each)


def _row(standing: Standing, everyone: int, now: Session) -> list[str]:
    label = standing.definition.label
    share = percent(standing.size / everyone if everyone else 0, now.language)
    return [
        standing.definition.name,
        label.to(now.language) if label else "",
        whole(standing.size, now.language),
        share,
    ]


def _sized(found: Preview) -> dict[str, Any]:
    return {
        "segment": found.segment.name,
        "size": found.size,
        "population": found.population,
        "at": found.at.isoformat(),
    }


def _say_size(found: Preview, now: Session, zone: ZoneInfo) -> None:
    share = percent(found.size / found.population if found.population else 0, now.language)
    at = instant(found.at, now.language, zone)
    now.say(_SIZE, name=found.segment.label.to(now.language), size=found.size, n=found.population, share=share, at=at)


def _print_persons(rows: list[dict[str, Any]], now: Session) -> None:
    """A table of persons, with the columns in which somebody has a value."""
    names = [name for name in (rows[0] if rows else {}) if any(row[name] is not None for row in rows)]
    heads = [Text(en=name, fr=name) for name in names]
    if rows:
        now.print_table(heads, [[_cell(row[name], now) for name in names] for row in rows])


def _cell(value: Any, now: Session) -> str:
    if value is None:
        return ""
    if hasattr(value, "hour"):
        return instant(value, now.language)
    if hasattr(value, "year"):
        return day(value, now.language)
    return decimal(value, now.language) if isinstance(value, float) else str(value)


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()} for row in rows]


_SEGMENT = Text(en="segment", fr="segment")
_LABEL = Text(en="label", fr="intitulé")
_PERSONS = Text(en="persons", fr="personnes")
_SHARE = Text(en="share", fr="part")
_EVALUATED = Text(en="As of {at}, of {n} persons.", fr="Au {at}, sur {n} personnes.")
_SIZE = Text(
    en="{name}: {size} of {n} persons ({share}), as of {at}.",
    fr="{name} : {size} personnes sur {n} ({share}), au {at}.",
)
_WRITTEN = Text(en="{n} persons written to {path}.", fr="{n} personnes écrites dans {path}.")
_NONE_YET = Text(
    en="There are no segments yet. Collect a file, or apply one: quartier segment apply segments.yaml",
    fr="Il n'y a pas encore de segment. Collectez un fichier ou appliquez-en un : quartier segment apply segments.yaml",
)
