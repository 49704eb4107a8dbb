"""Events of several types as one table of persons, instants and codes: small whole numbers in place of names."""

from collections.abc import Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir

from quartier.analyse.purchases import PERSON, events_until
from quartier.catalog import Catalog, EventType
from quartier.engine import EVENT_ID, OCCURRED_AT, parameter, subject_table

AT, ID, CODE = "at", "id", "code"
RECEIVED = ("Email Delivered", "Email Sent", "Email Bounced", "SMS Sent", "SMS Delivered", "Push Notification Sent")
"""What happens to persons and is nothing that they do: left out of paths and sequences."""


def deeds(events: Sequence[EventType]) -> tuple[EventType, ...]:
    """The types of events that persons do themselves."""
    received = {each.casefold() for each in RECEIVED}
    return tuple(each for each in events if each.name.casefold() not in received)


def coded(events: Sequence[EventType], *, is_windowed: bool) -> ir.Table:
    """One row per event up to `instant` (and after `since`): person_key, at, id, code (its place in `events`)."""
    parts = [_of_type(each, number, is_windowed) for number, each in enumerate(events)]
    return reduce(lambda left, right: left.union(right), parts)


def of_type(event: EventType, *, is_windowed: bool) -> ir.Table:
    """The same of one type, without code."""
    return _of_type(event, 0, is_windowed).drop(CODE)


def of_known(rows: ir.Table, catalog: Catalog) -> ir.Table:
    """The rows of persons who are in the table of persons."""
    return rows.semi_join(subject_table(catalog), PERSON)


def _of_type(event: EventType, number: int, is_windowed: bool) -> ir.Table:
    rows = events_until(event)
    if is_windowed:
        rows = rows.filter(rows[OCCURRED_AT] > parameter("since", "timestamp"))
    names = {AT: rows[OCCURRED_AT], ID: rows[EVENT_ID], CODE: ibis.literal(number, "int16")}
    return rows.select(PERSON, **names)
