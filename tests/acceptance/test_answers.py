"""Answers by the command line: when a refresh is due, and until when a person is a member."""

import datetime as dt

import pytest
from pyroaring import BitMap

import quartier
from quartier.clock import FixedClock
from quartier.engine.feed import note
from tests.acceptance.shop import AT, CommandLine

RECENT = """\
segment: recent-buyers
label: {fr: Acheteurs récents, en: Recent buyers}
where: {event: Order Completed, within: 30 days, count: {at_least: 2}}
"""


@pytest.fixture
def recent(shop: CommandLine) -> CommandLine:
    """The shop with one more segment, everything refreshed."""
    shop("segment", "apply", shop.write("recent.yaml", RECENT))
    shop("segment", "refresh")
    return shop


def test_an_explanation_says_until_when_it_holds(recent: CommandLine) -> None:
    found = recent("segment", "explain", "recent-buyers", "C1", "--json", at="2026-03-06T12:00+00:00").json
    assert (found["holds"], found["turns_then"], found["depends_on_others"]) == (True, True, False)
    assert found["valid_until"] == "2026-03-07T10:00:00+00:00"
    lines = recent("segment", "explain", "recent-buyers", "C1", at="2026-03-06T12:00+00:00").out.splitlines()
    assert "until 7 March 2026, 11:00" in lines[0]
    assert lines[-1] == "If no data change, this lasts until 7 March 2026, 11:00: then time alone changes it."


def test_time_alone_never_changes_where_somebody_lives(recent: CommandLine) -> None:
    found = recent("segment", "explain", "country-fr", "C1", "--json").json
    assert (found["valid_until"], found["turns_then"]) == (None, False)
    said = recent.bare("--lang", "fr", "-w", recent.folder / "shop", "segment", "explain", "country-fr", "C1").out
    assert said.endswith("Le temps seul n'y changera jamais rien.\n")


def test_a_refresh_is_due_when_an_edge_reaches_an_order(recent: CommandLine) -> None:
    found = recent("segment", "due", "--json").json
    assert (found["because"], found["is_over"]) == ("time", False)
    at = found["due_at"]
    assert "2026-04-01" < at <= "2026-04-04T12:00:00+00:00"  # an order of 5 March leaves thirty days on 4 April
    assert recent("segment", "refresh", "--if-due", "--json").json == []
    assert "The next refresh is due on" in recent("segment", "refresh", "--if-due").out
    assert recent("segment", "due", "--json", at=at).json["is_over"]
    assert "A refresh is due since" in recent("segment", "due", at="2026-05-01T12:00+00:00").out
    assert recent("segment", "refresh", "--if-due", "--json", at=at).json != []
    assert recent("segment", "due", "--json", at=at).json["due_at"] > at


def test_a_refresh_is_due_at_once_when_data_have_changed(recent: CommandLine) -> None:
    with quartier.open(recent.folder / "shop", clock=FixedClock(dt.datetime.fromisoformat(AT))) as workspace:
        note(workspace.engine, "person", BitMap([1]))
        found = workspace.due()
        assert (found.because, found.at) == ("data", workspace.clock.now())
        assert "recent-buyers" in found.segments
        workspace.refresh()
        assert workspace.due().because == "time"
