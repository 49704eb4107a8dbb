"""`quartier link`: which identifiers are one person's, why, and decisions of it that can be taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from quartier.cli import documents
from quartier.cli.bilingual import Group, command, option
from quartier.cli.link_match import match
from quartier.cli.session import json_option, session, try_option
from quartier.language import Text

link = Group(
    "link",
    text=Text(
        en="Which identifiers are one person's, and why; decide of it and take it back.",
        fr="Quels identifiants sont à la même personne, et pourquoi ; en décider et revenir dessus.",
    ),
    example="quartier -w my-shop link review\nquartier -w my-shop link refuse C-1001 email:office@example.com --try",
)
_A, _B = click.argument("a", metavar="IDENTIFIER"), click.argument("b", metavar="IDENTIFIER")
_ONE = click.argument("identifier")
_NOTE = option("--note", text=Text(en="Why, for those who read it later.", fr="Pourquoi, pour qui le lira plus tard."))
_MOST = option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=50,
    show_default=True,
    text=Text(en="At most so many of each kind.", fr="Au plus ce nombre de chaque sorte."),
)


@command(
    "show",
    Text(
        en="Show the links of a person: what was linked, why, and what was not followed.",
        fr="Montrer les liens d'une personne : ce qui est relié, pourquoi, et ce qui n'a pas été suivi.",
    ),
    example="quartier -w my-shop link show C-1001",
)
@click.argument("who", metavar="PERSON")
@json_option
def show(who: str, as_json: bool) -> None:
    """Show the links of a person."""
    from quartier.cli.links_shown import print_links

    now = session()
    with now.workspace() as ws:
        found, zone = ws.identification.links(who), ws.config.zone
    if as_json:
        now.print_json({"links": [each.as_json() for each in found]})
    else:
        print_links(found, now, zone)


@command(
    "review",
    Text(
        en="List what waits for an eye: links that were not followed, identifiers that too many share.",
        fr="Lister ce qui attend un regard : liens non suivis, identifiants que trop de monde partage.",
    ),
    example="quartier -w my-shop link review --limit 20",
)
@_MOST
@json_option
def review(limit: int, as_json: bool) -> None:
    """List what waits for an eye."""
    from quartier.cli.links_shown import print_review

    now = session()
    with now.workspace() as ws:
        found, catalog, zone = ws.identification.review(limit), ws.catalog, ws.config.zone
    if as_json:
        now.print_json(found.as_json())
    else:
        print_review(found, catalog, now, zone)


@command(
    "accept",
    Text(en="Hold two identifiers for one person's.", fr="Tenir deux identifiants pour ceux d'une même personne."),
    example="quartier -w my-shop link accept C-1001 C-2040 --note 'married, two cards'",
)
@_A
@_B
@_NOTE
@try_option
@json_option
def accept(a: str, b: str, note: str | None, is_tried: bool, as_json: bool) -> None:
    """Accept a link."""
    _decide(lambda links, author: links.accept(a, b, note=note, is_tried=is_tried, author=author), as_json)


@command(
    "refuse",
    Text(en="Refuse whatever links two identifiers.", fr="Refuser tout ce qui relie deux identifiants."),
    example="quartier -w my-shop link refuse C-1001 email:office@example.com --try",
)
@_A
@_B
@_NOTE
@try_option
@json_option
def refuse(a: str, b: str, note: str | None, is_tried: bool, as_json: bool) -> None:
    """Refuse a link."""
    _decide(lambda links, author: links.refuse(a, b, note=note, is_tried=is_tried, author=author), as_json)


@command(
    "split",
    Text(
        en="Part identifiers of a person from the rest: they become one person, the rest another.",
        fr="Séparer des identifiants d'une personne des autres : ils deviennent une personne, le reste une autre.",
    ),
    example="quartier -w my-shop link split email:ann@example.com phone:+33600000001",
)
@click.argument("identifiers", metavar="IDENTIFIER...", nargs=-1, required=True)
@_NOTE
@try_option
@json_option
def split(identifiers: tuple[str, ...], note: str | None, is_tried: bool, as_json: bool) -> None:
    """Part identifiers."""
    _decide(lambda links, author: links.split(identifiers, note=note, is_tried=is_tried, author=author), as_json)


@command(
    "block",
    Text(
        en="Say that an identifier tells nobody: a shop's phone, a shared mailbox.",
        fr="Dire qu'un identifiant ne désigne personne : le téléphone d'un magasin, une boîte partagée.",
    ),
    example="quartier -w my-shop link block email:office@example.com",
)
@_ONE
@_NOTE
@try_option
@json_option
def block(identifier: str, note: str | None, is_tried: bool, as_json: bool) -> None:
    """Block an identifier."""
    _decide(lambda links, author: links.block(identifier, note=note, is_tried=is_tried, author=author), as_json)


@command(
    "allow",
    Text(
        en="Say that an identifier tells who somebody is, however many share it.",
        fr="Dire qu'un identifiant désigne bien quelqu'un, même si beaucoup le partagent.",
    ),
    example="quartier -w my-shop link allow phone:+33600000001",
)
@_ONE
@_NOTE
@try_option
@json_option
def allow(identifier: str, note: str | None, is_tried: bool, as_json: bool) -> None:
    """Allow an identifier."""
    _decide(lambda links, author: links.allow(identifier, note=note, is_tried=is_tried, author=author), as_json)


@command(
    "undo",
    Text(
        en="Take back the last decision of two identifiers, or of one; the one before it holds again.",
        fr="Annuler la dernière décision sur deux identifiants, ou sur un seul ; la précédente vaut de nouveau.",
    ),
    example="quartier -w my-shop link undo C-1001 email:office@example.com",
)
@click.argument("a", metavar="IDENTIFIER")
@click.argument("b", metavar="[IDENTIFIER]", required=False)
@try_option
@json_option
def undo(a: str, b: str | None, is_tried: bool, as_json: bool) -> None:
    """Take a decision back."""
    _decide(lambda links, author: links.take_back(a, b, is_tried=is_tried, author=author), as_json)


@command(
    "decisions",
    Text(en="List every decision, the newest first.", fr="Lister toutes les décisions, de la plus récente."),
    example="quartier -w my-shop link decisions",
)
@json_option
def decisions(as_json: bool) -> None:
    """List decisions."""
    from quartier.cli.links_shown import plain_decisions, print_decisions

    now = session()
    with now.workspace() as ws:
        found, zone = ws.identification.decisions(), ws.config.zone
    if as_json:
        now.print_json({"decisions": plain_decisions(found)})
    else:
        print_decisions(found, now, zone)


@command(
    "limits",
    Text(
        en="Show the limits within which links are followed, or put those of a file in force.",
        fr="Montrer les limites dans lesquelles les liens sont suivis, ou appliquer celles d'un fichier.",
    ),
    example="quartier -w my-shop link limits --apply limits.yaml --try",
)
@option(
    "--apply",
    "path",
    type=click.Path(path_type=Path),
    text=Text(en="A YAML or JSON file with the limits.", fr="Un fichier YAML ou JSON avec les limites."),
)
@try_option
@json_option
def limits(path: Path | None, is_tried: bool, as_json: bool) -> None:
    """Show or apply limits."""
    now = session()
    if path is not None:
        (document, *_) = documents.read(path)
        _decide(lambda links, author: links.apply_limits(document, is_tried=is_tried, author=author), as_json)
        return
    with now.workspace() as ws:
        found = ws.identification.limits.as_json()
    if as_json:
        now.print_json(found)
    else:
        now.say_line(documents.written(found).rstrip())


for _each in (show, review, match, accept, refuse, split, block, allow, undo, decisions, limits):
    link.add_command(_each)


def _decide(act: Callable[[Any, str], Any], as_json: bool) -> None:
    from quartier.cli.links_shown import print_consequence

    now = session()
    with now.workspace() as ws:
        found = act(ws.identification, now.author)
    if as_json:
        now.print_json(found.as_json())
    else:
        print_consequence(found, now)
