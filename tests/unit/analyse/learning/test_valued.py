"""A value that is written, held against the values that persons have."""

import pytest

from quartier.analyse.learning.valued import having
from quartier.catalog import Family, Label, Trait, ValueType
from quartier.errors import NoAnswer

CONVERTED = Trait(
    name="converted", type=ValueType.NUMBER, family=Family.BEHAVIOURAL, label=Label(en="converted", fr="converti")
)


def test_whole_numbers_and_truths_are_found_as_people_write_them():
    has, known = having(CONVERTED, [1.0, 0.0, None], "1")
    assert (has.tolist(), known.tolist()) == ([True, False, False], [True, True, False])
    assert having(CONVERTED, [True, False], "true")[0].tolist() == [True, False]


def test_a_value_that_nobody_has_is_refused_with_those_that_several_have():
    with pytest.raises(NoAnswer) as refusal:
        having(CONVERTED, [0.0] * 9 + [1.0] * 5 + [7.0], "true")
    assert "nobody has the value “true” of “converted”" in refusal.value.to("en")
    assert "its values are: 0, 1" in str(refusal.value), "one person alone has 7"
