"""Who is one person depends on the links and on nothing else: not on their order, nor on what came between."""

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from quartier.identify.components import Limits, Links, Numbers, Reason, Solved, crowded, solve

N = 9
LIMITS = Limits(identifiers=4, users=2, partners=3)
Row = tuple[int, int, int, float, int]
USERS = st.sets(st.integers(0, N - 1), max_size=4)


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Links between a few identities, each with its number."""
    pairs = st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)).filter(lambda pair: pair[0] < pair[1])
    drawn = draw(st.lists(st.tuples(pairs, st.sampled_from(Reason)), max_size=14, unique=True))
    return [(a, b, int(reason), 0.9 if reason is Reason.MATCH else 1.0, n) for n, ((a, b), reason) in enumerate(drawn)]


def links(found: list[Row]) -> Links:
    a, b, reason, probability, number = ([row[place] for row in found] for place in range(5))
    whole = [np.array(each, np.int64) for each in (a, b, reason, number)]
    return Links(whole[0], whole[1], whole[2], np.array(probability, np.float64), whole[3])


def solved(found: list[Row], users: set[int], refused: set[int] = frozenset(), limits: Limits = LIMITS) -> Solved:  # type: ignore[assignment]
    everyone = np.arange(N)
    is_refused = np.array([row[4] in refused for row in found], np.bool_)
    is_user = np.isin(everyone, [*users])
    blocked = saying_nothing([row for row in found if row[4] not in refused], is_user, limits)
    return solve(everyone, is_user, links(found), refused=is_refused, blocked=blocked, limits=limits)


def saying_nothing(found: list[Row], is_user: npt.NDArray[np.bool_], limits: Limits) -> Numbers:
    """The identities that come with too many others."""
    one = np.array([row[0] for row in found] + [row[1] for row in found], np.int64)
    other = np.array([row[1] for row in found] + [row[0] for row in found], np.int64)
    blocked = crowded(one, other, is_user[other], limits)
    return blocked[~is_user[blocked]]


@given(rows(), USERS, st.randoms(use_true_random=False))
def test_the_order_of_links_does_not_matter(found: list[Row], users: set[int], random) -> None:
    other = list(found)
    random.shuffle(other)
    assert solved(found, users).group.tolist() == solved(other, users).group.tolist()
    assert solved(found, users).cluster.tolist() == solved(other, users).cluster.tolist()


@given(rows(), USERS, st.data())
def test_refusing_a_link_is_as_if_it_had_never_been(found: list[Row], users: set[int], data: st.DataObject) -> None:
    refused = data.draw(st.sets(st.sampled_from([row[4] for row in found]))) if found else set()
    without = [row for row in found if row[4] not in refused]
    assert solved(found, users, refused).group.tolist() == solved(without, users).group.tolist()


@given(rows(), USERS)
def test_what_was_seen_together_never_makes_one_of_two_customers(found: list[Row], users: set[int]) -> None:
    found = [row for row in found if row[2] == Reason.RECORD]
    group = solved(found, users).group
    assert len({int(group[user]) for user in users}) == len(users)


@given(rows(), USERS)
def test_nobody_has_too_many_identifiers_and_groups_stay_within_clusters(found: list[Row], users: set[int]) -> None:
    result = solved(found, users)
    assert max(np.bincount(result.group)) <= LIMITS.identifiers
    for group in np.unique(result.group):
        assert len(set(result.cluster[result.group == group].tolist())) == 1


@given(rows(), USERS)
def test_a_cluster_by_itself_has_the_same_persons(found: list[Row], users: set[int]) -> None:
    result = solved(found, users)
    blocked = saying_nothing(found, np.isin(np.arange(N), [*users]), LIMITS)
    for cluster in np.unique(result.cluster):
        inside = set(np.flatnonzero(result.cluster == cluster).tolist())
        apart = [row for row in found if {row[0], row[1]} <= inside]
        alone = solve(
            np.array(sorted(inside)), np.isin(sorted(inside), [*users]), links(apart),
            refused=np.zeros(len(apart), np.bool_), limits=LIMITS, blocked=blocked,
        )  # fmt: skip
        assert alone.group.tolist() == result.group[sorted(inside)].tolist()


def test_a_customer_joined_by_hand_may_have_two_user_ids() -> None:
    by_record, by_hand = (0, 1, int(Reason.RECORD), 1.0, 0), (0, 1, int(Reason.HAND), 1.0, 1)
    assert solved([by_record], {0, 1}).group[1] == 1
    assert solved([by_record], {0, 1}).conflicting.tolist() == [0]
    assert solved([by_record, by_hand], {0, 1}).group[1] == 0


def test_the_stronger_reason_is_followed_first_and_then_the_earlier_one() -> None:
    shared = [(0, 2, int(Reason.RECORD), 1.0, 0), (1, 2, int(Reason.RECORD), 1.0, 1)]
    assert solved(shared, {0, 1}).group[2] == 0
    likely = [*shared, (1, 2, int(Reason.MATCH), 0.9, 2)]
    assert solved(likely, {0, 1}).group[2] == 1


def test_an_identifier_of_many_customers_says_nothing_of_who_somebody_is() -> None:
    shared = [(user, 8, int(Reason.RECORD), 1.0, user) for user in range(3)]
    assert solved(shared, {0, 1, 2}).group.tolist() == list(range(N))
    assert solved(shared[:2], {0, 1, 2}).group[8] == 0


def test_ten_thousand_identifiers_of_one_customer_make_no_person_of_them_all() -> None:
    n = 10_000
    star = Links(np.zeros(n, np.int64), np.arange(1, n + 1), np.full(n, 2), np.ones(n), np.arange(n))
    everyone = np.arange(n + 1)
    result = solve(everyone, everyone == 0, star, refused=np.zeros(n, np.bool_), blocked=np.empty(0), limits=Limits())
    assert np.bincount(result.group).max() == Limits().identifiers
    assert len(result.crowding) == n + 1 - Limits().identifiers
    assert set(result.group[1:].tolist()) >= {0, n}
