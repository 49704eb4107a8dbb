"""Lines of invoices in the layout of Online Retail: the real file where it is there, else some that are made up."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

COUNTRIES = ("United Kingdom", "France", "Belgium", "Germany")
BEGIN, DAYS = np.datetime64("2010-12-01T08:00:00", "us"), 373


def write_lines(path: Path, persons: int = 300, lines: int = 6_000) -> Path:
    """A year of lines: a few countries, some returns, the same at each call."""
    random = np.random.default_rng(7)
    customer = random.integers(0, persons, lines)
    invoice = customer * 40 + random.integers(0, 12, lines)  # the lines of one invoice are of one customer
    days = (invoice * 7919) % DAYS
    is_return = invoice % 40 == 11
    table = {
        "InvoiceNo": [
            f"C{each + 536365}" if back else str(each + 536365) for each, back in zip(invoice, is_return, strict=True)
        ],
        "StockCode": [f"{20_000 + each}" for each in random.integers(0, 200, lines)],
        "Description": [f"GIFT NO {each}" for each in random.integers(0, 200, lines)],
        "Quantity": np.where(is_return, -1, 1) * random.integers(1, 25, lines),
        "InvoiceDate": BEGIN + days * np.timedelta64(1, "D"),
        "UnitPrice": np.round(random.gamma(2.0, 4.0, lines) + 0.2, 2),
        "CustomerID": customer + 12_346,
        "Country": [COUNTRIES[each % len(COUNTRIES)] for each in customer],
    }
    pq.write_table(pa.table(table), path)
    return path
