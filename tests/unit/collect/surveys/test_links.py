"""A person's link names the asking, works for one survey until its end, and cannot be made or changed by others."""

import base64
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartier.collect.surveys.links import Link, read_token, token
from tests.conftest import NOW

SECRET = b"s" * 32
LINK = Link(4_000_000_000, NOW.replace(microsecond=0))


def test_a_link_is_read_back():
    assert read_token(SECRET, "needs", token(SECRET, "needs", LINK)) == LINK


@pytest.mark.parametrize(("secret", "survey"), [(b"t" * 32, "needs"), (SECRET, "need"), (SECRET, "needs2")])
def test_a_link_is_good_for_one_workspace_and_one_survey(secret: bytes, survey: str):
    assert read_token(secret, survey, token(SECRET, "needs", LINK)) is None


@given(place=st.integers(0, 27), bit=st.integers(0, 7))
def test_a_link_with_any_bit_changed_is_none(place: int, bit: int):
    raw = bytearray(base64.urlsafe_b64decode(token(SECRET, "needs", LINK) + "=="))
    raw[place] ^= 1 << bit
    assert read_token(SECRET, "needs", base64.urlsafe_b64encode(raw).decode().rstrip("=")) is None


@given(st.text(max_size=80))
def test_any_other_text_is_no_link(text: str):
    assert read_token(SECRET, "needs", text) is None


def test_a_link_is_short_enough_for_any_message():
    assert len(token(SECRET, "needs", Link(1, NOW + dt.timedelta(days=60)))) == 38
