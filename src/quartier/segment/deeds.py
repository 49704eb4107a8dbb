"""What a leaf over events says of persons: what they did, how often, how much, how long ago."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from quartier.catalog import EventType
from quartier.language import Plural, Text, joined
from quartier.segment.clauses import Clause, Reader, who, whose
from quartier.segment.conditions import Comparison, EventLeaf, PropertyTest
from quartier.segment.numbers import holds_for_number
from quartier.segment.predicates import compared, counted, predicate
from quartier.segment.vocabulary import Deed, Unit, deed, line_noun, property_noun, together
from quartier.segment.wall_clock_words import clock_words
from quartier.segment.window_words import after_noun, window_words
from quartier.segment.windows import EVER


def deed_clause(leaf: EventLeaf, reader: Reader) -> Clause:
    """What a leaf over events says of persons."""
    special = _SPECIAL.get((leaf.events[0].name, leaf.measure.kind, leaf.measure.path))
    if special and len(leaf.events) == 1 and leaf.comparison.operator_key in _AS_AMOUNT:
        return _special(special, leaf, reader)
    return _CLAUSES[leaf.measure.kind](leaf, reader)


def never_clause(leaf: EventLeaf, reader: Reader) -> Clause:
    """That no such event happened: “did not place an order in the last 90 days”, « n'ont jamais passé de commande »."""
    parts = _Parts.of(leaf, reader)
    said = _NEVER if leaf.window == EVER else _DID_NOT
    return who(reader, said, done=parts.said(lambda each: each.done, "or"),
               not_done=parts.not_done(), window=parts.window)  # fmt: skip


def done_and_not_done(leaf: EventLeaf, reader: Reader) -> tuple[str, str]:
    """“placed an order” and, after “did not”, “place an order”: the events of a leaf, without its window."""
    parts = _Parts.of(leaf, reader)
    return parts.said(lambda each: each.done, "or"), parts.not_done()


def is_some(leaf: EventLeaf) -> bool:
    """Whether the leaf asks for at least one event and nothing more."""
    return leaf.measure.kind == "count" and leaf.comparison in (
        Comparison("at_least", 1), Comparison("more_than", 0))  # fmt: skip


@dataclass(frozen=True)
class _Parts:
    """The pieces that every clause over events is made of."""

    deeds: tuple[Deed, ...]
    tests: str
    window: str
    reader: Reader

    @classmethod
    def of(cls, leaf: EventLeaf, reader: Reader) -> "_Parts":
        deeds = tuple(deed(event, reader) for event in leaf.events)
        kept = deeds if len(deeds) <= _MOST_NAMED else (together(deeds, reader),)
        return cls(kept, _tests(leaf, reader), window_words(leaf.window, reader), reader)

    def said(self, form: Callable[[Deed], Text], word: Literal["and", "or"] = "and") -> str:
        """One form of every event, joined, with the tests after the last."""
        texts = [self.reader.said(form(each), tests=self.tests) for each in self.deeds]
        return joined(texts, self.reader.language, word)

    def not_done(self) -> str:
        """What was not done: “place an order or view a page”, « passé de commande ni consulté de page »."""
        texts = [self.reader.said(each.not_done, tests=self.tests) for each in self.deeds]
        return self.reader.said(_NOR).join(texts)

    @property
    def of_window(self) -> str:
        """The window after a noun: « les commandes d'il y a entre 30 et 90 jours »."""
        return after_noun(self.window, self.reader)


def _count(leaf: EventLeaf, reader: Reader) -> Clause:
    if is_zero_only(leaf.comparison):
        return never_clause(leaf, reader)
    parts = _Parts.of(leaf, reader)
    if leaf.comparison.operator_key == "is_not" or (len(parts.deeds) > 1 and not is_some(leaf)):
        return _number_of_events(leaf, reader)
    if is_some(leaf):
        return who(reader, _DID, done=parts.said(lambda each: each.done, "or"), window=parts.window)
    times = parts.deeds[0].counted.to(
        reader.language, n=_greatest(leaf.comparison), count=compared(leaf.comparison, reader), tests=parts.tests
    )
    return who(reader, _DID, done=times, window=parts.window)


def _of_calendar(leaf: EventLeaf, reader: Reader) -> Clause:
    """On how many different days, in how many weeks or months."""
    if is_zero_only(leaf.comparison):
        return never_clause(leaf, reader)
    if leaf.comparison.operator_key == "is_not":
        return _measured(_NUMBER_OF_DAYS[leaf.measure.kind], leaf, reader)
    parts, n = _Parts.of(leaf, reader), _greatest(leaf.comparison)
    times = _ON_DAYS[leaf.measure.kind].to(reader.language, n=n, count=compared(leaf.comparison, reader))
    return who(reader, _DID, done=parts.said(lambda each: each.done, "or") + times, window=parts.window)


def is_zero_only(comparison: Comparison) -> bool:
    """Whether zero events, and no other number of them, satisfy the comparison of a count."""
    return holds_for_number(comparison, 0) and not any(holds_for_number(comparison, n) for n in (1, 10**9))


def _number_of_events(leaf: EventLeaf, reader: Reader) -> Clause:
    return _measured(_NUMBER_OF, leaf, reader)


def _days_since(leaf: EventLeaf, reader: Reader) -> Clause:
    parts = _Parts.of(leaf, reader)
    key = leaf.comparison.operator_key
    is_last = leaf.measure.kind == "days_since_last"
    subject = parts.said(lambda each: each.last if is_last else each.first, "or")
    if key == "between":
        return whose(
            reader.said(_AGO_BETWEEN, subject=subject, window=parts.of_window, **_bounds(leaf.comparison, reader))
        )
    length = _length(leaf.comparison, reader)
    return whose(reader.said(_AGO, subject=subject, window=parts.of_window, length=length))


def _bounds(comparison: Comparison, reader: Reader) -> dict[str, str]:
    pair: Any = comparison.value
    low, high = pair
    return {"low": counted(low, reader), "first": counted(low, reader, "days"), "high": counted(high, reader, "days")}


def _length(comparison: Comparison, reader: Reader) -> str:
    exact: Any = comparison.value
    return reader.said(_LENGTHS[comparison.operator_key], days=counted(exact, reader, "days"))


def _of_property(pattern: Text) -> Callable[[EventLeaf, Reader], Clause]:
    return lambda leaf, reader: _measured(pattern, leaf, reader)


def _measured(pattern: Text, leaf: EventLeaf, reader: Reader) -> Clause:
    """A measure as the subject of its comparison: “whose average price over orders is more than €20”."""
    parts, (noun, unit) = _Parts.of(leaf, reader), _measured_noun(leaf, reader)
    things = parts.said(lambda each: each.things)
    is_basket = (
        not leaf.where and not leaf.when and (leaf.events[0].name, leaf.measure.kind, leaf.measure.path) == _BASKET
    )
    said = _AVERAGE_ORDER if is_basket else pattern
    subject = reader.said(said, noun=noun, of_noun=of_the(noun, reader), things=things, window=parts.of_window)
    return whose(predicate(subject, leaf.comparison, reader, _unit(leaf, unit)))


def measured_subject(leaf: EventLeaf, reader: Reader) -> str:
    """A measure of events as a noun: “number of orders in the last year”, « la somme du montant des commandes »."""
    parts, (noun, _) = _Parts.of(leaf, reader), _measured_noun(leaf, reader)
    if leaf.measure.kind in ("first", "last"):
        one = parts.said(lambda each: each.last if leaf.measure.kind == "last" else each.first, "or")
        return reader.said(_OF_ONE, noun=noun, one=one, window=parts.of_window)
    things = parts.said(lambda each: each.things)
    pattern = _MEASURES[leaf.measure.kind]
    return reader.said(pattern, noun=noun, of_noun=of_the(noun, reader), things=things, window=parts.of_window)


def _of_one(leaf: EventLeaf, reader: Reader) -> Clause:
    """A property of the first or last event."""
    parts, (noun, unit) = _Parts.of(leaf, reader), _measured_noun(leaf, reader)
    one = parts.said(lambda each: each.last if leaf.measure.kind == "last" else each.first, "or")
    subject = reader.said(_OF_ONE, noun=noun, one=one, window=parts.of_window)
    return whose(predicate(subject, leaf.comparison, reader, unit))


def of_the(noun: str, reader: Reader) -> str:
    """« du montant », « de la quantité », « de l'âge », « de « Points » »; English nouns stay as they are."""
    if reader.language == "en":
        return noun
    return f"du {noun.removeprefix('le ')}" if noun.startswith("le ") else f"de {noun}"


def _measured_noun(leaf: EventLeaf, reader: Reader) -> tuple[str, Unit | None]:
    if leaf.measure.declared is None:
        return "", None
    return property_noun(leaf.measure.declared, reader)


def _unit(leaf: EventLeaf, unit: Unit | None) -> Unit | None:
    return None if leaf.measure.kind in ("count", "distinct") else unit


@dataclass(frozen=True)
class _Special:
    """A measure of a common event that has a verb of its own: “spent more than €500”."""

    plain: Text
    tested: Text
    unit: Unit | None


def _special(special: _Special, leaf: EventLeaf, reader: Reader) -> Clause:
    parts = _Parts.of(leaf, reader)
    things = parts.said(lambda each: each.things)
    said = special.tested if leaf.where or leaf.when else special.plain
    fields = {"things": things, "window": parts.window, "amount": compared(leaf.comparison, reader, special.unit)}
    return who(reader, said, **fields)


def _tests(leaf: EventLeaf, reader: Reader) -> str:
    """“ whose amount is more than €100 and containing a product whose category is “shoes””."""
    event = leaf.events[0]
    own = [_test(test, reader) for test in leaf.where if not test.is_of_a_line]
    heads = dict.fromkeys(test.path.partition(".")[0] for test in leaf.where if test.is_of_a_line)
    said = [_each_whose(own, reader)] if own else []
    said += [_line_tests(head, leaf, event, reader) for head in heads]
    said += [clock_words(leaf.when, reader)] if leaf.when else []
    return f" {', '.join(said)}" if said else ""


def _each_whose(tests: Sequence[str], reader: Reader) -> str:
    return joined([reader.said(_WHOSE, test=test) for test in tests], reader.language)


def _line_tests(head: str, leaf: EventLeaf, event: EventType, reader: Reader) -> str:
    tests = [_test(test, reader) for test in leaf.where if test.path.startswith(f"{head}.")]
    return reader.said(_CONTAINING, line=line_noun(head, event, reader), tests=_each_whose(tests, reader))


def _test(test: PropertyTest, reader: Reader) -> str:
    noun, unit = property_noun(test.declared, reader)
    return predicate(noun, test.comparison, reader, unit)


def _greatest(comparison: Comparison) -> float:
    value: Any = comparison.value
    return float(value[1] if comparison.operator_key == "between" else value)


_NOR = Text(en=" or ", fr=" ni ")
_WHOSE = Text(en="whose {test}", fr="dont {test}")
_CONTAINING = Text(en="containing {line} {tests}", fr="contenant {line} {tests}")
_DID = Text(en="{done}{window}", fr="{has} {done}{window}")
_NEVER = Text(en="never {done}", fr="{has_not} jamais {not_done}")
_DID_NOT = Text(en="did not {not_done}{window}", fr="{has_not} pas {not_done}{window}")
_AGO = Text(en="{subject}{window} was {length} ago", fr="{subject}{window} remonte {length}")
_AGO_BETWEEN = Text(
    en="{subject}{window} was between {low} and {high} ago",
    fr="{subject}{window} remonte à {first} au moins et à {high} au plus",
)
_LENGTHS = {
    "is": Text(en="exactly {days}", fr="exactement à {days}"),
    "more_than": Text(en="more than {days}", fr="à plus de {days}"),
    "at_least": Text(en="at least {days}", fr="à {days} au moins"),
    "less_than": Text(en="less than {days}", fr="à moins de {days}"),
    "at_most": Text(en="at most {days}", fr="à {days} au plus"),
}
_NUMBER_OF = Text(en="number of {things}{window}", fr="le nombre de {things}{window}")
_ON_DAYS = {
    "days": Plural(
        Text(en=" on {count} day", fr=" sur {count} jour différent"),
        Text(en=" on {count} different days", fr=" sur {count} jours différents"),
    ),
    "weeks": Plural(
        Text(en=" in {count} week", fr=" sur {count} semaine différente"),
        Text(en=" in {count} different weeks", fr=" sur {count} semaines différentes"),
    ),
    "months": Plural(
        Text(en=" in {count} month", fr=" sur {count} mois différent"),
        Text(en=" in {count} different months", fr=" sur {count} mois différents"),
    ),
}
_NUMBER_OF_DAYS = {
    "days": Text(
        en="number of different days of {things}{window}", fr="le nombre de jours différents des {things}{window}"
    ),
    "weeks": Text(
        en="number of different weeks of {things}{window}", fr="le nombre de semaines différentes des {things}{window}"
    ),
    "months": Text(
        en="number of different months of {things}{window}", fr="le nombre de mois différents des {things}{window}"
    ),
}
_OF_ONE = Text(en="{noun} of the {one}{window}", fr="{noun} de {one}{window}")
_SPENT = _Special(
    Text(en="spent {amount}{window}", fr="{has} dépensé {amount}{window}"),
    Text(en="spent {amount} on {things}{window}", fr="{has} dépensé {amount} en {things}{window}"),
    "money",
)
_GIVEN_BACK = _Special(
    Text(en="got {amount} back{window}", fr="{gets} fait rembourser {amount}{window}"),
    Text(en="got {amount} back on {things}{window}", fr="{gets} fait rembourser {amount} en {things}{window}"),
    "money",
)
_BOUGHT = _Special(
    Text(en="bought {amount} items{window}", fr="{has} acheté {amount} articles{window}"),
    Text(en="bought {amount} items in {things}{window}", fr="{has} acheté {amount} articles dans des {things}{window}"),
    None,
)
_SPECIAL: dict[tuple[str, str, str | None], _Special] = {
    ("Order Completed", "sum", "revenue"): _SPENT,
    ("Order Refunded", "sum", "revenue"): _GIVEN_BACK,
    ("Order Completed", "sum", "products.quantity"): _BOUGHT,
}
_BASKET = ("Order Completed", "mean", "revenue")
_AVERAGE_ORDER = Text(en="average order{window}", fr="le panier moyen{window}")
_MOST_NAMED = 3
"""How many kinds of events a sentence names by their verbs; more are listed as actions."""
_AS_AMOUNT = ("is", "more_than", "at_least", "less_than", "at_most", "between")
_MEASURES = {
    "count": _NUMBER_OF,
    **_NUMBER_OF_DAYS,
    "most_frequent": Text(
        en="most frequent {noun} in {things}{window}",
        fr="la valeur la plus fréquente {of_noun} dans les {things}{window}",
    ),
    "distinct": Text(
        en="number of different values of {noun} in {things}{window}",
        fr="le nombre de valeurs différentes {of_noun} dans les {things}{window}",
    ),
    "sum": Text(en="total {noun} of {things}{window}", fr="la somme {of_noun} des {things}{window}"),
    "mean": Text(en="average {noun} of {things}{window}", fr="la moyenne {of_noun} des {things}{window}"),
    "min": Text(en="lowest {noun} in {things}{window}", fr="la plus petite valeur {of_noun} dans les {things}{window}"),
    "max": Text(
        en="highest {noun} in {things}{window}", fr="la plus grande valeur {of_noun} dans les {things}{window}"
    ),
}
_CLAUSES: dict[str, Callable[[EventLeaf, Reader], Clause]] = {
    "count": _count,
    "days": _of_calendar,
    "weeks": _of_calendar,
    "months": _of_calendar,
    **{kind: _of_property(_MEASURES[kind]) for kind in ("distinct", "sum", "mean", "min", "max", "most_frequent")},
    "first": _of_one,
    "last": _of_one,
    "days_since_first": _days_since,
    "days_since_last": _days_since,
}
