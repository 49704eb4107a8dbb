"""`quartier analyse opportunities`: where there is more to win."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quartier.cli import documents
from quartier.cli.bilingual import command, option
from quartier.cli.session import Session, json_option, session
from quartier.errors import InvalidRequest
from quartier.language import Text, whole

if TYPE_CHECKING:
    from quartier.analyse.opportunities.found import AgainstMarket, Growing, InCatalogue, LeftAlone
    from quartier.workspace import Workspace

_DOCUMENTS = frozenset({".yaml", ".yml", ".json"})


@command(
    "opportunities",
    Text(
        en="Say where there is more to win: what is large outside and small in the base.",
        fr="Dire où il y a le plus à gagner : ce qui est grand au-dehors et petit dans la base.",
    ),
    example="quartier -w my-shop analyse opportunities --market population.csv --source Eurostat --year 2025",
)
@option(
    "--market",
    "path",
    metavar="FILE",
    type=click.Path(path_type=Path),
    text=Text(
        en="Put a table of the market in force first: CSV with traits and persons, or a document.",
        fr="Mettre d'abord en vigueur un tableau du marché : CSV avec traits et personnes, ou document.",
    ),
)
@option("--source", text=Text(en="Who counted, for a CSV.", fr="Qui a compté, pour un CSV."))
@option("--year", type=click.IntRange(1900, 2200), text=Text(en="Of the CSV.", fr="Du CSV."))
@option(
    "--against",
    metavar="NAME",
    text=Text(
        en="A table in force; the one given last unless named.",
        fr="Un tableau en vigueur ; le dernier donné par défaut.",
    ),
)
@option(
    "--days",
    type=click.IntRange(1, 730),
    default=90,
    show_default=True,
    text=Text(en="How far back a follow-up counts.", fr="Jusqu'où remontent les relances."),
)
@json_option
def opportunities(
    path: Path | None, source: str | None, year: int | None, against: str | None, days: int, as_json: bool
) -> None:
    """Say where there is more to win."""
    now = session()
    with now.workspace() as ws:
        name = _keep(ws, path, source, year, now.author) if path else against
        found = ws.analysis.opportunities(name, days=days)
    if as_json:
        now.print_json(found.as_json())
        return
    if found.market is None:
        now.say(_NO_MARKET)
    else:
        now.say(_ABOUT, name=found.market.market, source=found.market.source, year=str(found.market.year),
                n=found.market.compared)  # fmt: skip
        _print(found.market, now)
    for each in (found.catalogue, found.contact, found.growth):
        now.out.print()
        _print(each, now)


def _keep(ws: "Workspace", path: Path, source: str | None, year: int | None, author: str) -> str:
    """The name of the table that a file holds, in force now."""
    from quartier.catalog import slug  # pydantic takes a while to load

    if path.suffix.casefold() in _DOCUMENTS:
        (document, *_others) = documents.read(path)
        return ws.markets.apply(document, author=author).market.market
    if source is None or year is None:
        raise InvalidRequest(_NO_SOURCE, remedy=_SAY_THEM)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidRequest(_UNREAD.with_(path=str(path))) from error
    name = slug(path.stem).replace("_", "-")[:60].strip("-")
    return ws.markets.read(text, name=name, source=source, year=year, author=author).market.market


def _print(found: "AgainstMarket | InCatalogue | LeftAlone | Growing", now: Session) -> None:
    """The main finding, every opportunity with its reasons, and what limits them."""
    now.say(found.said)
    if found.findings:
        rows = [
            [
                each.said.to(now.language), whole(each.size, now.language),
                " ".join(why.to(now.language) for why in each.why),
            ]
            for each in found.findings
        ]  # fmt: skip
        now.print_table([_FINDING, _SIZE, _WHY], rows, right=(1,))
    for note in found.notes:
        now.say(note)


_NO_MARKET = Text(
    en="No table of the market is in force: give one with --market, and Quartier says which parts of it you miss.",
    fr="Aucun tableau du marché n'est en vigueur : donnez-en un avec --market, et Quartier dira quelles parts vous "
    "manquez.",
)
_NO_SOURCE = Text(en="a CSV says neither who counted nor when", fr="un CSV ne dit ni qui a compté, ni quand")
_SAY_THEM = Text(en="add --source and --year", fr="ajoutez --source et --year")
_UNREAD = Text(en="{path} cannot be read as text in UTF-8", fr="{path} ne se lit pas comme texte en UTF-8")
_ABOUT = Text(
    en="By “{name}” ({source}, {year}); {n} persons compared.",
    fr="D'après « {name} » ({source}, {year}) ; personnes comparées : {n}.",
)
_FINDING = Text(en="opportunity", fr="opportunité")
_SIZE = Text(en="persons", fr="personnes")
_WHY = Text(en="why", fr="pourquoi")
