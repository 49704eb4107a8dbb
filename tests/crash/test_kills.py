"""What was acknowledged is kept once, wherever the process is killed."""

from contextlib import closing
from pathlib import Path

import pytest

from quartier.clock import FixedClock
from quartier.store.journal import Arrival, Journal
from tests.crash.appending import NOW, url
from tests.crash.kills import kill_at_points, kill_at_random, messages_in
from tests.crash.sendings import send_again


@pytest.mark.parametrize("times", [21, pytest.param(300, marks=pytest.mark.slow)])
def test_no_kill_at_a_random_moment_loses_or_doubles_what_was_acknowledged(folder: Path, times: int) -> None:
    acknowledged = kill_at_random(folder, times, seed=times)
    assert acknowledged.last >= times
    assert messages_in(folder) >= 5 * acknowledged.last


@pytest.mark.parametrize("passes", [[3], pytest.param([0, 1, 2, 5, 9, 14, 20, 33], marks=pytest.mark.slow)])
def test_no_kill_at_a_step_that_makes_messages_durable_loses_or_doubles_them(folder: Path, passes: list[int]) -> None:
    assert kill_at_points(folder, passes).last > 3


@pytest.mark.parametrize("messages", [10_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_messages_that_are_sent_again_across_kills_and_a_clock_that_jumps_are_kept_once(
    folder: Path, messages: int
) -> None:
    assert send_again(folder, messages) > 2 * messages


def test_two_workspaces_have_ids_of_their_own(folder: Path) -> None:
    for name in ("ours", "theirs"):
        (folder / name).mkdir()
        with closing(Journal(url(folder / name), FixedClock(NOW))) as journal:
            assert journal.append([Arrival("1", b"{}")]).is_new == (True,)
