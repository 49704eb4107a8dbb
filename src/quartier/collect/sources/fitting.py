"""A mapping made to fit the columns that came: what vanished is left out, unless rows mean nothing without it. Pure."""

from collections.abc import Sequence

from quartier.collect.definition import IDENTIFIERS, Form, Layout, Mapping
from quartier.collect.sources import failures

_FREE = ("trait", "property", "line", "skip", "currency")


def fitted(mapping: Mapping, names: Sequence[str], stream: str, *, is_ours: bool) -> Mapping:
    """The mapping with the columns that there are. Raises SourceFailed when one is gone that nothing can replace.

    The form is that of the file, but for files that we wrote ourselves.
    """
    lacking = {name: column for name, column in mapping.columns.items() if name not in names}
    present = {name: column for name, column in mapping.columns.items() if name in names}
    named = ("account_id",) if mapping.layout is Layout.ACCOUNTS else IDENTIFIERS
    has_name = any(column.kind in named for column in present.values())
    for name, column in lacking.items():
        is_name = column.kind in named
        if (is_name and not has_name) or not (is_name or column.kind in (*_FREE, *IDENTIFIERS, "account_id")):
            raise failures.no_column(stream, name)
    form = {"form": Form()} if is_ours else {}
    return mapping.model_copy(update={"columns": present, **form})
