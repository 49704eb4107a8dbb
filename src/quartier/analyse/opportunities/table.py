"""A table of the market as people have it: text with a head, a column per trait, `persons`, and perhaps `spend`."""

import csv
import re
from typing import Any

from quartier.errors import InvalidDefinition, Problem
from quartier.language import Text

PERSONS = frozenset({"persons", "people", "population", "personnes", "habitants", "individus"})
SPEND = frozenset({"spend", "spending", "expenditure", "depenses", "dépenses", "depense", "dépense"})
LONGEST = 400_000
"""Characters of a table: more than 2,000 lines of any public statistic."""
_MOST_PROBLEMS = 20
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .,'’\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\d{3})+")
_SEPARATORS = re.compile(r"[ .,'’\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")


def document_of(text: str, *, name: str, source: str, year: int) -> dict[str, Any]:
    """The document of a market from its table.

    Raises InvalidDefinition with every line that cannot be read.
    """
    rows = _rows(text[:LONGEST], name)
    heads = [each.strip() for each in rows[0][1]]
    persons, spend = _place(heads, PERSONS), _place(heads, SPEND)
    if persons is None:
        raise InvalidDefinition(name, [Problem("1", _NO_PERSONS.with_(heads=heads), _NAME_IT)])
    traits = [place for place in range(len(heads)) if place not in (persons, spend)]
    cells, problems = list[dict[str, Any]](), list[Problem]()
    for line, row in rows[1:]:
        if len(row) != len(heads):
            problems.append(Problem(str(line), _WIDTH.with_(fields=len(row), heads=len(heads))))
            continue
        counted, spent = _whole(row[persons]), _decimal(row[spend]) if spend is not None else None
        if counted is None:
            problems.append(Problem(f"{line}, {heads[persons]}", _NO_COUNT, _PERSONS_THEMSELVES))
        if spend is not None and spent is None:
            problems.append(Problem(f"{line}, {heads[spend]}", _NO_NUMBER))
        cell = {"values": [row[place].strip() for place in traits], "persons": counted}
        cells.append(cell | ({"spend": spent} if spend is not None else {}))
    if problems:
        raise InvalidDefinition(name, problems[:_MOST_PROBLEMS])
    return {
        "kind": "market", "market": name, "source": source, "year": year,
        "traits": [heads[place] for place in traits], "cells": cells,
    }  # fmt: skip


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, with their numbers; the head says what separates them."""
    lines = [(number, line) for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1) if line.strip()]
    if len(lines) < 2:
        raise InvalidDefinition(name, [Problem("", _NO_TABLE, _WRITE_ONE)])
    separator = max("\t;,", key=lines[0][1].count)
    return [(number, next(csv.reader([line], delimiter=separator))) for number, line in lines]


def _place(heads: list[str], names: frozenset[str]) -> int | None:
    return next((place for place, head in enumerate(heads) if head.casefold() in names), None)


def _whole(written: str) -> int | None:
    text = written.strip()
    if _THOUSANDS.fullmatch(text):
        text = _SEPARATORS.sub("", text)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 13 else None


def _decimal(written: str) -> float | None:
    if (number := _whole(written)) is not None:
        return float(number)
    text = re.sub(r"[ '’\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", "", written.strip()).replace(",", ".")
    return float(text) if re.fullmatch(r"\d{1,13}\.\d+", text) else None


_NO_TABLE = Text(
    en="there is no table with a head and lines", fr="il n'y a pas de tableau avec un en-tête et des lignes"
)
_WRITE_ONE = Text(
    en="write a head such as country,age,persons and one line per cell, as CSV",
    fr="écrivez un en-tête comme country,age,persons et une ligne par case, en CSV",
)
_NO_PERSONS = Text(
    en="none of the columns says how many persons there are: {heads}",
    fr="aucune colonne ne dit combien il y a de personnes : {heads}",
)
_NAME_IT = Text(en="call that column “persons”", fr="nommez cette colonne « persons »")
_WIDTH = Text(en="{fields} fields under {heads} heads", fr="{fields} champs sous {heads} en-têtes")
_NO_COUNT = Text(en="no whole number of persons", fr="pas un nombre entier de personnes")
_PERSONS_THEMSELVES = Text(
    en="write persons, not thousands: 7901000", fr="écrivez des personnes, pas des milliers : 7901000"
)
_NO_NUMBER = Text(en="no amount", fr="pas un montant")
