"""`verify`, `backup` and `restore` at the command line: what they say, and how they end."""

import sqlite3
from contextlib import closing

from quartier.clock import SystemClock
from quartier.store.journal import Arrival, Journal
from tests.acceptance.shop import CommandLine


def _keep(shop: CommandLine, messages: int) -> None:
    with closing(Journal(f"sqlite:///{shop.folder / 'shop' / 'journal.sqlite'}", SystemClock())) as journal:
        for number in range(messages):
            journal.append([Arrival(str(number), b"{}")])


def test_a_workspace_is_verified_backed_up_and_restored(shop: CommandLine) -> None:
    _keep(shop, 3)
    said = shop("verify")
    assert (said.code, said.err) == (0, "")
    assert said.out == "All is there as it was written: settings, store, journal (3 messages), imports (2 files).\n"
    said = shop("backup", shop.folder / "backup")
    assert said.code == 0
    assert said.out.startswith(f"Backed up into {shop.folder / 'backup'}: 5 files, ")
    said = shop("restore", shop.folder / "backup", shop.folder / "again", "--verify")
    assert said.code == 0
    assert "3 messages in its journal" in said.out
    assert "All is there as it was written" in said.out
    assert said.out.endswith("rebuild\n")
    assert shop("restore", shop.folder / "backup", shop.folder / "again").code == 2


def test_damage_is_told_with_exit_code_5_and_can_be_given_up(shop: CommandLine) -> None:
    _keep(shop, 3)
    with closing(sqlite3.connect(shop.folder / "shop" / "journal.sqlite", isolation_level=None)) as connection:
        connection.execute("update entries set body = 'other' where first = 2")
    said = shop("verify")
    assert said.code == 5
    assert said.out.splitlines()[:2] == [
        "1 thing is damaged:",
        "• journal.sqlite: message 2 of the journal is not the one that was written",
    ]
    assert shop("backup", shop.folder / "backup").code == 5
    said = shop("verify", "--give-up")
    assert said.code == 0
    assert said.out.startswith("The journal was written again; the damaged file is ")
    assert said.out.endswith("Recorded as lost: message 2.\n")


def test_a_damaged_backup_is_named_and_a_folder_without_workspace_too(shop: CommandLine) -> None:
    assert shop("backup", shop.folder / "backup").code == 0
    (shop.folder / "backup" / "store.sqlite").write_bytes(b"")
    said = shop("restore", shop.folder / "backup", shop.folder / "again")
    assert said.code == 5
    assert "store.sqlite" in said.err
    assert not (shop.folder / "again").exists()
    assert shop.bare("-w", shop.folder / "nowhere", "verify").code == 2
