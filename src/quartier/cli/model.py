"""`quartier model`: run a model and write its traits."""

import click

from quartier.cli.bilingual import Group, command, option
from quartier.cli.session import json_option, session
from quartier.cli.words import CUSTOMERS, PERSONS
from quartier.language import Plural, Text, percent, whole

model = Group(
    "model",
    text=Text(en="Compute traits: RFM.", fr="Calculer des traits : RFM."),
    example="quartier -w my-shop model run rfm",
)


@command(
    "run",
    Text(en="Run a model and write its traits.", fr="Calculer un modèle et écrire ses traits."),
    example="quartier -w my-shop model run rfm --bins 5 --within '2 years'",
)
@click.argument("name", type=click.Choice(["rfm"]), metavar="MODEL")
@option(
    "--bins",
    type=click.IntRange(3, 5),
    default=5,
    show_default=True,
    text=Text(en="Bins per axis.", fr="Classes par axe."),
)
@option(
    "--within",
    text=Text(
        en="How far back purchases count, e.g. '2 years'.", fr="Jusqu'où remontent les achats, p. ex. '2 years'."
    ),
)
@json_option
def run(name: str, bins: int, within: str | None, as_json: bool) -> None:
    """Run a model."""
    from quartier.analyse import CLASS_BY_ID  # Arrow and Ibis take a while to load

    now = session()
    with now.workspace() as ws:
        done = ws.run_model({"model": name, "bins": bins, "within": within}, author=now.author)
        added = ws.apply_ready_made(author=now.author)
        ws.refresh()
    if as_json:
        now.print_json({**done.as_json(), "segments_added": [each.definition.name for each in added]})
        return
    now.say(_RUN, customers=CUSTOMERS.with_(n=done.customers), persons=PERSONS.with_(n=done.persons))
    rows = [
        [
            CLASS_BY_ID[key].label.to(now.language),
            whole(n, now.language),
            percent(n / (done.customers or 1), now.language),
        ]
        for key, n in done.classes.items()
    ]
    now.print_table([_CLASS, _CUSTOMERS, _SHARE], rows, right=(1, 2))
    for finding in done.findings:
        now.say(finding)
    if added:
        now.say(_ADDED, n=len(added), folder=str(now.folder))


model.add_command(run)

_RUN = Text(
    en="RFM computed for {customers} of {persons}.",
    fr="RFM calculé pour {customers} sur {persons}.",
)
_CLASS = Text(en="class", fr="classe")
_CUSTOMERS = Text(en="customers", fr="clients")
_SHARE = Text(en="share", fr="part")
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
