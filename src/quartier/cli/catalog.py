"""`quartier catalog`: see and edit what is known of the data."""

from pathlib import Path

import click
from pydantic import ValidationError

from quartier.catalog import Catalog
from quartier.cli import documents
from quartier.cli.bilingual import Group, command
from quartier.cli.session import json_option, session
from quartier.cli.words import EVENT_TYPES, TRAITS
from quartier.config import problems_of
from quartier.errors import InvalidDefinition, InvalidRequest
from quartier.language import Text

catalog = Group(
    "catalog",
    text=Text(
        en="See and edit traits, events and properties.", fr="Voir et modifier traits, événements et propriétés."
    ),
    example="quartier -w my-shop catalog show",
)


@command(
    "show",
    Text(en="List traits and events.", fr="Lister les traits et les événements."),
    example="quartier -w my-shop catalog show",
)
@json_option
def show(as_json: bool) -> None:
    """List traits and events."""
    now = session()
    with now.workspace() as ws:
        known = ws.catalog
    if as_json:
        now.print_json(known.model_dump(mode="json", exclude_none=True))
        return
    if not known.traits and not known.events:
        now.say(_EMPTY, folder=str(now.folder))
        return
    rows = [
        [
            each.name,
            each.label.to(now.language),
            each.family.label.to(now.language),
            each.type.value,
            each.sensitivity.label.to(now.language),
        ]
        for each in known.traits
    ]
    now.print_table([_TRAIT, _LABEL, _FAMILY, _TYPE, _SENSITIVITY], rows)
    now.say_line("")
    events = [[each.name, each.label.to(now.language), ", ".join(each.paths())] for each in known.events]
    now.print_table([_EVENT, _LABEL, _PROPERTIES], events)


@command(
    "export",
    Text(
        en="Write the catalog as a YAML document, to be edited and applied.",
        fr="Écrire le catalogue en YAML, pour le modifier puis l'appliquer.",
    ),
    example="quartier -w my-shop catalog export > catalog.yaml",
)
@json_option
def export(as_json: bool) -> None:
    """Write the catalog as a document."""
    now = session()
    with now.workspace() as ws:
        document = ws.catalog.model_dump(mode="json", exclude_defaults=True) | {"kind": "catalog"}
    if as_json:
        now.print_json(document)
    else:
        click.echo(documents.written(document), nl=False)


@command(
    "apply",
    Text(en="Put an edited catalog in force.", fr="Mettre en vigueur un catalogue modifié."),
    example="quartier -w my-shop catalog apply catalog.yaml",
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def apply(path: Path, as_json: bool) -> None:
    """Put an edited catalog in force."""
    now = session()
    found = documents.read(path)
    if len(found) != 1:
        raise InvalidRequest(_ONE.with_(path=str(path), n=len(found)))
    try:
        edited = Catalog.model_validate(found[0])
    except ValidationError as error:
        raise InvalidDefinition(path.name, problems_of(error)) from error
    with now.workspace() as ws:
        ws.put_catalog(edited, author=now.author)
    if as_json:
        now.print_json(edited.model_dump(mode="json", exclude_none=True))
    else:
        counts = {"traits": TRAITS.with_(n=len(edited.traits)), "events": EVENT_TYPES.with_(n=len(edited.events))}
        now.say(_APPLIED, **counts)


for _each in (show, export, apply):
    catalog.add_command(_each)

_EMPTY = Text(
    en="Nothing has been collected yet. Start with: quartier -w {folder} collect orders.csv",
    fr="Rien n'a encore été collecté. Pour commencer : quartier -w {folder} collect commandes.csv",
)
_TRAIT = Text(en="trait", fr="trait")
_EVENT = Text(en="event", fr="événement")
_LABEL = Text(en="label", fr="intitulé")
_FAMILY = Text(en="family", fr="famille")
_TYPE = Text(en="type", fr="type")
_SENSITIVITY = Text(en="sensitivity", fr="sensibilité")
_PROPERTIES = Text(en="properties", fr="propriétés")
_ONE = Text(
    en="{path} holds {n} documents; a catalog is one", fr="{path} contient {n} documents ; un catalogue en est un seul"
)
_APPLIED = Text(en="Catalog in force: {traits}, {events}.", fr="Catalogue en vigueur : {traits}, {events}.")
