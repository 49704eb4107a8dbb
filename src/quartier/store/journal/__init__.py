"""The journal of arrivals: what came, in order, numbered for ever; a message is acknowledged once it is durable here.

`journal` takes submissions and groups them into one entry per commit; `sqlite` is where entries are written;
`entry` says what a message, a receipt and an entry are, and chains the entries by their digests.
"""

from quartier.store.journal.entry import Arrival, Entry, Receipt, Refusal
from quartier.store.journal.journal import Journal

__all__ = ["Arrival", "Entry", "Journal", "Receipt", "Refusal"]
