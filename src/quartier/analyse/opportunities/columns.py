"""From the columns of a table of the market to conditions: the same by which a finding opens as a segment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale

from quartier.analyse.opportunities.bands import Band, band
from quartier.analyse.opportunities.definition import Market
from quartier.catalog import Label, Meaning, Trait, ValueType
from quartier.errors import Problem, suggestion
from quartier.identify.places.countries import country_code
from quartier.language import Text, verbatim

Where = dict[str, Any]
AGES = (Meaning.BIRTH_DATE, Meaning.AGE, Meaning.BIRTH_YEAR)
_NUMBERS = frozenset({ValueType.INTEGER, ValueType.NUMBER})
_OLDEST = 130
"""A range of a year of birth that ends below is one of ages."""
_TRUTHS = dict.fromkeys(("true", "yes", "oui", "1"), True) | dict.fromkeys(("false", "no", "non", "0"), False)


@dataclass(frozen=True)
class Value:
    """One value of a column: what it is called, and for whom it holds; None where no person has it."""

    label: Text
    where: Where | None


@dataclass(frozen=True)
class Column:
    """A column of the table that is a trait, and what each of its values means."""

    trait: Trait
    values: Mapping[str, Value]

    @property
    def known(self) -> Where:
        """Of whom the trait is known."""
        return {"trait": self.trait.name, "known": True}


Held = Callable[[Trait], Sequence[str]]
"""Gives the values that persons have of a category, the most frequent first."""


def columns_of(market: Market, traits: Sequence[Trait], held: Held, year: int) -> tuple[list[Column], list[Problem]]:
    """The columns, and all that is wrong with them. `traits` may be compared; `year` is the one of the instant."""
    columns, problems = list[Column](), list[Problem]()
    for place, name in enumerate(market.traits):
        where = f"traits[{place}]"
        trait = trait_named(name, traits)
        if trait is None:
            problems.append(
                Problem(where, _NO_TRAIT.with_(name=name), suggestion(name, [each.name for each in traits]))
            )
            continue
        written = list(dict.fromkeys(each.values[place] for each in market.cells))
        values = _ranges(written, trait, year) if _is_number(trait) else _categories(written, trait, held(trait))
        column = Column(trait, values)
        columns.append(column)
        problems += [Problem(where, each.what, each.remedy) for each in _wrong(column, written, held)]
    return columns, problems


def trait_named(name: str, traits: Sequence[Trait]) -> Trait | None:
    """The trait of that name or label; `age` is whichever says how old somebody is."""
    folded = name.strip().casefold()
    for each in traits:
        if folded in (each.name, each.label.en.casefold(), each.label.fr.casefold()):
            return each
    ages = [each for each in traits if each.meaning in AGES] if folded in ("age", "âge", "age_band") else []
    return min(ages, key=lambda each: AGES.index(each.meaning), default=None)


def _is_number(trait: Trait) -> bool:
    return trait.meaning in AGES or trait.type in _NUMBERS


def _ranges(written: Sequence[str], trait: Trait, year: int) -> dict[str, Value]:
    found = {}
    for each in written:
        told = band(each)
        if told is not None:
            found[each] = Value(_band_label(told, is_age=trait.meaning in AGES), _in_band(trait, told, year))
    return found


def _in_band(trait: Trait, told: Band, year: int) -> Where:
    if trait.meaning is Meaning.BIRTH_DATE:
        return {"trait": trait.name, "age": told.compared(is_whole=True)}
    if trait.meaning is Meaning.BIRTH_YEAR and max(told.low or 0, told.high or 0, told.below or 0) <= _OLDEST:
        return {"trait": trait.name} | _born(told, year)
    return {"trait": trait.name} | told.compared(is_whole=trait.type is ValueType.INTEGER)


def _born(told: Band, year: int) -> Where:
    """A range of ages as one of years of birth: who is born in 1990 counts as 36 in the whole of 2026."""
    if told.below is not None:
        return {"more_than": year - int(told.below)}
    if told.high is None:
        return {"at_most": year - int(told.low or 0)}
    return {"between": [year - int(told.high), year - int(told.low or 0)]}


def _categories(written: Sequence[str], trait: Trait, held: Sequence[str]) -> dict[str, Value]:
    if trait.type is ValueType.BOOLEAN:
        return {each: _truth(_TRUTHS[each.casefold()], trait) for each in written if each.casefold() in _TRUTHS}
    is_country, found = trait.meaning is Meaning.COUNTRY, {}
    for each in written:
        own = [one for one in held if one.casefold() == each.casefold()]
        if not own and is_country and (code := country_code(each)):
            own = [one for one in held if country_code(one) == code]
        where: Where | None = None
        if own:
            where = {"trait": trait.name, **({"is": own[0]} if len(own) == 1 else {"in": own})}
        found[each] = Value(_country(each) if is_country else verbatim(each, each), where)
    return found


def _truth(is_true: bool, trait: Trait) -> Value:
    return Value(_YES if is_true else _NO, {"trait": trait.name, "is": is_true})


def _wrong(column: Column, written: Sequence[str], held: Held) -> list[Problem]:
    """Values that cannot be read, ranges that meet, a column none of whose values anybody has."""
    trait, problems = column.trait, list[Problem]()
    unread = [each for each in written if each not in column.values]
    if unread:
        what, remedy = (_NO_RANGE, _WRITE_RANGE) if _is_number(trait) else (_NO_TRUTH, _WRITE_TRUTH)
        problems.append(Problem("", what.with_(value=unread[0], trait=trait.name, n=len(unread)), remedy))
    if _is_number(trait):
        told = [(each, found) for each in written if (found := band(each))]
        met = [(one, other) for place, (one, own) in enumerate(told) for other, its in told[:place] if own.meets(its)]
        if met:
            problems.append(Problem("", _MEET.with_(first=met[0][1], second=met[0][0]), _APART))
    problems += _same(column)
    if column.values and not any(each.where for each in column.values.values()):
        known = held(trait)
        problems.append(Problem("", _NOBODY.with_(trait=trait.name), suggestion(written[0], known)))
    return problems


def _same(column: Column) -> list[Problem]:
    """Two values of the table that mean the same persons."""
    means = dict[str, str]()
    for written, value in column.values.items():
        other = means.setdefault(str(value.where), written) if value.where else written
        if other != written:
            return [Problem("", _SAME.with_(first=other, second=written), _ADD_UP)]
    return []


def _band_label(told: Band, *, is_age: bool) -> Text:
    low, high, below = told.low, told.high, told.below
    if below is not None:
        return (_UNDER_AGE if is_age else _UNDER).filled(below)
    if high is None:
        return (_FROM_AGE if is_age else _FROM).filled(low)
    return (_AGES if is_age else _BETWEEN).filled(low, high)


@dataclass(frozen=True)
class _Form:
    """A label of a range with its ends to be filled in."""

    en: str
    fr: str

    def filled(self, *ends: float | None) -> Text:
        numbers = [f"{each:g}" for each in ends if each is not None]
        return verbatim(self.en.format(*numbers), self.fr.format(*numbers))


def _country(value: str) -> Text:
    code = country_code(value)
    names = [str(Locale(language).territories.get(code or "", value)) for language in ("en", "fr")]
    return verbatim(*names)


def value_label(trait: Trait, value: str) -> Label:
    """A value of a trait by itself: “Country: France”."""
    said = _country(value) if trait.meaning is Meaning.COUNTRY else verbatim(value, value)
    return Label(
        en=_VALUE.to("en", trait=trait.label.en, value=said), fr=_VALUE.to("fr", trait=trait.label.fr, value=said)
    )  # fmt: skip


def label_of(values: Sequence[Text]) -> Label:
    """A cell by the labels of its values, joined: “France, 65 and over”."""
    return Label(en=", ".join(each.to("en") for each in values), fr=", ".join(each.to("fr") for each in values))


_AGES, _FROM_AGE = _Form("{} to {}", "{} à {} ans"), _Form("{} and over", "{} ans et plus")
_UNDER_AGE = _Form("under {}", "moins de {} ans")
_BETWEEN, _FROM, _UNDER = (
    _Form("{} to {}", "{} à {}"),
    _Form("{} or more", "{} ou plus"),
    _Form("under {}", "moins de {}"),
)
_YES, _NO = Text(en="yes", fr="oui"), Text(en="no", fr="non")
_VALUE = Text(en="{trait}: {value}", fr="{trait} : {value}")
_NO_TRAIT = Text(
    en="no trait that may be compared is called “{name}”",
    fr="aucun trait que l'on puisse comparer ne s'appelle « {name} »",
)
_NO_RANGE = Text(en="“{value}” is no range of “{trait}” (values unread: {n})",
                 fr="« {value} » n'est pas une tranche de « {trait} » (valeurs non lues : {n})")  # fmt: skip
_WRITE_RANGE = Text(en="write 25-34, 65+, <18 or one number", fr="écrivez 25-34, 65+, <18 ou un seul nombre")
_NO_TRUTH = Text(en="“{value}” is neither yes nor no, as “{trait}” is (values unread: {n})",
                 fr="« {value} » n'est ni oui ni non, comme l'est « {trait} » (valeurs non lues : {n})")  # fmt: skip
_WRITE_TRUTH = Text(en="write yes or no", fr="écrivez oui ou non")
_MEET = Text(
    en="the ranges “{first}” and “{second}” overlap", fr="les tranches « {first} » et « {second} » se recouvrent"
)
_APART = Text(en="let each begin after the one before ends: 25-34, 35-44",
              fr="faites commencer chacune après la fin de la précédente : 25-34, 35-44")  # fmt: skip
_SAME = Text(en="“{first}” and “{second}” mean the same", fr="« {first} » et « {second} » veulent dire la même chose")
_ADD_UP = Text(en="add their lines up", fr="additionnez leurs lignes")
_NOBODY = Text(en="nobody has any of the values of “{trait}” that the table has",
               fr="personne n'a aucune des valeurs de « {trait} » du tableau")  # fmt: skip
