"""Figures as each language writes them, down to the kind of space."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from quartier.language import amount, day, decimal, instant, percent, whole

NARROW, WIDE, MINUS = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (149776, "149,776", f"149{NARROW}776"),
        (20_000_000, "20,000,000", f"20{NARROW}000{NARROW}000"),
        (-1234, f"{MINUS}1,234", f"{MINUS}1{NARROW}234"),
        (-0.4, "0", "0"),
        (2.6, "3", "3"),
    ],
)
def test_counts_are_grouped_by_a_comma_or_a_narrow_no_break_space(value, en, fr):
    assert (whole(value, "en"), whole(value, "fr")) == (en, fr)


@pytest.mark.parametrize(
    ("value", "places", "en", "fr"),
    [
        (1234.567, 2, "1,234.57", f"1{NARROW}234,57"),
        (0.5, 2, "0.5", "0,5"),
        (3.0, 2, "3", "3"),
        (-0.004, 2, "0", "0"),
        (-0.5, 2, f"{MINUS}0.5", f"{MINUS}0,5"),
        (Decimal("0.125"), 3, "0.125", "0,125"),
    ],
)
def test_decimals_have_a_point_or_a_comma_and_no_needless_zero(value, places, en, fr):
    assert (decimal(value, "en", places), decimal(value, "fr", places)) == (en, fr)


@pytest.mark.parametrize(
    ("share", "en", "fr"),
    [
        (0, "0%", f"0{WIDE}%"),
        (0.125, "12.5%", f"12,5{WIDE}%"),
        (1, "100%", f"100{WIDE}%"),
        (12.5, "1,250%", f"1{NARROW}250{WIDE}%"),
    ],
)
def test_shares_have_a_no_break_space_before_the_sign_in_french(share, en, fr):
    assert (percent(share, "en"), percent(share, "fr")) == (en, fr)


def test_a_change_carries_its_sign_and_a_true_minus():
    assert percent(0.02, "en", signed=True) == "+2%"
    assert percent(-0.02, "en", signed=True) == f"{MINUS}2%"
    assert percent(-0.02, "fr", signed=True) == f"{MINUS}2{WIDE}%"
    assert percent(0, "fr", signed=True) == f"0{WIDE}%"


def test_a_share_can_be_written_without_decimals():
    assert percent(0.126, "en", places=0) == "13%"
    assert percent(0.126, "fr", places=0) == f"13{WIDE}%"


@pytest.mark.parametrize(
    ("value", "currency", "en", "fr"),
    [
        (1234.5, "EUR", "€1,234.50", f"1{NARROW}234,50{WIDE}€"),
        (0, "GBP", "£0.00", f"0,00{WIDE}£GB"),
        (1234, "JPY", "¥1,234", f"1{NARROW}234{WIDE}JPY"),
    ],
)
def test_money_has_its_sign_before_in_english_and_after_in_french(value, currency, en, fr):
    assert (amount(value, currency, "en"), amount(value, currency, "fr")) == (en, fr)


def test_money_can_be_rounded_to_the_unit():
    assert amount(8_911_407.9, "EUR", "en", cents=False) == "€8,911,408"
    assert amount(8_911_407.9, "EUR", "fr", cents=False) == f"8{NARROW}911{NARROW}408{WIDE}€"


def test_a_change_of_money_carries_its_sign():
    assert amount(12, "EUR", "en", signed=True) == "+€12.00"
    assert amount(-12, "EUR", "fr", signed=True) == f"{MINUS}12,00{WIDE}€"


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (dt.date(2026, 11, 1), "1 November 2026", "1er novembre 2026"),
        (dt.date(2026, 11, 11), "11 November 2026", "11 novembre 2026"),
        (dt.date(2026, 8, 31), "31 August 2026", "31 août 2026"),
    ],
)
def test_days_are_written_out_and_the_first_is_first_in_french(value, en, fr):
    assert (day(value, "en"), day(value, "fr")) == (en, fr)


def test_an_instant_is_told_in_utc_or_in_the_zone_asked_for():
    at = dt.datetime(2026, 11, 21, 23, 5, tzinfo=dt.UTC)
    assert instant(at, "en") == "21 November 2026, 23:05"
    assert instant(at, "fr") == f"21 novembre 2026, 23{WIDE}h{WIDE}05"
    assert instant(at, "fr", ZoneInfo("Europe/Paris")) == f"22 novembre 2026, 0{WIDE}h{WIDE}05"
