"""End a server that takes batches, again and again, and look each time at what it left behind."""

import random
from pathlib import Path

import quartier
from quartier.config import Config
from tests.crash.appending import submissions_in
from tests.crash.disk import Disk
from tests.crash.serving import serving


def kill_server(folder: Path, times: int) -> int:
    """Kill it so many times; the batches that were acknowledged, none of which is lost or torn."""
    shop, chance, acknowledged = workspace_in(folder), random.Random(times), set[int]()
    for each in range(times):
        with serving(shop, 1 + each * 100_000) as (process, clients):
            with clients.sending(chance.randint(5, 60)):
                process.kill()
            acknowledged |= clients.acknowledged
        assert acknowledged <= submissions_in(shop), "acknowledged batches are lost"
    return len(acknowledged)


def cut_power_of_server(folder: Path, times: int) -> int:
    """The same with the power of its disk."""
    disk, chance, acknowledged = Disk.made(folder), random.Random(times), set[int]()
    with disk.mounted() as place:
        workspace_in(place)
    for each in range(times):
        with disk.mounted() as place, serving(place / "shop", 1 + each * 100_000) as (process, clients):
            with clients.sending(chance.randint(5, 60)):
                after = disk.cut(process.pid)
            acknowledged |= clients.acknowledged
            process.wait()
        disk.take(after)
        with disk.mounted() as place:
            assert acknowledged <= submissions_in(place / "shop"), "acknowledged batches are lost"
    return len(acknowledged)


def workspace_in(folder: Path) -> Path:
    """An empty workspace."""
    return quartier.create(folder / "shop", Config(name="Shop", memory_limit="512MB", threads=1))
