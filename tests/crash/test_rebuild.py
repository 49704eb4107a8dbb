"""Tables are made from the journal: again, they are the same, whatever happened while they were made."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

import quartier
from quartier.clock import FixedClock
from quartier.engine import Query
from tests.crash.appending import NOW
from tests.crash.ends_of_servers import workspace_in
from tests.crash.serving import serving

Tables = dict[str, tuple[object, ...]]


@pytest.mark.parametrize("kills", [1, pytest.param(10, marks=pytest.mark.slow)])
def test_tables_after_kills_of_the_server_are_those_of_a_rebuild(folder: Path, kills: int) -> None:
    shop, chance = workspace_in(folder), random.Random(kills)
    for each in range(kills):
        with serving(shop, 1 + each * 100_000) as (process, clients), clients.sending(chance.randint(40, 200)):
            process.kill()
    with quartier.open(shop, clock=FixedClock(NOW)) as workspace:
        workspace.arrivals.project()
        live = tables(workspace)
        assert live["event_order_completed"][0] == workspace.journal.end()
        workspace.rebuild()
        assert tables(workspace) == live


@pytest.mark.slow
def test_a_million_messages_give_the_same_tables_when_they_are_projected_again(folder: Path) -> None:
    with quartier.open(workspace_in(folder), clock=FixedClock(NOW)) as workspace:
        for number, messages in enumerate(thousands(1_000)):
            workspace.arrivals.take(messages, source="website")
            if number % 37 == 0:
                workspace.arrivals.project()
        workspace.arrivals.project()
        live = tables(workspace)
        assert workspace.journal.end() == 1_000_000
        workspace.rebuild()
        assert tables(workspace) == live


def thousands(how_many: int) -> Iterator[list[dict[str, object]]]:
    """Lists of a thousand messages of several kinds, by fifty thousand persons."""
    chance, number = random.Random(7), 0
    for _ in range(how_many):
        messages = []
        for _ in range(1_000):
            number += 1
            said = chance.choice(SAID)
            messages.append({**said, "userId": f"u{chance.randrange(50_000)}", "messageId": str(number)})
        yield messages


SAID: list[dict[str, object]] = [
    {"type": "track", "event": "Order Completed", "properties": {"revenue": 12.5, "currency": "EUR"}},
    {"type": "track", "event": "Product Viewed", "properties": {"category": "shoes"}},
    {"type": "page", "name": "Home", "properties": {"path": "/"}},
    {"type": "identify", "traits": {"country": "FR"}},
    {"type": "identify", "traits": {"country": "BE", "age": 41}},
]


def tables(workspace: quartier.Workspace) -> Tables:
    """For each table its number of rows and the sum of their hashes, which does not depend on their order.

    The engine's own tables are left out: one tells its generation, which a rebuild makes new.
    """
    engine = workspace.engine
    asked = {
        name: f'select count(*), sum(hash(t)::hugeint) from "{name}" t'
        for name in engine.tables()
        if not name.startswith("quartier_")
    }
    return {name: engine.rows(Query(sql))[0] for name, sql in asked.items()}
