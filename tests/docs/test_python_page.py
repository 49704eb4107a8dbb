"""The page about Python names what there is, and the steps of its example work."""

import re
from pathlib import Path

import quartier
from quartier.clock import FixedClock
from tests.conftest import NOW

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
INSIDE = {"close", "count_accounts", "count_everyone", "label", "members_table", "persons"}
"""Public for the command line and the report; not told to newcomers."""


def _told() -> dict[str, str]:
    rows = re.findall(r"^\| [a-z]* ?\| (.+?) \|", PAGE, re.MULTILINE)
    return dict(re.findall(r"`(\w+)(\([^`]*\))?`", " ".join(rows)))


def test_each_public_method_is_named_on_the_page_and_no_other() -> None:
    public = {name for name in vars(quartier.Workspace) if not name.startswith("_")}
    assert set(_told()) == public - INSIDE


def test_the_arguments_on_the_page_exist() -> None:
    for name, signature in _told().items():
        if signature:
            known = getattr(quartier.Workspace, name).__code__.co_varnames
            given = [each.partition("=")[0].strip("* ") for each in signature.strip("()").split(",")]
            assert set(filter(None, given)) <= set(known), name


def test_the_steps_of_the_example_work(folder: Path) -> None:
    (folder / "customers.csv").write_text("customer_id,email,country\nC1,a@example.com,FR\n", encoding="utf-8")
    quartier.create(folder / "my-shop")
    with quartier.open(folder / "my-shop", clock=FixedClock(NOW)) as ws:
        ws.collect(folder / "customers.csv")
        ws.apply_ready_made()
        assert [each.definition.name for each in ws.refresh()] == ["country-fr", "identified"]
        assert ws.members("identified", traits=["email", "country"]).to_pandas()["country"].tolist() == ["FR"]
