"""Groups of conditions."""

from typing import Any

from hypothesis import strategies as st


def combined(parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Every group of some conditions."""
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda each: {"all": each}),
        several.map(lambda each: {"any": each}),
        several.map(lambda each: {"none": each}),
        parts.map(lambda each: {"not": each}),
        several.flatmap(lambda each: st.integers(1, len(each)).map(lambda n: {"at_least": n, "of": each})),
    )
