"""Earlier values of a trait: that it changed in a window, from and to some values, and how it compares with itself."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from quartier.catalog import Subject, Trait, ValueType
from quartier.segment.bind_compared import COMPARING
from quartier.segment.bind_earlier import SAMENESS
from quartier.segment.operators import DISCRETE, NUMERIC
from tests.generative.compared import FACTORS
from tests.generative.worlds import CATALOG, DURATIONS

Document = dict[str, Any]


@st.composite
def changed(
    draw: Any, of: Subject, windows: st.SearchStrategy[Document], value: Callable[[Trait], st.SearchStrategy[Any]]
) -> Document:
    """That a trait changed, often whatever the values."""
    trait = draw(st.sampled_from([each for each in CATALOG.traits if each.of == of]))
    asked = draw(windows)
    if trait.type in DISCRETE:
        several = trait.type is not ValueType.BOOLEAN
        for key in draw(st.sampled_from([[], [], ["from"], ["to"], ["from", "to"]])):
            asked[key] = draw(
                value(trait) | st.lists(value(trait), min_size=1, max_size=3) if several else value(trait)
            )
        if asked.get("from") == asked.get("to"):
            asked.pop("to", None)
    return {"trait": trait.name, "changed": asked}


@st.composite
def compared_with_earlier(draw: Any, of: Subject) -> Document:
    """A trait and its own value so long ago."""
    trait = draw(st.sampled_from([each for each in CATALOG.traits if each.of == of and each.type != ValueType.TEXTS]))
    is_number = trait.type in NUMERIC
    factor = draw(st.sampled_from(FACTORS)) if is_number else {}
    operator = draw(st.sampled_from(COMPARING if is_number else SAMENESS))
    return {"trait": trait.name, operator: {"ago": draw(st.sampled_from(DURATIONS)), **factor}}
