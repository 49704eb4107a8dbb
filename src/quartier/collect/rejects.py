"""The rejected rows of an import, in a file made for the user: the only place outside the tables that shows values."""

import csv
from pathlib import Path

import ibis

from quartier.collect import staging
from quartier.collect.readers import LINE, Refused
from quartier.collect.rows import PROBLEM
from quartier.engine import DuckDBEngine, Query, to_sql
from quartier.language import Language, Said, Text

Reasons = tuple[tuple[str, Text | Said, int], ...]
_HEADER = {"en": ("line", "column", "value", "reason"), "fr": ("ligne", "colonne", "valeur", "motif")}


def write(
    engine: DuckDBEngine, staged: staging.Staged, folder: Path, seq: int, name: str, language: Language
) -> tuple[Path | None, Reasons]:
    """Write `<folder>/<seq>-<name>.csv` when any row is rejected; the reasons and their counts, most frequent first."""
    if not staged.rejected:
        return None, ()
    folder.mkdir(exist_ok=True)
    path = folder / f"{seq:06d}-{name}.csv"
    counts: dict[tuple[str, Text | Said], int] = {}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER[language])
        for refused in staged.reading.refused:
            writer.writerow([refused.line, "", refused.value, refused.reason.to(language)])
            counts["", _kind(refused)] = counts.get(("", _kind(refused)), 0) + 1
        for place, problem in enumerate(staged.problems):
            rows = _rows(engine, place, problem.place)
            writer.writerows([line, problem.column, value, problem.reason.to(language)] for line, value in rows)
            if rows:
                counts[problem.column, _text(problem.reason)] = len(rows)
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return path, tuple((column, reason, n) for (column, reason), n in ordered)


def _kind(refused: Refused) -> Text:
    return _text(refused.reason) if not isinstance(refused.reason, Said) else _UNREADABLE


def _text(reason: Text | Said) -> Text:
    return reason if isinstance(reason, Text) else Text(en=reason.to("en"), fr=reason.to("fr"))


def _rows(engine: DuckDBEngine, problem: int, place: str | None) -> list[tuple[object, ...]]:
    """Line and value of the rows with one problem."""
    rejected = staging.rejected_rows(engine).filter(lambda r: r[PROBLEM] == problem)
    raw = staging.table(engine, staging.RAW)
    joined = rejected.join(raw, rejected[LINE] == raw[LINE])
    value = joined[place] if place else ibis.literal("")
    return engine.rows(Query(to_sql(joined.select(LINE, value=value).order_by(LINE))))


_UNREADABLE = Text(en="the row cannot be read", fr="la ligne est illisible")
