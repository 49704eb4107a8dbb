"""The example shop as the files that a shop would have, with their mappings, a manifest and a word of warning."""

import datetime as dt
import json
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from quartier.example import tables
from quartier.example.arrays import stream
from quartier.example.campaign import Aftermath
from quartier.example.faults import IN_CUSTOMERS, IN_ORDER_LINES, Fault, with_faults
from quartier.example.notice import FileInWords, notice
from quartier.example.shop import PERSONS, Shop, generate
from quartier.language import Text

CUSTOMERS, ORDER_LINES, WEB_EVENTS = "customers.csv", "order-lines.csv", "web-events.parquet"
EMAIL_EVENTS, SURVEY, ACCOUNTS = "email-events.csv", "survey.csv", "accounts.csv"
LATER_ORDER_LINES = "order-lines-after-campaign.csv"
README, MANIFEST, MAPPINGS = "README.txt", "manifest.json", "mappings"
ABOUT: dict[str, Text] = {
    ACCOUNTS: Text(en="business accounts", fr="comptes d'entreprises"),
    CUSTOMERS: Text(en="customers, as a French shop exports them", fr="clients, tels qu'une boutique les exporte"),
    ORDER_LINES: Text(
        en="order lines in euros and Swiss francs; a negative quantity came back",
        fr="lignes de commande en euros et en francs suisses\N{NO-BREAK SPACE}; une quantité négative est un retour",
    ),
    WEB_EVENTS: Text(en="pages and products seen on the site", fr="pages et produits vus sur le site"),
    EMAIL_EVENTS: Text(
        en="newsletters delivered, opened, clicked", fr="lettres d'information reçues, ouvertes, cliquées"
    ),
    SURVEY: Text(en="answers to a survey, from 1 to 5", fr="réponses à une enquête, de 1 à 5"),
}
FAULTS: dict[str, tuple[Fault, ...]] = {CUSTOMERS: IN_CUSTOMERS, ORDER_LINES: IN_ORDER_LINES}
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write(folder: Path, *, seed: int, end: dt.date, persons: int = PERSONS) -> list[Path]:
    """Write the shop of a seed into `folder` and return the files of data, in the order in which to collect them.

    Beside them: `README.txt` (all is synthetic, in both languages), `manifest.json` (rows and faults of each file) and
    `mappings/` with a mapping for each file. The same seed, number of persons and end give the same bytes.
    """
    return write_shop(folder, generate(seed=seed, end=end, persons=persons))


def write_shop(folder: Path, shop: Shop) -> list[Path]:
    """Write the files of a shop that has been drawn already; see `write`."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = _contents(shop)
    for name, table in contents.items():
        _write_table(folder / name, table)
    _write_mappings(folder / MAPPINGS)
    (folder / MANIFEST).write_text(json.dumps(_manifest(shop, contents), indent=2) + "\n", encoding="utf-8")
    (folder / README).write_text(notice(_described(contents)), encoding="utf-8")
    return [folder / name for name in contents]


def write_aftermath(folder: Path, aftermath: Aftermath) -> Path:
    """Write the orders after the campaign, in the form of `order-lines.csv` and for the same mapping."""
    path = folder / LATER_ORDER_LINES
    _write_table(path, tables.later_order_lines(aftermath.orders, aftermath.lines))
    return path


def mapping_of(path: Path) -> Path:
    """The mapping that was written for a file of the shop, or for the orders after its campaign."""
    name = ORDER_LINES if path.name == LATER_ORDER_LINES else path.name
    return path.parent / MAPPINGS / Path(name).with_suffix(".yaml")


def _contents(shop: Shop) -> dict[str, pa.Table]:
    """What each file holds, in the order in which to collect them."""
    rng = stream(shop.seed, "faults")
    return {
        ACCOUNTS: tables.accounts(shop),
        CUSTOMERS: with_faults(rng, tables.customers(shop), FAULTS[CUSTOMERS]),
        ORDER_LINES: with_faults(rng, tables.order_lines(shop), FAULTS[ORDER_LINES]),
        WEB_EVENTS: tables.web_events(shop),
        EMAIL_EVENTS: tables.email_events(shop),
        SURVEY: tables.answers(shop),
    }


def _described(contents: dict[str, pa.Table]) -> list[FileInWords]:
    return [FileInWords(name, ABOUT[name], len(table), FAULTS.get(name, ())) for name, table in contents.items()]


def _write_table(path: Path, table: pa.Table) -> None:
    if path.suffix == ".parquet":
        pyarrow.parquet.write_table(table, path, compression="zstd")
        return
    is_french = path.name == CUSTOMERS
    delimiter = ";" if is_french else ","
    options = pyarrow.csv.WriteOptions(include_header=False, delimiter=delimiter, quoting_style="none")
    with path.open("wb") as file:
        file.write(BYTE_ORDER_MARK if is_french else b"")
        file.write((delimiter.join(table.column_names) + "\n").encode())
        pyarrow.csv.write_csv(table, file, options)


def _write_mappings(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for source in sorted(resources.files("quartier.example").joinpath(MAPPINGS).iterdir(), key=lambda each: each.name):
        (folder / source.name).write_bytes(source.read_bytes())


def _manifest(shop: Shop, contents: dict[str, pa.Table]) -> dict[str, Any]:
    return {
        "synthetic": True,
        "seed": shop.seed,
        "persons": len(shop.persons),
        "end": shop.end.isoformat(),
        "files": {
            name: {"rows": len(table), "faults": {fault.name: fault.rows for fault in FAULTS.get(name, ())}}
            for name, table in contents.items()
        },
    }
