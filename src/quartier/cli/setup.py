"""`quartier init`: make a workspace."""

from pathlib import Path

import click

from quartier.cli.bilingual import command, option
from quartier.cli.session import json_option, session
from quartier.config import Config, problems_of
from quartier.errors import InvalidDefinition
from quartier.language import Text


@command(
    "init",
    Text(
        en="Make a workspace: a folder for your data and your segments.",
        fr="Créer un espace de travail : un dossier pour vos données et vos segments.",
    ),
    example="quartier init my-shop --language fr --currency EUR",
)
@click.argument("folder", type=click.Path(path_type=Path))
@option("--name", text=Text(en="What reports call it.", fr="Son nom dans les rapports."))
@option("--language", type=click.Choice(["en", "fr"]), text=Text(en="Language of reports.", fr="Langue des rapports."))
@option("--currency", text=Text(en="ISO code of the amounts, e.g. EUR.", fr="Code ISO des montants, p. ex. EUR."))
@option("--time-zone", text=Text(en="For example Europe/Paris.", fr="Par exemple Europe/Paris."))
@json_option
def init(
    folder: Path, name: str | None, language: str | None, currency: str | None, time_zone: str | None, as_json: bool
) -> None:
    """Make a workspace."""
    from quartier import create  # the engines take a second to load; help does without them

    now = session()
    given = {
        "name": name or folder.resolve().name,
        "language": language or now.language,
        "currency": currency,
        "time_zone": time_zone,
    }
    try:
        config = Config.model_validate({key: value for key, value in given.items() if value})
    except ValueError as error:
        raise InvalidDefinition("init", problems_of(error)) from error  # type: ignore[arg-type]  # pydantic's own
    path = create(folder, config)
    if as_json:
        now.print_json({"workspace": str(path), **config.model_dump(mode="json")})
        return
    now.say(_MADE, folder=str(path))
    now.say(_NEXT, folder=str(path))


_MADE = Text(en="Workspace {folder} is ready.", fr="L'espace de travail {folder} est prêt.")
_NEXT = Text(
    en="Next: quartier -w {folder} collect orders.csv customers.xlsx",
    fr="Ensuite : quartier -w {folder} collect commandes.csv clients.xlsx",
)
