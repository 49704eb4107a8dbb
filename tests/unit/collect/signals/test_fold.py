"""Reports in whatever batches and order they come: the same events, a bounded memory, nothing raised."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quartier.collect.signals import PARAMETERS, Rule, State, frustrations
from tests.unit.collect.signals.reports import click, error, much_later, page, report, sent, touch, unanswered

ALL = replace(PARAMETERS, rules=frozenset(Rule))


def happening(chance: random.Random, now: float) -> list[dict]:
    """Something that a person does, within three seconds."""
    target = chance.choice(["a:1", "a:2", "button"])
    return chance.choice([
        [unanswered(now, target), unanswered(now + 0.3, target), unanswered(now + 0.6, target)],
        [unanswered(now, target, asked=9)],
        [click(now), error(now + 1)],
        [unanswered(now, loading=1500), unanswered(now + 1, loading=2500)],
        [touch(now), touch(now + 2, "phone")],
        [sent(now)],
        [page(now, "/a"), click(now + 0.5, target), page(now + 1, "/b"), page(now + 2.5, "/a", "back")],
    ])  # fmt: skip


def visit_of(name: str, seed: int, begin: float) -> list[dict]:
    """The reports of a made-up visit, some with a long silence inside, cut anywhere."""
    chance = random.Random(seed)
    made, now = [page(0)], 0.0
    for _ in range(chance.randint(5, 25)):
        now += chance.choice([3, 3, 8, 8, 60, 2400])
        made += happening(chance, now)
    parts = [made[start : start + 4] for start in range(0, len(made), 4)]
    return [
        report(*part, number=number, visit=name, at=begin + part[-1]["at"] / 1000) for number, part in enumerate(parts)
    ]


def journal(seed: int) -> list[dict]:
    """Reports of some visits, mingled by time of receipt, with other messages between them."""
    reports = [each for number in range(4) for each in visit_of(f"v{number}", seed * 10 + number, number * 7.0)]
    reports.sort(key=lambda each: each["receivedAt"])
    others = [{"type": "page", "messageId": f"p{number}"} for number in range(len(reports))]
    return [each for pair in zip(reports, others, strict=True) for each in pair] + [much_later(100)]


def folded(messages: list[dict], cuts: list[int], *, keeps: bool = False) -> tuple[list[dict], State]:
    """The events when the messages come in batches cut at these places; `keeps` writes the state down in between."""
    state, events = State(), []
    for begin, end in zip([0, *cuts], [*cuts, len(messages)], strict=True):
        found, state = frustrations(messages[begin:end], state, ALL)
        events += found
        if keeps:
            state = State.of_json(json.loads(json.dumps(state.as_json())))
    return events, state


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_how_messages_are_cut_into_batches_changes_nothing(seed: int, data: st.DataObject):
    messages = journal(seed)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(messages)), max_size=12)))
    assert folded(messages, cuts, keeps=True) == folded(messages, [])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_reports_of_a_visit_that_overtake_each_other_change_nothing(seed: int, chance: random.Random):
    reports = [each | {"receivedAt": "2026-11-02T09:00:00Z"} for each in visit_of("v", seed, 0)]
    mixed = sorted(reports, key=lambda each: each["properties"]["batch"] + chance.uniform(0, 5))
    assert folded([*mixed, much_later()], [])[0] == folded([*reports, much_later()], [])[0]


def test_the_made_up_journals_hold_every_event():
    events = {each["event"] for seed in range(12) for each in folded(journal(seed), [])[0]}
    assert events == set(Rule)


def test_no_event_is_derived_twice_with_one_id():
    for seed in range(12):
        ids = [each["messageId"] for each in folded(journal(seed), [])[0]]
        assert len(ids) == len(set(ids))


def test_a_report_that_never_comes_is_given_up_after_a_minute():
    first, later = report(page(0)), [report(unanswered(9 + 5 * n), number=2 + n, at=9 + 50 * n) for n in range(3)]
    events, state = frustrations([first, *later[:1]], None, ALL)
    assert events == []
    events, _ = frustrations(later[1:], state, ALL)
    assert [each["event"] for each in events] == ["Dead Clicked"]


def test_no_more_visits_are_remembered_than_allowed_and_the_longest_silent_end_first():
    limits = replace(ALL, most_visits=5)
    reports = [report(touch(1), touch(5), visit=f"v{number}", at=5 + number) for number in range(9)]
    events, state = frustrations(reports, None, limits)
    assert len(state.visits) == 5
    assert [each["anonymousId"] for each in events] == [f"person-of-v{number}" for number in range(4)]


def test_a_visit_remembers_a_bounded_number_of_signals_and_forms():
    signals = [touch(number, form=f"f{number}") for number in range(150)]
    _, state = frustrations([report(*signals)], None, ALL)
    visit = state.visits["site/v1"]
    assert len(visit.recent) == ALL.most_signals
    assert len(visit.forms) == ALL.most_forms


@pytest.mark.parametrize(
    "properties",
    [
        None, [], "text", {}, {"signals": {}}, {"visit": 3, "batch": 0, "at": 0, "signals": []},
        {"visit": "v", "batch": -1, "at": 0, "signals": []}, {"visit": "v", "batch": True, "at": 0, "signals": []},
        {"visit": "v" * 999, "batch": 0, "at": 0, "signals": []},
        {"visit": "v", "batch": 0, "at": 1e300, "signals": []},
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_read_is_counted_and_does_not_stop_the_others(properties):
    broken = report(page(0), visit="w") | {"properties": properties}
    events, state = frustrations([broken, report(page(0), unanswered(1))], None, ALL)
    assert [each["event"] for each in events] == ["Dead Clicked"]
    assert state.left_out == 1


def test_signals_that_cannot_be_read_are_counted_and_the_others_used():
    poison = [None, 7, {"kind": "click"}, {"kind": "explode", "at": 1}, {"kind": "click", "at": float("nan")}]
    good = unanswered(1) | {"x": "left", "form": {"a": 1}}
    events, state = frustrations([report(page(0)), report(page(0), good, number=1)], None, ALL)
    assert len(events) == 1
    message = report(page(0), good)
    message["properties"]["signals"] += poison
    events, state = frustrations([message], None, ALL)
    assert (len(events), state.left_out) == (1, len(poison))


def test_times_that_are_no_times_raise_nothing():
    strange = report(page(0), unanswered(1)) | {"timestamp": "yesterday", "receivedAt": "9999-99-99"}
    strange["properties"]["at"] = 10**11
    events, _ = frustrations([strange], None, ALL)
    assert events[0]["timestamp"] == "1970-01-01T00:00:00.000000Z"
