"""Two numbers of a person compared: a trait or a measure with a trait, or a measure with an earlier window."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from quartier.catalog import Subject
from quartier.segment.bind_compared import COMPARING
from quartier.segment.event_documents import COUNTED, WINDOW_KEYS
from quartier.segment.operators import OPERATORS

Document = dict[str, Any]
Drawing = Callable[[str], st.SearchStrategy[Document]]
FACTORS: list[Document] = [{}, {"times": 2}, {"times": 0.1}, {"times": 1.5}, {"times": 0.3}]
MEASURES = ["count", "distinct", "sum", "mean", "min", "max", "days", "weeks", "months", "first", "last"]


@st.composite
def compared(draw: Any, of: Subject, events_measured: Drawing, windows: Drawing) -> Document:
    """A comparison, from the conditions over events that measure something and the windows of some kind."""
    operator, factor = draw(st.sampled_from(COMPARING)), draw(st.sampled_from(FACTORS))
    numbers = ["t_number", "t_integer"] if of == "person" else ["a_number", "a_integer"]
    if of == "account" or draw(st.integers(0, 2)) == 0:
        left, right = draw(st.permutations(numbers))
        return {"trait": left, operator: {"trait": right, **factor}}
    measure = draw(st.sampled_from(MEASURES))
    document = draw(events_measured(measure))
    earlier = draw(windows(draw(st.sampled_from(["within", "ago", "since", "until", "during"]))))
    is_same = {key: document[key] for key in WINDOW_KEYS if key in document} == earlier
    to_trait = draw(st.booleans()) or is_same
    other = {"trait": draw(st.sampled_from(numbers))} if to_trait else {"earlier": earlier}
    return _with_test(_of_a_number(document, measure), measure, {operator: other | factor})


def _of_a_number(document: Document, measure: str) -> Document:
    """The condition without its comparison; the first or last value that it measures is a number."""
    kept = {key: value for key, value in document.items() if key not in OPERATORS or key in WINDOW_KEYS}
    return {**kept, measure: "p_integer"} if measure in ("first", "last") else kept


def _with_test(document: Document, measure: str, test: Document) -> Document:
    return {**document, measure: test} if measure in COUNTED else {**document, **test}
