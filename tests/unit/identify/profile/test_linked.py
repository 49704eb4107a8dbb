"""Which links are followed, and why the others are not."""

import datetime as dt

import pytest

from quartier.identify.components import Reason
from quartier.identify.profile.linked import identifiers_shown, links_shown
from quartier.store.identities import Identity
from quartier.store.links import Decision, Link

AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
TOGETHER, PARTED = {1: 7, 2: 7}, {1: 7, 2: 9}


def link(reason: Reason) -> Link:
    return Link(1, "person", 1, 2, int(reason), None, 0.97 if reason is Reason.MATCH else None, None, AT)


def decided(answer: str, b: int | None = 2) -> Decision:
    return Decision("person", 1, b, answer, "Ada", AT)


@pytest.mark.parametrize(
    ("reason", "decisions", "keys", "apart"),
    [
        (Reason.RECORD, [], TOGETHER, None), (Reason.MATCH, [], TOGETHER, None),
        (Reason.RECORD, [], PARTED, "apart"), (Reason.RECORD, [decided("refused")], PARTED, "refused"),
        (Reason.RECORD, [decided("refused")], TOGETHER, "refused"),
        (Reason.RECORD, [decided("refused"), decided("open")], TOGETHER, None),
        (Reason.HAND, [decided("accepted")], TOGETHER, None), (Reason.HAND, [decided("open")], PARTED, "withdrawn"),
        (Reason.RECORD, [decided("blocked", None)], PARTED, "blocked"),
        (Reason.HAND, [decided("accepted"), decided("blocked", None)], TOGETHER, None),
    ],
)  # fmt: skip
def test_a_link_says_whether_it_is_followed_and_why_not(reason, decisions, keys, apart):
    (shown,) = links_shown([link(reason)], decisions, keys)
    assert (shown.apart, shown.is_followed) == (apart, apart is None)
    assert shown.probability == (0.97 if reason is Reason.MATCH else None)


def test_own_identifiers_come_first_and_those_of_others_are_marked():
    known = [Identity(2, "email", "b@x.fr", 9), Identity(5, "user_id", "u1", 7, "crm.csv")]
    shown = identifiers_shown(known, 7)
    assert [(each.number, each.is_own) for each in shown] == [(5, True), (2, False)]
