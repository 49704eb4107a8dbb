"""From a place in a figure to its persons: the document of the segment that means exactly that place.

What a reader clicks (a cell of the RFM grid, a class, the best customers, a month, a cohort) becomes a definition that
can be named, changed and kept. RFM segments speak of the traits that the last run wrote; the others of purchases.
"""

import datetime as dt
from typing import Any

from quartier.analyse.classes import CLASS_BY_ID, frequency_monetary
from quartier.analyse.months import last_day
from quartier.catalog import Label

Document = dict[str, Any]


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
    label = Label(en=f"RFM cell {recency}-{column}", fr=f"Case RFM {recency}-{column}")
    where = {"all": [{"trait": "rfm_r", "is": recency}, parts[0] if len(parts) == 1 else {"any": parts}]}
    return _document(f"rfm-{recency}-{column}", label, where)


def of_class(rfm_class: str) -> Document:
    """The customers of one class of RFM. Raises KeyError for a class that there is not."""
    label = CLASS_BY_ID[rfm_class].label
    name = f"rfm-{rfm_class.replace('_', '-')}"
    return _document(name, Label(en=label.en, fr=label.fr), {"trait": "rfm_class", "is": rfm_class})


def of_best(share: float) -> Document:
    """The best `share` of customers by net revenue, as the last run of RFM saw it; who ties with the last is in."""
    percent = f"{round(share * 100, 6):g}"
    label = Label(en=f"Top {percent}% of customers", fr=f"Les {percent}\N{NO-BREAK SPACE}% meilleurs clients")
    return _document(f"top-{percent.replace('.', '-')}", label, {"trait": "rfm_monetary", "top": f"{percent} %"})


def of_month(event: str, month: dt.date) -> Document:
    """Who bought in a calendar month."""
    label = Label(en=f"Bought in {month:%Y-%m}", fr=f"Achat en {month:%m/%Y}")
    return _document(f"bought-{month:%Y-%m}", label, _during(event, month))


def of_cohort(event: str, cohort: dt.date, month: dt.date | None = None) -> Document:
    """Whose first purchase fell in a calendar month; with `month`, those of them who bought in that one too."""
    before = {"event": event, "until": (cohort - dt.timedelta(days=1)).isoformat()}
    parts = [_during(event, cohort), {"none": [before]}]
    if month is None or month == cohort:
        label = Label(en=f"First bought in {cohort:%Y-%m}", fr=f"Premier achat en {cohort:%m/%Y}")
        return _document(f"first-{cohort:%Y-%m}", label, {"all": parts})
    label = Label(
        en=f"First bought in {cohort:%Y-%m}, again in {month:%Y-%m}",
        fr=f"Premier achat en {cohort:%m/%Y}, de retour en {month:%m/%Y}",
    )
    return _document(f"first-{cohort:%Y-%m}-again-{month:%Y-%m}", label, {"all": [*parts, _during(event, month)]})


def _during(event: str, month: dt.date) -> Document:
    return {"event": event, "since": month.isoformat(), "until": last_day(month).isoformat()}


def _document(name: str, label: Label, where: Document) -> Document:
    return {"segment": name, "label": {"en": label.en, "fr": label.fr}, "where": where}
