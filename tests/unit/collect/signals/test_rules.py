"""Each rule of frustration, as a table of what a person did and what is derived."""

from dataclasses import replace

import pytest

from quartier.collect.signals import PARAMETERS, Parameters, Rule, frustrations
from tests.unit.collect.signals.reports import click, error, much_later, page, report, sent, touch, unanswered

ALL = replace(PARAMETERS, rules=frozenset(Rule))


def derived(*signals: dict, limits: Parameters = ALL) -> list[str]:
    """The events by the time that the visit is over."""
    events, _ = frustrations([report(*signals), much_later()], None, limits)
    return [each["event"] for each in events]


def three(make=unanswered, *, gap: float = 0.3, start: float = 1, **more) -> list[dict]:
    return [make(start + gap * number, **more) for number in range(3)]


@pytest.mark.parametrize(
    ("why", "signals", "expected"),
    [
        ("nothing answers three clicks", three(asked=10), ["Rage Clicked"]),
        ("a fourth and fifth click belong to the same burst", [*three(asked=10), *three(start=1.9, asked=10)],
         ["Rage Clicked"]),
        ("two clicks are a habit", three(asked=10)[:2], []),
        ("each click is answered", three(click), []),
        ("the page answers between the second and the third",
         [unanswered(1, asked=9), click(1.3, changed=100), unanswered(1.6, asked=9)], []),
        ("the answer to a click comes only after the next", three(click, changed=900), ["Rage Clicked"]),
        ("a stepper is made to be clicked often", three(asked=10, repeats=True), []),
        ("a triple click selects a paragraph", three(asked=10, selected=True), []),
        ("the clicks are far apart in time", three(asked=10, gap=1.2), []),
        ("the clicks are on different elements",
         [unanswered(1, "a:1", asked=9), unanswered(1.2, "a:2", asked=9), unanswered(1.4, "a:3", asked=9)], []),
        ("the clicks are far apart on one large element",
         [unanswered(1, x=0, asked=9), unanswered(1.2, x=200, asked=9), unanswered(1.4, x=400, asked=9)], []),
        ("two bursts with a rest between are two", [*three(asked=10), *three(start=9, asked=10)],
         ["Rage Clicked", "Rage Clicked"]),
    ],
)  # fmt: skip
def test_rage_clicks(why: str, signals: list[dict], expected: list[str]):
    assert derived(page(0), *signals) == expected, why


@pytest.mark.parametrize(
    ("why", "signals", "expected"),
    [
        ("nothing happens", [unanswered(1)], ["Dead Clicked"]),
        ("the page answers", [click(1)], []),
        ("the page asks a server", [unanswered(1, asked=20)], []),
        ("the page is still loading", [unanswered(1, loading=300)], []),
        ("the ground beside a button does nothing, as it should", [unanswered(1, acts=None)], []),
        ("text was selected", [unanswered(1, selected=True)], []),
        ("the same dead button is told once", [unanswered(1), unanswered(9)], ["Dead Clicked"]),
        ("two dead buttons are told both", [unanswered(1, "a"), unanswered(9, "b")], ["Dead Clicked", "Dead Clicked"]),
        ("on another page it is told again", [unanswered(1), page(5, "/b"), unanswered(9)],
         ["Dead Clicked", "Dead Clicked"]),
    ],
)  # fmt: skip
def test_dead_clicks(why: str, signals: list[dict], expected: list[str]):
    assert derived(page(0), *signals) == expected, why


@pytest.mark.parametrize(
    ("why", "signals", "expected"),
    [
        (
            "two clicks during a long load",
            [unanswered(3, loading=2000), unanswered(5, loading=4000)],
            ["Clicked While Loading"],
        ),
        (
            "three clicks during it are told once",
            [unanswered(3, loading=2000), unanswered(5, loading=4000), unanswered(6, loading=5000)],
            ["Clicked While Loading"],
        ),
        ("a single click", [unanswered(3, loading=2000)], []),
        ("a short load", [unanswered(3, loading=200), unanswered(3.5, loading=700)], []),
        ("two loads, a click each", [unanswered(3, loading=2000), unanswered(9, loading=1500)], []),
        ("the page answers while a part of it loads", [click(3, loading=2000), click(5, loading=4000)], []),
        ("a stepper", [unanswered(3, loading=2000, repeats=True), unanswered(5, loading=4000, repeats=True)], []),
    ],
)
def test_clicks_while_loading(why: str, signals: list[dict], expected: list[str]):
    assert derived(page(0), *signals) == expected, why


@pytest.mark.parametrize(
    ("why", "signals", "expected"),
    [
        ("an error right after a click", [click(1), error(1.5)], ["Error Seen"]),
        ("an error that nobody caused", [error(1.5)], []),
        ("an error long after a click", [click(1), error(9)], []),
        ("the same error again and again", [click(1), error(1.1), error(1.2), click(3), error(3.1)], ["Error Seen"]),
        ("two kinds of errors", [click(1), error(1.1), error(1.2, "HTTP 500")], ["Error Seen", "Error Seen"]),
    ],
)
def test_errors(why: str, signals: list[dict], expected: list[str]):
    assert derived(page(0), *signals) == expected, why


THERE_AND_BACK = [page(0, "/a"), click(5, "li:3>a"), page(6, "/b"), page(9, "/a", "back")]
NEXT_ROW = [click(12, "li:4>a"), page(13, "/c")]


@pytest.mark.parametrize(
    ("why", "signals", "expected"),
    [
        ("back at once, and then nothing", THERE_AND_BACK, ["U-Turned"]),
        ("back at once, and then elsewhere", [*THERE_AND_BACK, click(12, "nav>a"), page(13, "/c")], ["U-Turned"]),
        ("back after reading", [*THERE_AND_BACK[:3], page(60, "/a", "back")], []),
        ("the page was used", [*THERE_AND_BACK[:3], click(8, "button"), page(9, "/a", "back")], []),
        ("a link leads back", [*THERE_AND_BACK[:3], page(9, "/a")], []),
        ("back to somewhere else", [*THERE_AND_BACK[:3], page(9, "/other", "back")], []),
        ("something looked up while filling in a form", [page(0, "/a"), touch(2), *THERE_AND_BACK[1:]], []),
        ("the next row of the same list", [*THERE_AND_BACK, *NEXT_ROW], []),
        ("the last row of a list", [*THERE_AND_BACK, *NEXT_ROW, page(15, "/a", "back")], []),
    ],
)
def test_u_turns(why: str, signals: list[dict], expected: list[str]):
    assert derived(*signals) == expected, why


@pytest.mark.parametrize(
    ("why", "signals", "expected"),
    [
        ("begun and left", [touch(1), touch(9, "phone")], ["Form Abandoned"]),
        ("begun and sent", [touch(1), touch(9, "phone"), sent(12)], []),
        ("begun, the terms read, and sent", [touch(1), touch(9), page(12, "/terms"), page(300, "/", "back"), touch(301),
                                             sent(310)], []),
        ("a field that was only passed through", [touch(1)], []),
        ("begun, silent for an hour, other things done", [touch(1), touch(9), click(3600)], ["Form Abandoned"]),
        ("two forms, one sent", [touch(1, form="f1"), touch(5, form="f1"), touch(6, form="f2"), touch(9, form="f2"),
                                 sent(10, "f2")], ["Form Abandoned"]),
    ],
)  # fmt: skip
def test_abandoned_forms(why: str, signals: list[dict], expected: list[str]):
    assert derived(page(0), *signals) == expected, why


def test_an_abandoned_form_is_told_with_its_last_field_and_never_a_value():
    events, _ = frustrations([report(page(0, "/join"), touch(1), touch(9, "phone")), much_later()], None, ALL)
    assert events[0]["properties"] == {"page": "/join", "form": "form#sign-up", "field": "phone", "seconds": 8.0}
    assert events[0]["timestamp"] == "2026-11-02T09:00:09.000000Z"


def test_a_derived_event_is_a_track_message_of_the_same_person():
    events, _ = frustrations([report(page(0, "/x"), unanswered(1, "main>a"), userId="ann")], None, ALL)
    assert events == [
        {
            "messageId": "v1-0/dead_click/1000",
            "type": "track",
            "event": "Dead Clicked",
            "userId": "ann",
            "anonymousId": "person-of-v1",
            "source": "site",
            "receivedAt": "2026-11-02T09:00:01Z",
            "properties": {"page": "/x", "target": "main>a"},
            "timestamp": "2026-11-02T09:00:01.000000Z",
        }
    ]


def test_a_rule_that_is_off_derives_nothing():
    events, _ = frustrations([report(page(0), unanswered(1))], None, replace(ALL, rules=frozenset({Rule.ERROR})))
    assert events == []
