"""`quartier person`: one person found, and all that is known of them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quartier.cli.bilingual import Group, command, option
from quartier.cli.instants import read_instant
from quartier.cli.session import Session, json_option, sensitive_option, session
from quartier.language import Text

if TYPE_CHECKING:
    from quartier.config import Config
    from quartier.identify.profile import Profile

person = Group(
    "person",
    text=Text(
        en="One person: found, and all that is known of them.",
        fr="Une personne : la trouver, et tout ce que l'on sait d'elle.",
    ),
    example="quartier -w my-shop person show C-1001",
)
_WHO = click.argument("who", metavar="PERSON")


@command(
    "show",
    Text(
        en="Show all that is known of a person: traits, events, segments, identifiers, similar persons.",
        fr="Montrer tout ce que l'on sait d'une personne : traits, événements, segments, identifiants, personnes "
        "semblables.",
    ),
    example="quartier -w my-shop person show C-1001 --timeline 10",
)
@_WHO
@option(
    "--timeline",
    type=click.IntRange(0, 10_000),
    default=10,
    show_default=True,
    text=Text(en="How many of the newest events.", fr="Combien des événements les plus récents."),
)
@option(
    "--similar",
    type=click.IntRange(0, 100),
    default=5,
    show_default=True,
    text=Text(en="How many similar persons.", fr="Combien de personnes semblables."),
)
@option("--as-of", text=Text(en="As of this instant, as for --at.", fr="À cet instant, écrit comme pour --at."))
@sensitive_option
@option(
    "--out",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    text=Text(en="Write it as a page, to this HTML file.", fr="L'écrire en page, dans ce fichier HTML."),
)
@json_option
def show(
    who: str, timeline: int, similar: int, as_of: str | None, sensitive: bool, path: Path | None, as_json: bool
) -> None:
    """Show all that is known of a person."""
    from quartier.cli.person_shown import print_profile

    now = session()
    at = read_instant(as_of, "--as-of") if as_of else None
    with now.workspace() as ws:
        found = ws.persons.profile(who, timeline=timeline, similar=similar, at=at, sensitive=sensitive)
        config = ws.config
    if path:
        _write(found, path, now, config)
    if as_json:
        now.print_json(found.as_json())
    elif path is None:
        print_profile(found, now, config.zone)
    else:
        now.say(_WRITTEN, path=str(path))


@command(
    "find",
    Text(
        en="Find persons by public id, identifier, or parts of a name.",
        fr="Trouver des personnes par identifiant public, identifiant ou parties du nom.",
    ),
    example="quartier -w my-shop person find 'ana dupont'",
)
@click.argument("text", metavar="TEXT")
@option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=25,
    show_default=True,
    text=Text(en="At most so many.", fr="Au plus ce nombre."),
)
@option("--after", text=Text(en="Those after this person.", fr="Celles qui suivent cette personne."))
@json_option
def find(text: str, limit: int, after: str | None, as_json: bool) -> None:
    """Find persons."""
    from quartier.cli.person_shown import print_found

    now = session()
    with now.workspace() as ws:
        found = ws.persons.find(text, limit=limit, after=after)
    if as_json:
        now.print_json(found.as_json())
    else:
        print_found(found, text, now)


@command(
    "similar",
    Text(
        en="List the persons most similar to one in all traits that are known, with what they share.",
        fr="Lister les personnes les plus semblables à une autre d'après tous les traits connus, et ce qu'elles ont "
        "en commun.",
    ),
    example="quartier -w my-shop person similar C-1001 --limit 5",
)
@_WHO
@option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    text=Text(en="At most so many.", fr="Au plus ce nombre."),
)
@json_option
def similar(who: str, limit: int, as_json: bool) -> None:
    """List similar persons."""
    from quartier.cli.person_shown import print_similar

    now = session()
    with now.workspace() as ws:
        found, zone = ws.persons.similar(who, limit), ws.config.zone
    if as_json:
        now.print_json({"similar": [each.as_json() for each in found]})
    else:
        print_similar(found, now, zone)


@command(
    "history",
    Text(
        en="List every value that a trait of a person had, since when and from which source.",
        fr="Lister toutes les valeurs qu'un trait d'une personne a eues, depuis quand et de quelle source.",
    ),
    example="quartier -w my-shop person history C-1001 plan",
)
@_WHO
@click.argument("trait")
@sensitive_option
@json_option
def history(who: str, trait: str, sensitive: bool, as_json: bool) -> None:
    """List the values of a trait."""
    from quartier.cli.person_shown import print_history

    now = session()
    with now.workspace() as ws:
        found, zone = ws.persons.history(who, trait, sensitive=sensitive), ws.config.zone
    if as_json:
        now.print_json(found.as_json())
    else:
        print_history(found, now, zone)


def _write(found: "Profile", path: Path, now: Session, config: "Config") -> None:
    from quartier.report.person.run import write_profile  # pages take a moment to load

    write_profile(found, path, now.language, config)


_WRITTEN = Text(en="Profile written to {path}.", fr="Profil écrit dans {path}.")

for _each in (show, find, similar, history):
    person.add_command(_each)
