"""The journal of arrivals: what came, in order, numbered for ever; a message is acknowledged once it is durable here.

`journal` is what the rest of Quartier uses. `writer` groups what waits into one commit; `group` decides what that
commit writes, without any I/O; `book` is the seam to the database, which `sqlite` and `postgres` fill; `known` and
`sieve` are SQLite's index of message ids; `reading` holds each entry against its digest; `mark` remembers its end.
"""

from quartier.store.journal.entry import Arrival, Entry, KeptRefusal, Lost, Receipt, Refusal
from quartier.store.journal.journal import FILE, Journal, check_end

__all__ = ["FILE", "Arrival", "Entry", "Journal", "KeptRefusal", "Lost", "Receipt", "Refusal", "check_end"]
