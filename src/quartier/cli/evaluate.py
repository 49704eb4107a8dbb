"""`quartier evaluate`: the effect of a campaign."""

import click

from quartier.cli.bilingual import command, option
from quartier.cli.persons import names
from quartier.cli.session import json_option, session
from quartier.language import Text


@command(
    "evaluate",
    Text(
        en="Measure what a campaign changed, against its holdout, with intervals.",
        fr="Mesurer ce qu'une campagne a changé, face au groupe témoin, avec des intervalles.",
    ),
    example="quartier -w my-shop evaluate autumn-2026 --outcome 'sum of revenue of Order Completed within 14 days'",
)
@click.argument("campaign")
@option(
    "--outcome",
    required=True,
    text=Text(
        en="What is measured, e.g. 'any Order Completed within 14 days'.",
        fr="Ce qui est mesuré, p. ex. 'au moins un Order Completed sous 14 jours'.",
    ),
)
@option(
    "--segments",
    "wanted",
    text=Text(
        en="Segments to look at, separated by commas (all that divide the audience unless given).",
        fr="Segments à examiner, séparés par des virgules (par défaut tous ceux qui divisent l'audience).",
    ),
)
@json_option
def evaluate(campaign: str, outcome: str, wanted: str | None, as_json: bool) -> None:
    """Measure what a campaign changed."""
    now = session()
    with now.workspace() as ws:
        found = ws.evaluate(campaign, outcome, segments_named=names(wanted))
    if as_json:
        now.print_json(found.as_json())
        return
    for line in found.sentences(now.language):
        now.say_line(line)
