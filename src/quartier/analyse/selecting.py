"""From a place in a figure to its persons: the document of the segment that means exactly that place.

What a reader clicks (a cell of the RFM grid, a class, the best customers, a month, a cohort) becomes a definition that
can be named, changed and kept. RFM segments speak of the traits that the last run wrote; the others of purchases.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from quartier.analyse.classes import CLASS_BY_ID, frequency_monetary
from quartier.analyse.months import last_day
from quartier.language import LANGUAGES, Language, Said, Text

Document = dict[str, Any]
Segment = Mapping[str, Any]
LONGEST_NAME = 100


def of_cell(recency: int, column: int, bins: int) -> Document:
    """The customers of one cell of the grid, by their bins of recency and of frequency and amount together."""
    pairs: dict[int, list[int]] = {}
    for frequency in range(1, bins + 1):
        for monetary in range(1, bins + 1):
            if frequency_monetary(frequency, monetary) == column:
                pairs.setdefault(frequency, []).append(monetary)
    parts = [
        {"all": [{"trait": "rfm_f", "is": frequency}, {"trait": "rfm_m", "in": amounts}]}
        for frequency, amounts in pairs.items()
    ]
    where = {"all": [{"trait": "rfm_r", "is": recency}, parts[0] if len(parts) == 1 else {"any": parts}]}
    return _document(f"rfm-{recency}-{column}", _CELL.with_(recency=recency, column=column), where)


def of_class(rfm_class: str) -> Document:
    """The customers of one class of RFM. Raises KeyError for a class that there is not."""
    name = f"rfm-{rfm_class.replace('_', '-')}"
    return _document(name, CLASS_BY_ID[rfm_class].label, {"trait": "rfm_class", "is": rfm_class})


def of_best(share: float) -> Document:
    """The best `share` of customers by net revenue, as the last run of RFM saw it; who ties with the last is in."""
    percent = f"{round(share * 100, 6):g}"
    where = {"trait": "rfm_monetary", "top": f"{percent} %"}
    return _document(f"top-{percent.replace('.', '-')}", _BEST.with_(percent=percent), where)


def of_month(event: str, month: dt.date) -> Document:
    """Who bought in a calendar month."""
    return _document(f"bought-{month:%Y-%m}", _BOUGHT.with_(month=f"{month:%Y-%m}"), _during(event, month))


def of_cohort(event: str, cohort: dt.date, month: dt.date | None = None) -> Document:
    """Whose first purchase fell in a calendar month; with `month`, those of them who bought in that one too."""
    before = {"event": event, "until": (cohort - dt.timedelta(days=1)).isoformat()}
    parts = [_during(event, cohort), {"none": [before]}]
    first = f"{cohort:%Y-%m}"
    if month is None or month == cohort:
        return _document(f"first-{first}", _FIRST.with_(month=first), {"all": parts})
    then, name = _during(event, month), f"first-{first}-again-{month:%Y-%m}"
    return _document(name, _AGAIN.with_(first=first, month=f"{month:%Y-%m}"), {"all": [*parts, then]})


def of_place(
    segment: Segment, within: Mapping[str, Sequence[str]], place: Mapping[Language, str], name: str
) -> Document:
    """The members of a segment who live in one place.

    Args:
        segment: the document of the segment.
        within: by trait, the values that say that somebody lives there.
        place: what the place is called, by language.
        name: what it is called in the name of the new segment.
    """
    label = segment.get("label") or dict.fromkeys(LANGUAGES, segment["segment"])
    tests = [{"trait": trait, **({"is": each[0]} if len(each) == 1 else {"in": list(each)})}
             for trait, each in within.items()]  # fmt: skip
    made = {
        "segment": f"{segment['segment']}-{name}"[:LONGEST_NAME].rstrip("-"),
        "label": {language: _PLACE.to(language, segment=label[language], place=place[language])
                  for language in LANGUAGES},
        "where": {"all": [{"segment": segment["segment"]}, *tests]},
    }  # fmt: skip
    return made | {key: segment[key] for key in ("of", "population") if segment.get(key)}


def _during(event: str, month: dt.date) -> Document:
    return {"event": event, "since": month.isoformat(), "until": last_day(month).isoformat()}


def _document(name: str, label: Text | Said, where: Document) -> Document:
    return {"segment": name, "label": {language: label.to(language) for language in LANGUAGES}, "where": where}


_CELL = Text(en="RFM cell {recency}-{column}", fr="Case RFM {recency}-{column}")
_BEST = Text(en="Top {percent}% of customers", fr="Les {percent} % meilleurs clients")
_BOUGHT = Text(en="Bought in {month}", fr="Achat en {month}")
_FIRST = Text(en="First bought in {month}", fr="Premier achat en {month}")
_AGAIN = Text(en="First bought in {first}, again in {month}", fr="Premier achat en {first}, de retour en {month}")
_PLACE = Text(en="{segment}: {place}", fr="{segment} : {place}")
