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


def test_a_dry_run_says_who_would_move_and_stores_nothing(recent: CommandLine) -> None:
    user = "segment: french-recent\npopulation: recent-buyers\nwhere: {trait: country, is: FR}\n"
    recent("segment", "apply", recent.write("user.yaml", user))
    wider = recent.write("wider.yaml", RECENT.replace("30 days", "90 days"))
    (found,) = recent("segment", "dry-run", wider, "--rows", "2", "--json").json
    assert (found["size_before"], found["size"], found["entering"], found["leaving"]) == (0, 1, 1, 0)
    assert (found["is_new"], found["campaigns"]) == (False, [])
    assert found["entering_worth"] == {"revenue": 150.0, "lifetime_value": None}
    assert found["leaving_worth"]["revenue"] == 0
    assert found["sentence_before"]["en"].endswith("in the last 30 days.")
    assert found["sentence"]["fr"].endswith("90 derniers jours.")
    assert [each["segment"] for each in found["users"]] == ["french-recent"]
    assert (found["users"][0]["size_before"], found["users"][0]["size"]) == (0, 1)
    assert [each["user_id"] for each in found["entering_sample"]] == ["C1"]
    said = recent("segment", "dry-run", wider).out
    assert "Would enter: 1 person; orders of the last 365 days €150.00" in said
    assert "Used by segment french-recent: 0 → 1" in said
    assert recent("segment", "count", "recent-buyers", "--json").json["size"] == 0


def test_a_dry_run_names_the_campaigns_drawn_from_a_segment_and_what_would_be_lost(recent: CommandLine) -> None:
    recent("segment", "apply", recent.write("once.yaml", RECENT.replace("at_least: 2", "at_least: 1")))
    done = recent(
        "target",
        "export",
        "recent-buyers",
        "--campaign",
        "spring",
        "--holdout",
        "0%",
        "--out",
        recent.folder / "list.csv",
    )
    assert done.code == 0, done.err
    dear = RECENT.replace("count: {at_least: 2}", "sum: revenue, at_least: 500")
    (found,) = recent("segment", "dry-run", recent.write("dear.yaml", dear), "--json").json
    assert (found["size_before"], found["size"], found["campaigns"]) == (3, 1, ["spring"])
    assert found["leaving_worth"]["revenue"] == 165.5
    said = recent("segment", "dry-run", recent.folder / "dear.yaml").out
    assert "Used by campaign spring: its frozen audience stays as it is" in said


def test_a_dry_run_of_a_new_segment_has_nothing_before(shop: CommandLine) -> None:
    (found,) = shop("segment", "dry-run", shop.write("recent.yaml", RECENT), "--json").json
    assert (found["is_new"], found["sentence_before"], found["users"]) == (True, None, [])


def test_the_smallest_change_is_told_and_the_closest_persons_are_listed(recent: CommandLine) -> None:
    found = recent("segment", "explain", "recent-buyers", "C4", "--near", "--json").json["near_miss"]
    assert (found["enters"], found["is_sure"], found["changes"][0]["more"]) == (True, True, 1)
    said = recent("segment", "explain", "recent-buyers", "C4", "--near").out.splitlines()
    assert said[-1] == "  • Placed at least 2 orders in the last 30 days: 1 more"
    listed = recent("segment", "near", "recent-buyers", "--json").json
    assert [each["changes"][0]["more"] for each in listed] == [1, 1, 1, 2, 2]
    assert "1 more" in recent("segment", "near", "recent-buyers", "--limit", "1").out
