"""`quartier report`: the report as one HTML file, its pictures beside it on request."""

from pathlib import Path

import click

from quartier.cli.bilingual import command, option
from quartier.cli.session import json_option, session
from quartier.cli.words import PICTURES
from quartier.language import Language, Text


@command(
    "report",
    Text(
        en="Write the report: one HTML file that opens without a network.",
        fr="Écrire le rapport : un seul fichier HTML, lisible sans réseau.",
    ),
    example="quartier -w my-shop report --lang fr --out rapport.html",
)
@option(
    "--out",
    "path",
    required=True,
    type=click.Path(path_type=Path),
    text=Text(en="HTML file to write.", fr="Fichier HTML à écrire."),
)
@option("--lang", type=click.Choice(["en", "fr"]), text=Text(en="Language of the report.", fr="Langue du rapport."))
@option(
    "--pictures",
    type=click.Path(path_type=Path, file_okay=False),
    text=Text(en="Folder for the charts as PNG and SVG.", fr="Dossier pour les graphiques en PNG et SVG."),
)
@json_option
def report(path: Path, lang: Language | None, pictures: Path | None, as_json: bool) -> None:
    """Write the report."""
    from quartier.report.run import write_report  # charts take a second to load

    now = session()
    with now.workspace() as ws, now.progress(_WRITING) as advance:
        done = write_report(ws, path, lang or ws.config.language, pictures=pictures, progress=advance)
    if as_json:
        now.print_json(done.as_json())
        return
    now.say(_WRITTEN, path=str(path))
    if pictures:
        now.say(_PICTURES, pictures=PICTURES.with_(n=len(done.pictures)), folder=str(pictures))


_WRITING = Text(en="Writing the report", fr="Écriture du rapport")
_WRITTEN = Text(en="Report written to {path}.", fr="Rapport écrit dans {path}.")
_PICTURES = Text(en="Beside it, in {folder}: {pictures}.", fr="Et dans {folder} : {pictures}.")
