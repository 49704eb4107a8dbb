"""Segments that compare two numbers of a person, that look back or rank, or that go by the person's own clock."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.generative.conditions import (
    Document,
    compared_conditions,
    earlier_conditions,
    event_conditions,
    own_time_conditions,
    rank_conditions,
    trait_conditions,
)


def segments_that_compare(now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    """Segments that compare two numbers of a person, half of them denied."""
    return _half_denied(compared_conditions(now, zone))


def segments_that_look_back(now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    """Segments over the earlier values of a trait, half of them denied."""
    return _half_denied(earlier_conditions(now, zone))


def segments_in_own_time(now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    """Segments read on each person's own clock, half of them denied; many of them turn at midnight."""
    periods = st.sampled_from(["today", "yesterday", "this month"])
    today = periods.flatmap(lambda period: event_conditions(now, zone, "count", period))
    birthday = trait_conditions(now, zone, "anniversary") | trait_conditions(now, zone, "age")
    return _half_denied(own_time_conditions(now, zone) | (today | birthday).map(lambda each: {"own_time": each}))


def segments_that_rank(now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    """Segments over places in an order, half of them denied."""
    return _half_denied(rank_conditions(now, zone))


def _half_denied(found: st.SearchStrategy[Document]) -> st.SearchStrategy[Document]:
    where = st.one_of(found, found.map(lambda each: {"not": each}))
    return where.map(lambda each: {"segment": "drawn", "population": "everyone", "where": each})
