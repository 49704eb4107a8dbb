"""Fixtures for every kind of test: a folder, a clock that stands still, a workspace, and what the machine must have."""

import contextlib
import datetime as dt
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.engine import SparkEngine
from tests import needs, on_spark, postgres

# No deadline: on a shared machine it measures the neighbours. In CI the examples are the same at each run.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("desk", **_PATIENT)
settings.register_profile("ci", derandomize=True, **_PATIENT)
settings.load_profile("ci" if needs.is_ci() else "desk")

NOW = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _untouched_random_state() -> Iterator[None]:
    """Randomness comes in by argument: no test may leave the global generators changed."""
    before = _random_state()
    yield
    assert _random_state() == before, "the global random state was used; pass a seeded generator instead"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of its own for each test."""
    return tmp_path


@pytest.fixture
def clock() -> FixedClock:
    """A clock at 21 November 2026, 14:05 UTC, that moves only when told to."""
    return FixedClock(NOW)


@pytest.fixture
def workspace(folder: Path, clock: FixedClock) -> Iterator[quartier.Workspace]:
    """A new workspace, open, with nothing in it."""
    quartier.create(folder / "tiny-shop", Config(name="Tiny shop", memory_limit="512MB", threads=1))
    with quartier.open(folder / "tiny-shop", clock=clock) as opened:
        yield opened


Fill = Callable[[quartier.Workspace, FixedClock], object]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Fill], tuple[Path, dt.datetime]]:
    """A workspace as something filled it, which is done once in a process, and the instant at which it was ready."""
    known: dict[Fill, tuple[Path, dt.datetime]] = {}

    def made(fill: Fill) -> tuple[Path, dt.datetime]:
        if fill not in known:
            path, clock = tmp_path_factory.mktemp("made") / "tiny-shop", FixedClock(NOW)
            quartier.create(path, Config(name="Tiny shop", memory_limit="512MB", threads=1))
            with quartier.open(path, clock=clock) as opened:
                fill(opened, clock)
            known[fill] = path, clock.now()
        return known[fill]

    return made


@pytest.fixture
def filled(
    made_once: Callable[[Fill], tuple[Path, dt.datetime]], folder: Path, clock: FixedClock
) -> Iterator[Callable[[Fill], quartier.Workspace]]:
    """`filled(fill)`: a workspace of a test's own, open, that is a copy of one which `fill` filled."""
    with contextlib.ExitStack() as files:

        def opened(fill: Fill) -> quartier.Workspace:
            path, ready = made_once(fill)
            clock.advance(ready - clock.now())
            own = shutil.copytree(path, folder / "tiny-shop", ignore=shutil.ignore_patterns("*.lock"))
            return files.enter_context(quartier.open(own, clock=clock))

        yield opened


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real PostgreSQL; a visible skip where it cannot start, and a failure in CI."""
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def spark() -> SparkEngine:
    """Spark on two cores of this machine, one session for all tests of a process."""
    return on_spark.local_engine()


@pytest.fixture
def requires() -> Callable[[str], str]:
    """`requires("chromium")`: its path, or a skip at a desk and a failure in CI."""
    return needs.requires


@pytest.fixture
def shared_data() -> Callable[[str], Path]:
    """`shared_data("online_retail.parquet")`: its path, or a visible skip."""
    return needs.shared_data


def _random_state() -> tuple[object, ...]:
    # The legacy generator is named to watch it, not to draw from it.
    name, words, *rest = np.random.get_state()
    return random.getstate(), name, words.tobytes(), *rest
