"""How conditions over the earlier values of a trait are bound."""

from quartier.catalog import Trait, ValueType
from quartier.errors import Unusable
from quartier.language import Text
from quartier.segment.bind_compared import COMPARING
from quartier.segment.bind_windows import window
from quartier.segment.binding import Binder, Placed
from quartier.segment.conditions import ChangedLeaf, Comparison, Condition, EarlierLeaf
from quartier.segment.documents import Test
from quartier.segment.earlier_documents import change, own_earlier
from quartier.segment.operators import NUMERIC
from quartier.segment.values import TYPE_WORDS, comparison

SAMENESS = ("is", "is_not")
"""The operators that compare any two values."""


def changed_trait(trait: Trait, test: Test, binder: Binder, place: str) -> Condition:
    """That a trait changed."""
    here = f"{place}.{test.operator}"
    try:
        _check_kept(trait)
        found = change(test.value)
        when = window(found.window, here)
        before, after = _value(trait, found.before, f"{here}.from"), _value(trait, found.after, f"{here}.to")
        if before and before == after and before.operator_key == "is":
            raise Placed(f"{here}.to", Unusable(_SAME_VALUE))
        return ChangedLeaf(trait, when, before, after)
    except Placed as error:
        return binder.unusable(error.place, error.cause)
    except Unusable as error:
        return binder.unusable(here, error)


def compared_with_earlier(trait: Trait, test: Test, binder: Binder, place: str) -> Condition:
    """A trait compared with its own value so long ago."""
    here = f"{place}.{test.operator}"
    try:
        _check_kept(trait)
        ago, times = own_earlier(test.value)
        _check_comparable(trait, test.operator, times)
        return EarlierLeaf(trait, test.operator, ago, times)
    except Unusable as error:
        return binder.unusable(here, error)


def _value(trait: Trait, test: Test | None, place: str) -> Comparison | None:
    try:
        return comparison(test, trait.type) if test else None
    except Unusable as error:
        raise Placed(place, Unusable(error.what)) from error  # the operators that fit say nothing of `from` and `to`


def _check_kept(trait: Trait) -> None:
    if trait.origin != "given":
        raise Unusable(_NOT_KEPT.with_(name=trait.name))


def _check_comparable(trait: Trait, operator: str, times: float) -> None:
    if operator not in COMPARING:
        raise Unusable(_UNFIT.with_(key=operator), _FITTING.with_(names=list(COMPARING)))
    if trait.type is ValueType.TEXTS:
        raise Unusable(_NO_LISTS.with_(name=trait.name), _ASK_FOR_CHANGE)
    if trait.type not in NUMERIC and (operator not in SAMENESS or times != 1):
        type_ = TYPE_WORDS[trait.type]
        raise Unusable(_ONLY_NUMBERS.with_(name=trait.name, type=type_), _FITTING.with_(names=list(SAMENESS)))


_NOT_KEPT = Text(
    en="“{name}” is computed: earlier values are kept of given traits only",
    fr="« {name} » est calculé : seuls les traits donnés gardent leurs valeurs passées",
)
_SAME_VALUE = Text(en="this is the value before the change as well", fr="c'est aussi la valeur d'avant le changement")
_UNFIT = Text(en="`{key}` does not compare with an earlier value", fr="`{key}` ne compare pas à une valeur passée")
_FITTING = Text(en="one of: {names}", fr="au choix : {names}")
_NO_LISTS = Text(
    en="“{name}” is a list: lists are not compared with an earlier one",
    fr="« {name} » est une liste : une liste ne se compare pas à une liste passée",
)
_ASK_FOR_CHANGE = Text(
    en="ask whether it changed: `changed: {{within: 90 days}}`",
    fr="demandez s'il y a eu un changement : `changed: {{within: 90 days}}`",
)
_ONLY_NUMBERS = Text(
    en="only numbers are more or less than an earlier one, or so many times it; “{name}” is {type}",
    fr="seul un nombre dépasse un nombre passé, ou en vaut tant de fois ; « {name} » est {type}",
)
