"""RFM as a model: reads the customers, scores them, says which traits it writes."""

from typing import Final

import numpy as np
import pyarrow as pa

from quartier.analyse import rfm
from quartier.analyse.classes import CLASS_BY_ID
from quartier.analyse.definition import Rfm
from quartier.analyse.modelling.computed import Computed, Figures
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.modelling.shown import Share, Shown
from quartier.analyse.purchases import PERSON
from quartier.analyse.traits import RFM_TRAITS
from quartier.engine import naive_utc
from quartier.language import Text


class RfmFigures(Figures):
    """How the customers divide."""

    classes: dict[str, int]
    """customers per class id, in the order of the classes"""


def compute(reading: Reading, document: Rfm) -> Computed:
    """Bins and classes of all customers."""
    scored = score(reading, document)
    return Computed(scored.to_arrow(), RFM_TRAITS, RfmFigures(classes=scored.class_counts()), scored.findings)


def score(reading: Reading, document: Rfm) -> rfm.Scored:
    """The customers with their bins, in the order of their keys."""
    table = reading.customers(document)
    last = table["last_at"].cast(pa.timestamp("us")).to_numpy().astype("datetime64[us]")
    days = (np.datetime64(naive_utc(reading.as_of), "us") - last) // np.timedelta64(1, "D")
    return rfm.score(
        table[PERSON].to_numpy().astype(np.int64),
        days.astype(np.int64),
        table["orders"].to_numpy().astype(np.int64),
        table["net"].to_numpy().astype(np.float64),
        document.bins,
    )


def tables(figures: RfmFigures, customers: int) -> tuple[Shown, ...]:
    """The classes with their customers."""
    rows = tuple(
        (CLASS_BY_ID[key].label, number, Share(number / (customers or 1))) for key, number in figures.classes.items()
    )
    return (Shown(_CLASSES, (_CLASS, _CUSTOMERS, _SHARE), rows),)


_CLASSES = Text(en="RFM classes", fr="Classes RFM")
_CLASS = Text(en="class", fr="classe")
_CUSTOMERS = Text(en="customers", fr="clients")
_SHARE = Text(en="share", fr="part")

KIND: Final = Kind(
    name="rfm",
    label=Text(en="RFM", fr="RFM"),
    sentence=Text(
        en="Customers by how recently, how often and for how much they bought.",
        fr="Les clients selon la date, la fréquence et le montant de leurs achats.",
    ),
    document=Rfm,
    figures=RfmFigures,
    compute=compute,
    tables=tables,
)
