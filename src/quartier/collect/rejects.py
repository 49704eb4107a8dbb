"""The rejected rows of an import, in a file made for the user: the only place outside the tables that shows values."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import merge
from pathlib import Path

from quartier.collect import staging
from quartier.collect.readers import LINE, Refused
from quartier.collect.rows import PROBLEM, Problem
from quartier.collect.tables import REJECTED, table
from quartier.engine import DuckDBEngine, Query, to_sql
from quartier.language import Language, Said, Text

Reasons = tuple[tuple[str, Text | Said, int], ...]
Row = tuple[int, str, str, str]
_HEADER = {"en": ("line", "column", "value", "reason"), "fr": ("ligne", "colonne", "valeur", "motif")}


def write(
    engine: DuckDBEngine, staged: staging.Staged, folder: Path, stem: str, language: Language
) -> tuple[Path | None, Reasons]:
    """Write `<folder>/<stem>.csv` when any row is rejected; the reasons and their counts, most frequent first."""
    if not staged.rejected:
        return None, ()
    folder.mkdir(exist_ok=True)
    path = _free(folder, stem)
    counts: Counter[int] = Counter()
    refused = sorted(_told(staged.reading.refused, language))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER[language])
        writer.writerows(merge(refused, _rows(engine, staged.problems, language, counts)))
    return path, _reasons(staged, counts)


def reasons(engine: DuckDBEngine, staged: staging.Staged) -> Reasons:
    """Why rows are rejected and how many for each reason, the most frequent first; nothing is written."""
    if not staged.rejected:
        return ()
    counts: Counter[int] = Counter()
    if staging.VALUE in (engine.schema(REJECTED) or {}):
        rejected = table(engine, REJECTED)
        counted = rejected.group_by(PROBLEM).agg(n=lambda r: r.count()).select(PROBLEM, "n")
        counts.update({int(number): int(n) for number, n in engine.rows(Query(to_sql(counted)))})  # type: ignore[call-overload]  # whole numbers
    return _reasons(staged, counts)


def _free(folder: Path, stem: str) -> Path:
    """A name that no earlier import has: nothing that was written for the user is written over."""
    path, again = folder / f"{stem}.csv", 1
    while path.exists():
        again += 1
        path = folder / f"{stem}-{again}.csv"
    return path


def _told(refused: Sequence[Refused], language: Language) -> Iterator[Row]:
    return ((each.line, "", each.value, each.reason.to(language)) for each in refused)


def _rows(engine: DuckDBEngine, problems: Sequence[Problem], language: Language, counts: Counter[int]) -> Iterator[Row]:
    """The rejected rows in order of their lines, part by part; counts what is wrong with them."""
    told = [(each.column, each.reason.to(language)) for each in problems]
    if staging.VALUE not in (engine.schema(REJECTED) or {}):
        return
    ordered = table(engine, REJECTED).select(LINE, PROBLEM, staging.VALUE).order_by(LINE)
    for batch in engine.batches(Query(to_sql(ordered))):
        lines, numbers, values = (column.to_pylist() for column in batch.columns)
        counts.update(numbers)
        for line, number, value in zip(lines, numbers, values, strict=True):
            yield line, told[number][0], value, told[number][1]


def _reasons(staged: staging.Staged, counts: Counter[int]) -> Reasons:
    """The same reason in the same column is told once, whichever check found it."""
    summed: Counter[tuple[str, Text]] = Counter()
    for number, n in counts.items():
        problem = staged.problems[number]
        summed[problem.column, _text(problem.reason)] += n
    summed.update(("", _kind(each)) for each in staged.reading.refused)
    return tuple((column, reason, n) for (column, reason), n in summed.most_common())


def _kind(refused: Refused) -> Text:
    return _text(refused.reason) if not isinstance(refused.reason, Said) else _UNREADABLE


def _text(reason: Text | Said) -> Text:
    return reason if isinstance(reason, Text) else Text(en=reason.to("en"), fr=reason.to("fr"))


_UNREADABLE = Text(en="the row cannot be read", fr="la ligne est illisible")
