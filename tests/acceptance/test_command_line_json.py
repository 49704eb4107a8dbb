"""Each command writes the keys that the reference promises, and nothing else, to standard output."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp

import quartier
from quartier.collect.tracking import run
from tests.acceptance.shop import AT, CommandLine
from tests.conftest import NOW
from tests.docs.command_line import FORMS

OUTCOME = "any Order Completed within 14 days"
SOUND = {"type": "track", "userId": "C1", "event": "Seen"}
DOCUMENTS = ("segment export", "source show", "survey new", "survey show")
"""What these write is a document: of its keys only the first are told."""
LATER = "2026-05-01T12:00+00:00"


def _lines(shop: CommandLine) -> Iterator[tuple[str, list[Any]]]:
    """Every command but the demonstration and the server, which have their own tests, in an order that works."""
    folder = shop.folder
    segment = shop.write("s.yaml", "segment: fr\nwhere: {trait: country, is: FR}\n")
    catalog = shop.write("catalog.yaml", shop("catalog", "export").out)
    export = ["target", "export", "fr", "--campaign", "spring", "--holdout", "0%", "--out", folder / "l.csv"]
    yield "example", ["example", folder / "files", "--persons", "50"]
    yield "init", ["init", folder / "new"]
    yield "collect", ["collect", folder / "orders.csv"]
    yield "catalog show", ["catalog", "show"]
    yield "catalog export", ["catalog", "export"]
    yield "catalog apply", ["catalog", "apply", catalog]
    yield "quality", ["quality"]
    waiting = shop("catalog", "export").out.replace("name: newsletter\n", "name: newsletter\n  is_new: true\n")
    shop("catalog", "apply", shop.write("waiting.yaml", waiting))
    yield "inbox list", ["inbox", "list"]
    yield "inbox accept", ["inbox", "accept", "--all"]
    yield from _of_sources(shop)
    yield from _of_links()
    yield "person find", ["person", "find", "ana"]
    yield "person show", ["person", "show", "C1"]
    yield "person similar", ["person", "similar", "C1"]
    yield "person history", ["person", "history", "C1", "country"]
    yield "segment due", ["segment", "due"]
    yield "segment dry-run", ["segment", "dry-run", segment]
    yield "segment preview", ["segment", "preview", segment]
    yield "segment apply", ["segment", "apply", segment]
    yield "segment list", ["segment", "list"]
    yield "segment refresh", ["segment", "refresh"]
    yield "segment audit", ["segment", "audit"]
    yield "segment count", ["segment", "count", "fr"]
    yield "segment members", ["segment", "members", "fr"]
    yield "segment explain", ["segment", "explain", "frequent-buyers", "C1", "--near"]
    yield "segment near", ["segment", "near", "frequent-buyers"]
    yield "segment ready-made", ["segment", "ready-made"]
    yield "segment export", ["segment", "export", "fr"]
    yield "segment history", ["segment", "history", "fr"]
    yield "segment flow", ["segment", "flow", "fr", "country-fr", "--from", AT]
    yield "segment versions", ["segment", "versions", "fr"]
    yield "model list", ["model", "list"]
    yield "model run", ["model", "run", "rfm"]
    yield "model show", ["model", "show", "rfm"]
    yield "model segments", ["model", "segments", "rfm"]
    yield from _of_analysis()
    yield "target export", export
    yield "evaluate", ["evaluate", "spring", "--outcome", OUTCOME]
    key = json.loads(shop("key", "create", "web", "--json").out)["key"]
    reject_two(folder)
    yield "key create", ["key", "create", "app"]
    yield "key list", ["key", "list"]
    yield "key revoke", ["key", "revoke", key]
    two_users(folder)
    yield "user list", ["user", "list"]
    yield "user invite", ["user", "invite", "dan@example.org", "sales"]
    yield "user password", ["user", "password", "ben@example.org"]
    yield "user role", ["user", "role", "ben@example.org", "analyst"]
    yield "user second-factor-off", ["user", "second-factor-off", "ben@example.org"]
    yield "user close", ["user", "close", "ben@example.org"]
    yield "user reopen", ["user", "reopen", "ben@example.org"]
    yield "rejected list", ["rejected", "list"]
    yield "rejected show", ["rejected", "show", 1]
    yield "rejected replay", ["rejected", "replay", 1, "--with", shop.write("m.json", json.dumps(SOUND))]
    yield "rejected drop", ["rejected", "drop", 2]
    yield from _of_surveys(shop)
    yield "segmentation", ["segmentation", "--team", "small"]
    yield "report", ["report", "--out", folder / "r.html"]
    yield from _of_accounts(shop)
    yield "rebuild", ["rebuild"]
    yield "verify", ["verify"]
    yield "backup", ["backup", folder / "backup"]
    yield "restore", ["restore", folder / "backup", folder / "restored", "--verify"]
    shop("segment", "apply", shop.write("s.yaml", "segment: fr\nwhere: {trait: country, is: BE}\n"))
    yield "segment diff", ["segment", "diff", "fr"]
    yield "segment undo", ["segment", "undo", "fr"]
    yield "segment retire", ["segment", "retire", "fr"]


def _of_analysis() -> Iterator[tuple[str, list[Any]]]:
    order = "Order Completed"
    yield "analyse advise", ["analyse", "advise"]
    yield "analyse opportunities", ["analyse", "opportunities"]
    yield "analyse funnel", ["analyse", "funnel", order, order]
    yield "analyse paths", ["analyse", "paths", order]
    yield "analyse retention", ["analyse", "retention", order, order]
    yield "analyse sequences", ["analyse", "sequences"]


def _of_links() -> Iterator[tuple[str, list[Any]]]:
    mail = "zoe@example.com"
    yield "link show", ["link", "show", "C9"]
    yield "link review", ["link", "review"]
    yield "link match", ["link", "match", "--try"]
    yield "link refuse", ["link", "refuse", "C9", mail, "--try"]
    yield "link accept", ["link", "accept", "C9", "C1", "--try"]
    yield "link split", ["link", "split", mail, "--try"]
    yield "link block", ["link", "block", mail, "--note", "a shop's"]
    yield "link undo", ["link", "undo", mail]
    yield "link allow", ["link", "allow", mail, "--try"]
    yield "link decisions", ["link", "decisions"]
    yield "link limits", ["link", "limits"]


def _of_sources(shop: CommandLine) -> Iterator[tuple[str, list[Any]]]:
    (shop.folder / "till").mkdir()
    (shop.folder / "till" / "day.csv").write_text("customer_id,email\nC9,zoe@example.com\n", encoding="utf-8")
    columns = "{layout: persons, columns: {customer_id: user_id, email: email}}"
    document = f"kind: source\nsource: till\nfrom: {{files: {{folder: {shop.folder / 'till'}}}}}\ninto: {columns}\n"
    yield "source apply", ["source", "apply", shop.write("till.yaml", document)]
    yield "source list", ["source", "list"]
    yield "source show", ["source", "show", "till"]
    yield "source try", ["source", "try", "till"]
    yield "source run", ["source", "run", "till"]
    yield "source runs", ["source", "runs", "till"]
    yield "source retire", ["source", "retire", "till"]


def _of_surveys(shop: CommandLine) -> Iterator[tuple[str, list[Any]]]:
    survey, links = shop.folder / "survey.yaml", shop.folder / "links.csv"
    shop("survey", "new", "recommend", "--template", "recommendation", "--out", survey)
    yield "survey new", ["survey", "new", "needed", "--template", "needs"]
    yield "survey apply", ["survey", "apply", survey]
    yield "survey list", ["survey", "list"]
    yield "survey show", ["survey", "show", "recommend"]
    asked = ["--segment", "identified", "--url", "https://surveys.example.com", "--out", links]
    yield "survey invite", ["survey", "invite", "recommend", *asked]
    yield "survey results", ["survey", "results", "recommend"]


def _of_accounts(shop: CommandLine) -> Iterator[tuple[str, list[Any]]]:
    shop("collect", "--yes", shop.write("firms.csv", "account_id,company,siren\nB1,Morel SAS,732829321\n"))
    shop("collect", "--yes", shop.write("staff.csv", "customer_id,account_id,role\nC1,B1,buyer\nC2,B1,user\n"))
    yield "account find", ["account", "find", "morel"]
    yield "account show", ["account", "show", "B1"]
    yield "account tree", ["account", "tree", "B1"]
    yield "account findings", ["account", "findings"]
    yield "account suggestions", ["account", "suggestions"]


def two_users(folder: Path) -> None:
    """An owner and a viewer, who has a second factor."""
    with quartier.open(folder / "shop") as ws:
        for name, role in (("Ann", "owner"), ("Ben", "viewer")):
            ws.users.add(email=f"{name}@example.org", name=name, role=role, author="test")
        ben = ws.users.all()[-1]
        ws.users.second_factors.begin(ben)
        begun = ws.users.second_factors.begun(ben, "shop")
        ws.users.second_factors.confirm(ben, pyotp.TOTP(begun.secret).at(ws.clock.now()), "")


def reject_two(folder: Path) -> None:
    """Two messages that nobody can keep as they are."""
    with quartier.open(folder / "shop") as ws:
        run.take(ws.journal, [{"type": "track"}, {}], source="web", received_at=NOW)


TOO_FEW = {"quartier analyse associations", "quartier analyse drivers"}
"""Five persons are no answer to these: tests/web/test_relations.py holds their keys."""


def test_every_command_writes_the_keys_that_are_documented(shop: CommandLine) -> None:
    tried = {"quartier demo", "quartier serve"} | TOO_FEW
    for path, arguments in _lines(shop):
        said = shop(*arguments, "--json", at=LATER if path == "evaluate" else AT)
        assert (said.code, said.err) == (0, ""), said
        form, keys = FORMS[f"quartier {path}"]
        keys = {
            key: meaning for key, meaning in keys.items() if (path, key) != ("segment ready-made", "segments_added")
        }
        found = said.json
        keys = {key: meaning for key, meaning in keys.items() if key != "…"}
        assert isinstance(found, list) == form.startswith("list"), path
        for each in found if isinstance(found, list) else [found]:
            assert keys.keys() <= each.keys() if path in DOCUMENTS else keys.keys() == each.keys(), path
        _check_instants(found)
        tried.add(f"quartier {path}")
    assert tried == set(FORMS)


def _check_instants(found: Any) -> None:
    """Whatever is called `at` is ISO 8601 and says its offset."""
    for each in found if isinstance(found, list) else [found]:
        if isinstance(each, dict):
            for key, value in each.items():
                if value is not None and key in ("at", "as_of", "since", "starts_at", "ends_at", "occurred_at"):
                    assert dt.datetime.fromisoformat(value).utcoffset() is not None
                _check_instants(value)


def test_a_file_that_is_refused_leaves_those_before_it_stored(shop: CommandLine) -> None:
    good = shop.write("more.csv", "customer_id,email\nC6,fay@example.com\n")
    bad = shop.write("unclear.csv", "customer_id,order_id,order_date,total\nC1,P1,03/04/2026,5\nC2,P2,05/06/2026,7\n")
    said = shop("collect", good, bad, "--yes")
    assert said.code == 2
    assert said.out.startswith("more.csv: 1 row = 1 stored + 0 duplicates + 0 rejected\n")
    assert "unclear.csv" in said.err
    assert shop("segment", "list", "--json").json["persons"] == 6
    said = shop("collect", good, bad, "--json")
    assert [each["name"] for each in said.json["imports"]] == ["more.csv"]
    assert said.err.startswith('{"error": ')


def test_a_mapping_is_shown_and_asked_about_in_the_reader_s_language(shop: CommandLine) -> None:
    path = shop.write("more.csv", "customer_id,email\nC6,fay@example.com\n")
    refused = shop("collect", path, typed="maybe\nn\n")
    assert refused.code == 2
    assert "more.csv: each row looks like a person" in refused.out
    assert "nothing was brought in" in refused.err
    assert shop("segment", "list", "--json").json["persons"] == 5
    agreed = shop.bare("--lang", "fr", "-w", shop.folder / "shop", "collect", path, typed="oui\n")
    assert agreed.code == 0
    assert "Le faire entrer ainsi" in agreed.err
    assert "1 ligne = 1 gardée + 0 doublon + 0 rejetée" in agreed.out


def test_a_mapping_is_saved_edited_and_used_for_several_files(shop: CommandLine) -> None:
    first = shop.write("a.csv", "customer_id,email,points\nC6,fay@example.com,3\n")
    second = shop.write("b.csv", "customer_id,email,points\nC7,gus@example.com,4\n")
    mapping = shop.folder / "mapping.yaml"
    assert shop("collect", first, "--save-mapping", mapping).code == 0
    assert shop("collect", first, "--save-mapping", mapping).code == 2
    mapping.write_text(mapping.read_text(encoding="utf-8").replace("trait.points", "trait.loyalty_points"), "utf-8")
    assert shop("collect", first, second, "--mapping", mapping).code == 0
    found = shop("segment", "members", "identified", "--traits", "loyalty_points", "--json").json
    assert sorted(each["loyalty_points"] for each in found["members"] if each["loyalty_points"]) == [3, 4]
