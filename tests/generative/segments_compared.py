"""Segments that compare two numbers of a person."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.generative.conditions import Document, compared_conditions


def segments_that_compare(now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    """Segments that compare two numbers of a person, half of them denied."""
    found = compared_conditions(now, zone)
    where = st.one_of(found, found.map(lambda each: {"not": each}))
    return where.map(lambda each: {"segment": "drawn", "population": "everyone", "where": each})
