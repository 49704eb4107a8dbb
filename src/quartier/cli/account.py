"""`quartier account`: one company or household found, and all that is known of it."""

import click

from quartier.cli.bilingual import Group, command, option
from quartier.cli.session import json_option, sensitive_option, session
from quartier.language import Text

account = Group(
    "account",
    text=Text(
        en="One company or household: found, and all that is known of it.",
        fr="Une entreprise ou un foyer : le trouver, et tout ce que l'on en sait.",
    ),
    example="quartier -w my-shop account show B00012",
)
_WHICH = click.argument("which", metavar="ACCOUNT")


@command(
    "show",
    Text(
        en="Show all that is known of an account: traits, hierarchy, members with roles, events, segments.",
        fr="Montrer tout ce que l'on sait d'un compte : traits, hiérarchie, membres et rôles, événements, segments.",
    ),
    example="quartier -w my-shop account show B00012 --members 20",
)
@_WHICH
@option(
    "--members",
    type=click.IntRange(0, 10_000),
    default=20,
    show_default=True,
    text=Text(en="How many members at most.", fr="Combien de membres au plus."),
)
@option(
    "--events",
    type=click.IntRange(0, 10_000),
    default=10,
    show_default=True,
    text=Text(en="How many of the newest events.", fr="Combien des événements les plus récents."),
)
@sensitive_option
@json_option
def show(which: str, members: int, events: int, sensitive: bool, as_json: bool) -> None:
    """Show all that is known of an account."""
    from quartier.cli.account_shown import print_account

    now = session()
    with now.workspace() as ws:
        found = ws.accounts.profile(which, members=members, events=events, sensitive=sensitive)
        zone = ws.config.zone
    if as_json:
        now.print_json(found.as_json())
    else:
        print_account(found, now, zone)


@command(
    "find",
    Text(
        en="Find accounts by public id, number, SIREN, SIRET, VAT number, domain, or words of the name.",
        fr="Trouver des comptes par identifiant public, numéro, SIREN, SIRET, numéro de TVA, nom de domaine ou mots du "
        "nom.",
    ),
    example="quartier -w my-shop account find 'garage morel'",
)
@click.argument("text", metavar="TEXT")
@option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=25,
    show_default=True,
    text=Text(en="At most so many.", fr="Au plus ce nombre."),
)
@option("--after", text=Text(en="Those after this account.", fr="Ceux qui suivent ce compte."))
@json_option
def find(text: str, limit: int, after: str | None, as_json: bool) -> None:
    """Find accounts."""
    from quartier.cli.account_shown import print_found

    now = session()
    with now.workspace() as ws:
        found = ws.accounts.find(text, limit=limit, after=after)
    if as_json:
        now.print_json(found.as_json())
    else:
        print_found(found, text, now)


@command(
    "tree",
    Text(
        en="Show the hierarchy that an account is in, from the ultimate parent down.",
        fr="Montrer la hiérarchie d'un compte, depuis la tête de groupe.",
    ),
    example="quartier -w my-shop account tree B00012",
)
@_WHICH
@json_option
def tree(which: str, as_json: bool) -> None:
    """Show the hierarchy of an account."""
    from quartier.cli.account_shown import print_tree

    now = session()
    with now.workspace() as ws:
        found = ws.accounts.tree(which)
    if as_json:
        now.print_json({"tree": found.as_json()})
    else:
        print_tree(found, now)


@command(
    "findings",
    Text(
        en="List what is wrong with the records of accounts: numbers, parents, doubles.",
        fr="Lister ce qui ne va pas dans les données des comptes : numéros, parents, doublons.",
    ),
    example="quartier -w my-shop account findings",
)
@json_option
def findings(as_json: bool) -> None:
    """List what is wrong with the records of accounts."""
    from quartier.cli.account_shown import print_findings

    now = session()
    with now.workspace() as ws:
        found = ws.accounts.findings()
    if as_json:
        now.print_json({"findings": [each.as_json() for each in found]})
    else:
        print_findings(found, now)


@command(
    "suggestions",
    Text(
        en="List the persons without a company whose e-mail has the domain of one (`join_by_domain` applies it).",
        fr="Lister les personnes sans entreprise dont l'e-mail a le nom de domaine d'une entreprise (`join_by_domain` "
        "l'applique).",
    ),
    example="quartier -w my-shop account suggestions",
)
@json_option
def suggestions(as_json: bool) -> None:
    """List whom the domain of their e-mail would join to a company."""
    from quartier.cli.account_shown import print_suggestions

    now = session()
    with now.workspace() as ws:
        found = ws.accounts.suggestions()
    if as_json:
        now.print_json({"suggestions": [each.as_json() for each in found]})
    else:
        print_suggestions(found, now)


for _each in (show, find, tree, findings, suggestions):
    account.add_command(_each)
