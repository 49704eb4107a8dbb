"""The comparison with a market in words, and its cells as segments."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from quartier.analyse.opportunities.columns import Column, label_of
from quartier.analyse.opportunities.found import Finding
from quartier.analyse.opportunities.market import Standing, Weighed
from quartier.catalog import Label, slug
from quartier.errors import nearest
from quartier.language import Alternatives, Plural, Said, Text, amount, percent, verbatim

_LONGEST = 100
_MOST_TOLD = 5
"""Values that nobody has, and cells that cannot be, that are told one by one."""


def label_of_cell(values: Sequence[str], columns: Sequence[Column]) -> Label:
    """What a cell is called: “France, 65 and over”."""
    return label_of([column.values[value].label for column, value in zip(columns, values, strict=True)])


def where_of(values: Sequence[str], columns: Sequence[Column]) -> dict[str, Any] | None:
    """The condition that means the cell; None where nobody has one of its values."""
    parts = [column.values[value].where for column, value in zip(columns, values, strict=True)]
    if not all(parts):
        return None
    return {"all": parts} if len(parts) > 1 else parts[0]


def findings_of(cells: Sequence[Weighed], columns: Sequence[Column], currency: str) -> tuple[Finding, ...]:
    """The opportunities among compared cells, in their order."""
    return tuple(_finding(each, columns, currency) for each in cells if each.standing is Standing.UNTAPPED)


def _finding(each: Weighed, columns: Sequence[Column], currency: str) -> Finding:
    label, where, between = label_of_cell(each.values, columns), where_of(each.values, columns), each.more_interval
    assert where is not None, "what is untapped is in the words of the base"
    assert between is not None, "what is untapped has an estimate"
    fields: dict[str, object] = {
        "own": share(each.penetration or 0.0), "rest": share(each.rest or 0.0),
        "more": round(each.more or 0), "low": round(between.low), "high": round(between.high),
    }  # fmt: skip
    why = _WHY.with_(**fields)
    if each.spend is not None:
        why = _WHY_SPEND.with_(**fields, spend=_money(each.spend, currency))
    written = slug(f"market {label.en}").replace("_", "-")[:_LONGEST].rstrip("-")
    document = {
        "segment": written, "label": label.model_dump(), "population": "everyone", "where": where,
    }  # fmt: skip
    return Finding(label, said_of(each, label), (why,), each.more or 0.0, between, document)


def said_of(each: Weighed, label: Label) -> Said:
    """The two shares of a cell in a sentence."""
    text = _FEW if each.is_few else _SHARES
    return text.with_(cell=_named(label), market=share(each.market_share), base=share(each.base_share))


def heading(cells: Sequence[Weighed], columns: Sequence[Column]) -> Said:
    """The main finding: the cell with the most to win, or that there is none."""
    first = next((each for each in cells if each.standing is Standing.UNTAPPED), None)
    if first is not None:
        return said_of(first, label_of_cell(first.values, columns))
    return _NONE.with_() if cells else _NOT_COMPARED.with_()


def unfit_table(name: str) -> Said:
    """What is said of a table that fitted the traits once."""
    return _UNFIT.with_(name=name)


def notes_of(
    cells: Sequence[Weighed],
    columns: Sequence[Column],
    held: Mapping[str, Sequence[str]],
    *,
    unknown: int,
    outside: int,
) -> tuple[Said, ...]:
    """What limits the comparison; `held` are the values that persons have, by trait."""
    traits = [_named(each.trait.label) for each in columns]
    notes = [_UNKNOWN.with_(n=unknown, traits=traits)] if unknown else []
    notes += [_OUTSIDE.with_(n=outside)] if outside else []
    for column in columns:
        absent = [written for written, value in column.values.items() if value.where is None]
        notes += [_absent(column, each, held.get(column.trait.name, ())) for each in absent[:_MOST_TOLD]]
    beyond = [each for each in cells if each.standing is Standing.IMPOSSIBLE]
    for each in beyond[:_MOST_TOLD]:
        cell = _named(label_of_cell(each.values, columns))
        notes.append(_IMPOSSIBLE.with_(cell=cell, persons=each.persons, market=each.market))
    return tuple(notes)


def _absent(column: Column, written: str, held: Sequence[str]) -> Said:
    fields = {"value": written, "trait": _named(column.trait.label)}
    if near := nearest(written, held):
        return _ABSENT_NEAR.with_(**fields, names=Alternatives(tuple(near)))
    return _ABSENT.with_(**fields)


def share(value: float) -> Text:
    """A share as each language writes it, with two figures that say something: 0.021%."""
    places = 1 if value <= 0 else max(1, 1 - math.floor(math.log10(value * 100)))
    return verbatim(percent(value, "en", places), percent(value, "fr", places))


def _money(value: float, currency: str) -> Text:
    return verbatim(*(amount(value, currency, language, cents=False) for language in ("en", "fr")))


def _named(label: Label) -> Text:
    return verbatim(label.en, label.fr)


_SHARES = Text(
    en="{cell}: {market} of the market, {base} of your base", fr="{cell} : {market} du marché, {base} de votre base"
)
_FEW = Text(
    en="{cell}: {market} of the market, fewer than five persons of your base",
    fr="{cell} : {market} du marché, moins de cinq personnes de votre base",
)
_WHY = Text(
    en="You reach {own} of them, against {rest} in comparable cells. Reached as those, they would be {more} more "
    "persons (95% between {low} and {high}).",
    fr="Vous en touchez {own}, contre {rest} dans les cases comparables. Touchés comme celles-ci, ils seraient {more} "
    "personnes de plus (95 % entre {low} et {high}).",
)
_WHY_SPEND = Text(
    en="You reach {own} of them, against {rest} in comparable cells. Reached as those, they would be {more} more "
    "persons (95% between {low} and {high}), who spend {spend} a year, at any seller.",
    fr="Vous en touchez {own}, contre {rest} dans les cases comparables. Touchés comme celles-ci, ils seraient {more} "
    "personnes de plus (95 % entre {low} et {high}), qui dépensent {spend} par an, tous vendeurs confondus.",
)
_NONE = Text(
    en="No large part of the market is clearly smaller in your base",
    fr="Aucune part importante du marché n'est nettement plus petite dans votre base",
)
_NOT_COMPARED = Text(en="Nobody could be compared with the market", fr="Personne n'a pu être comparé au marché")
_UNFIT = Text(
    en="The table “{name}” no longer fits the traits: give it again",
    fr="Le tableau « {name} » ne va plus avec les traits : donnez-le à nouveau",
)
_UNKNOWN = Plural(
    Text(
        en="{n} person is not compared: not all of this is known of them: {traits}.",
        fr="{n} personne n'est pas comparée : on n'en connaît pas tout ceci : {traits}.",
    ),
    Text(
        en="{n} persons are not compared: not all of this is known of them: {traits}.",
        fr="{n} personnes ne sont pas comparées : on n'en connaît pas tout ceci : {traits}.",
    ),
)
_OUTSIDE = Plural(
    Text(en="{n} person is in no cell of the table.", fr="{n} personne n'est dans aucune case du tableau."),
    Text(en="{n} persons are in no cell of the table.", fr="{n} personnes ne sont dans aucune case du tableau."),
)
_ABSENT = Text(
    en="Nobody in your base has “{value}” as “{trait}”: you do not reach that part of the market, or write it "
    "otherwise.",
    fr="Personne dans votre base n'a « {value} » comme « {trait} » : vous ne touchez pas cette part du marché, ou vous "
    "l'écrivez autrement.",
)
_ABSENT_NEAR = Text(
    en="Nobody in your base has “{value}” as “{trait}”. Did you mean {names}? Otherwise you do not reach that part of "
    "the market.",
    fr="Personne dans votre base n'a « {value} » comme « {trait} ». Vouliez-vous dire {names} ? Sinon, vous ne touchez "
    "pas cette part du marché.",
)
_IMPOSSIBLE = Text(
    en="{cell}: your base has {persons} persons, more than the {market} of the table. Check its unit, its year and "
    "whom it counts; the cell is not compared.",
    fr="{cell} : votre base compte {persons} personnes, plus que les {market} du tableau. Vérifiez son unité, son "
    "année et qui il compte ; la case n'est pas comparée.",
)
