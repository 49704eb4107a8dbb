"""`quartier example` writes the example shop's files; `quartier demo` takes them down the whole road."""

from pathlib import Path

import click

from quartier.cli.bilingual import command, option
from quartier.cli.session import json_option, session
from quartier.language import Text

PERSONS, SEED = 20_000, 7

_PERSONS = option(
    "--persons",
    type=click.IntRange(50, 1_000_000),
    default=PERSONS,
    show_default=True,
    text=Text(en="Persons in the shop.", fr="Personnes dans la boutique."),
)
_SEED = option("--seed", type=int, default=SEED, show_default=True, text=Text(en="Seed of the shop.", fr="Graine."))


@command(
    "example",
    Text(
        en="Write the files of the example shop (synthetic).",
        fr="Écrire les fichiers de la boutique d'exemple (synthétique).",
    ),
    example="quartier example shop-files",
)
@click.argument("folder", type=click.Path(path_type=Path))
@_PERSONS
@_SEED
@json_option
def example_(folder: Path, persons: int, seed: int, as_json: bool) -> None:
    """Write the files of the example shop."""
    from quartier import example  # NumPy and Arrow take a while to load
    from quartier.cli.road import END

    now = session()
    paths = example.write(folder, seed=seed, end=END, persons=persons)
    if as_json:
        now.print_json({"files": [str(path) for path in paths]})
        return
    now.say(example.SYNTHETIC)
    for path in paths:
        now.say_line(str(path))
    now.say(_NEXT, folder=str(folder))


@command(
    "demo",
    Text(
        en="Take the example shop down the whole road: from files to a measured effect.",
        fr="Faire toute la route avec la boutique d'exemple : des fichiers à un effet mesuré.",
    ),
    example="quartier demo demo",
)
@click.argument("folder", type=click.Path(path_type=Path))
@_PERSONS
@_SEED
@json_option
def demo(folder: Path, persons: int, seed: int, as_json: bool) -> None:
    """Take the example shop down the whole road."""
    from quartier.cli.road import prepared  # so do the engines

    now = session()
    told = prepared(folder, persons, seed, now).travel(is_silent=as_json)
    if as_json:
        now.print_json(told)


_NEXT = Text(
    en="Next: quartier init my-shop\n"
    "      quartier -w my-shop collect {folder}/customers.csv --mapping {folder}/mappings/customers.yaml",
    fr="Ensuite\N{NO-BREAK SPACE}: quartier init ma-boutique\n"
    "          quartier -w ma-boutique collect {folder}/customers.csv --mapping {folder}/mappings/customers.yaml",
)
