"""In which segments one account is, as they were observed last."""

from quartier.catalog import Label
from quartier.identify.accounts.shown import SegmentOf
from quartier.segment.run import defined
from quartier.store import Store, membership


def segments_of(store: Store, key: int) -> tuple[SegmentOf, ...]:
    """The segments of accounts in force that an account is in, by name."""
    known = {name: each for name, each in defined(store).items() if each.subject == "account"}
    with store.begin() as connection:
        held = membership.members_now(connection)
    names = sorted(name for name in known if key in held.get(name, ()))
    return tuple(SegmentOf(name, known[name].label or Label(fr=name, en=name)) for name in names)
