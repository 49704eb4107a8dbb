"""`quartier segment ready-made`: what the library holds, and the kinds of it that are asked for."""

from typing import TYPE_CHECKING

import click

from quartier.cli.bilingual import command
from quartier.cli.session import Session, json_option, session
from quartier.language import Text

if TYPE_CHECKING:
    from quartier.catalog import Catalog


@command(
    "ready-made",
    Text(
        en="Put the named kinds of ready-made segments in force; without a name, list them all.",
        fr="Mettre en vigueur les segments prêts à l'emploi nommés ; sans nom, les énumérer tous.",
    ),
    example="quartier -w my-shop segment ready-made birthday-30-days top-spenders",
)
@click.argument("kinds", metavar="[KIND]...", nargs=-1)
@json_option
def ready_made_(kinds: tuple[str, ...], as_json: bool) -> None:
    """List the library, or put kinds of it in force."""
    now = session()
    with now.workspace() as ws:
        if not kinds:
            _say_library(ws.catalog, now, as_json=as_json)
            return
        done = ws.apply_ready_made(kinds, author=now.author)
    names = [each.definition.name for each in done]
    if as_json:
        now.print_json({"segments_added": names})
    elif names:
        now.say(_ADDED, names=names)
    else:
        now.say(_NOTHING_ADDED)


def _say_library(catalog: "Catalog", now: Session, *, as_json: bool) -> None:
    from quartier.segment.ready_made import LIBRARY

    fits = {kind.name: all(need.is_met(catalog) for need in kind.needs) for kind in LIBRARY}
    if as_json:
        now.print_json([{**kind.as_json(), "data_support_it": fits[kind.name]} for kind in LIBRARY])
        return
    rows = [
        [kind.name, kind.about.to(now.language), (_YES if fits[kind.name] else _NO).to(now.language)]
        for kind in LIBRARY
    ]
    now.print_table([_KIND, _ABOUT, _FITS], rows)


_KIND = Text(en="kind", fr="segment")
_ABOUT = Text(en="who they are", fr="de qui il s'agit")
_FITS = Text(en="data there", fr="données présentes")
_YES = Text(en="yes", fr="oui")
_NO = Text(en="no", fr="non")
_ADDED = Text(en="Now in force: {names}.", fr="Désormais en vigueur : {names}.")
_NOTHING_ADDED = Text(
    en="Nothing new: they were in force already, or the data that they need are missing.",
    fr="Rien de nouveau : ils étaient déjà en vigueur, ou les données nécessaires manquent.",
)
