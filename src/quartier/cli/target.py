"""`quartier target`: freeze an audience and write its list."""

from pathlib import Path

import click

from quartier.cli.bilingual import Group, command, option
from quartier.cli.persons import names
from quartier.cli.session import json_option, session
from quartier.language import Plural, Text, instant

target = Group(
    "target",
    text=Text(
        en="Act on segments: freeze an audience, write its list.",
        fr="Agir sur les segments : figer une audience, écrire sa liste.",
    ),
    example="quartier -w my-shop target export frequent-buyers --holdout 10% --out list.csv",
)


@command(
    "export",
    Text(
        en="Freeze the members of a segment as an audience, keep a holdout apart, and write the list of the others.",
        fr="Figer les membres d'un segment, mettre à part un groupe témoin et écrire la liste des autres.",
    ),
    example="quartier -w my-shop target export frequent-buyers --holdout 10% --out list.csv --campaign autumn-2026",
)
@click.argument("segment")
@option(
    "--campaign",
    text=Text(
        en="Name of the campaign (segment and date unless given).",
        fr="Nom de la campagne (segment et date par défaut).",
    ),
)
@option(
    "--holdout",
    default="10%",
    show_default=True,
    text=Text(en="Share kept apart, to measure the effect.", fr="Part mise à part, pour mesurer l'effet."),
)
@option(
    "--out",
    "path",
    required=True,
    type=click.Path(path_type=Path),
    text=Text(en="File to write: .csv, .parquet or .json.", fr="Fichier à écrire : .csv, .parquet ou .json."),
)
@option(
    "--traits", text=Text(en="Traits to write, separated by commas.", fr="Traits à écrire, séparés par des virgules.")
)
@option("--replace", is_flag=True, text=Text(en="Write over a file.", fr="Remplacer le fichier s'il existe."))
@json_option
def export(
    segment: str, campaign: str | None, holdout: str, path: Path, traits: str | None, replace: bool, as_json: bool
) -> None:
    """Freeze an audience and write its list."""
    from quartier.target.run import warnings_of  # Arrow and Ibis take a while to load

    now = session()
    name = campaign or f"{segment}-{now.clock.now():%Y-%m-%d}"
    document = {"name": name, "segment": segment, "holdout": holdout}
    with now.workspace() as ws:
        audience, done = ws.freeze_and_export(document, path, traits=names(traits), replace=replace, author=now.author)
        zone = ws.config.zone
    if as_json:
        now.print_json(done.as_json() | {"segment": segment, "holdout": audience.holdout})
        return
    now.say(_WRITTEN, n=done.persons, path=str(path), at=instant(done.at, now.language, zone))
    for warning in warnings_of(audience):
        now.say(warning)
    if done.held_out:
        now.say(_HELD_OUT, n=done.held_out)
        now.say(_NEXT, folder=str(now.folder), name=name)


target.add_command(export)

_WRITTEN = Plural(
    Text(
        en="{n} person written to {path}, frozen at {at}.",
        fr="{n} personne écrite dans {path}, audience figée au {at}.",
    ),
    Text(
        en="{n} persons written to {path}, frozen at {at}.",
        fr="{n} personnes écrites dans {path}, audience figée au {at}.",
    ),
)
_HELD_OUT = Plural(
    Text(
        en="{n} person is held out: not in the list, and not to be contacted for this campaign.",
        fr="{n} personne forme le groupe témoin : absente de la liste, elle ne doit pas être sollicitée.",
    ),
    Text(
        en="{n} persons are held out: not in the list, and not to be contacted for this campaign.",
        fr="{n} personnes forment le groupe témoin : absentes de la liste, elles ne doivent pas être sollicitées.",
    ),
)
_NEXT = Text(
    en="Afterwards: quartier -w {folder} evaluate {name} --outcome 'sum of revenue of Order Completed within 14 days'",
    fr="Ensuite : quartier -w {folder} evaluate {name} --outcome 'somme de revenue de Order Completed sous 14 jours'",
)
