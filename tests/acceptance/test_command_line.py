"""The whole road by the command line: what is printed, in both languages, and the JSON of every command."""

import csv
import datetime as dt
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.acceptance.shop import AT, CommandLine

SEGMENT = """\
segment: french-buyers
label: {fr: Acheteurs français, en: French buyers}
where:
  all:
    - {trait: country, is: FR}
    - {event: Order Completed, within: 1 year, count: {at_least: 1}}
"""


def test_the_road_speaks_french(shop: CommandLine) -> None:
    french = shop("segment", "count", "country-fr")
    assert french.out == "Country: France: 3 of 5 persons (60%), as of 1 April 2026, 14:00.\n"
    french = shop.bare("--lang", "fr", "-w", shop.folder / "shop", "--at", AT, "segment", "count", "country-be")
    assert french.out.replace("\N{NO-BREAK SPACE}", " ") == (
        "Pays : Belgique : 1 personne sur 5 (20 %), au 1er avril 2026, 14 h 00.\n"
    )


def test_a_new_workspace_says_what_to_do_next(quartier: CommandLine) -> None:
    said = quartier.bare("init", quartier.folder / "shop")
    assert "Next: quartier -w" in said.out
    assert "segment apply" in quartier("segment", "list").out
    assert "collect orders.csv" in quartier("catalog", "show").out


def test_collecting_counts_each_row_once(quartier: CommandLine) -> None:
    quartier.bare("init", quartier.folder / "shop")
    path = quartier.write("people.csv", "customer_id,email\nC1,a@example.com\nC2,b@example.com\nC2,b@example.com\n")
    said = quartier("collect", path, "--yes")
    assert said.out.startswith("people.csv: 3 rows = 2 stored + 1 duplicate + 0 rejected\n  new persons: 2\n")
    again = quartier("collect", path, "--yes", "--json").json
    (done,) = again["imports"]
    assert (done["rows_in"], done["stored"], done["duplicates"], done["rejected"]) == (3, 0, 3, 0)
    assert done["mapping"]["layout"] == "persons"


def test_segments_are_listed_with_their_shares(shop: CommandLine) -> None:
    lines = shop("segment", "list").out.splitlines()
    assert lines[0].split() == ["segment", "label", "persons", "share"]
    assert next(line.split() for line in lines if line.startswith("country-fr")) == [
        "country-fr", "Country:", "France", "3", "60%",
    ]  # fmt: skip
    assert lines[-1] == "As of 1 April 2026, 14:00, of 5 persons."
    assert not [line for line in lines if line.endswith(" ")]
    found = shop("segment", "list", "--json").json
    assert found["persons"] == 5
    assert next(each for each in found["segments"] if each["segment"] == "country-fr")["size"] == 3


def test_a_definition_is_previewed_then_applied_then_written_back(shop: CommandLine) -> None:
    path = shop.write("segments.yaml", SEGMENT)
    (seen,) = shop("segment", "preview", path, "--json").json
    assert (seen["segment"], seen["size"], seen["population"]) == ("french-buyers", 2, 5)
    assert seen["sample"][0]["birth_date"] == "1990-03-14"
    assert "french-buyers" not in shop("segment", "list").out
    (applied,) = shop("segment", "apply", path, "--json").json
    assert (applied["size"], applied["entered"], applied["left"]) == (2, 2, 0)
    written = shop.write("back.yaml", shop("segment", "export", "french-buyers").out)
    (again,) = shop("segment", "apply", written, "--json").json
    assert again["version"] == applied["version"]


def test_a_refresh_says_who_moved_as_time_passes(shop: CommandLine) -> None:
    shop("segment", "apply", shop.write("segments.yaml", SEGMENT))
    later = "2026-07-01T12:00+00:00"
    moved = {each["segment"]: each for each in shop("segment", "refresh", "--json", at=later).json}
    assert (moved["french-buyers"]["size"], moved["french-buyers"]["left"]) == (1, 1)
    said = shop("segment", "refresh", at=later).out
    assert said.endswith("evaluated as of 1 July 2026, 14:00; changed: 0.\n")


def test_members_come_as_a_table_as_json_and_as_files(shop: CommandLine) -> None:
    assert "31 December 2000" in shop("segment", "members", "country-fr").out
    found = shop("segment", "members", "country-fr", "--traits", "user_id", "--json").json
    assert [each["user_id"] for each in found["members"]] == ["C1", "C3", "C5"]
    path = shop.folder / "members.parquet"
    done = shop("segment", "members", "country-fr", "--limit", "2", "--out", path, "--json").json
    assert done["written"] == pq.read_table(path).num_rows == 2


def test_an_explanation_names_the_events(shop: CommandLine) -> None:
    assert "✓" in shop("segment", "explain", "frequent-buyers", "C1").out
    found = shop("segment", "explain", "frequent-buyers", "ana@example.com", "--json").json
    assert isinstance(found, dict)
    assert found


def test_a_model_writes_traits_and_brings_segments(shop: CommandLine) -> None:
    found = shop("model", "run", "rfm", "--json").json
    assert found["scored"] == 4
    assert any(name.startswith("rfm-") for name in found["segments_added"])
    assert "rfm computed: 4 persons of 5 have values." in shop("model", "run", "rfm").out


def test_the_catalog_is_shown_written_and_applied(shop: CommandLine) -> None:
    assert "E-mail" in shop("catalog", "show").out
    document = shop("catalog", "export").out
    edited = shop.write("catalog.yaml", document.replace("Newsletter", "Monthly letter"))
    assert shop("catalog", "apply", edited).out.startswith("Catalog in force: 7 traits, ")
    labels = [each["label"]["en"] for each in shop("catalog", "show", "--json").json["traits"]]
    assert "Monthly letter" in labels
    assert shop("catalog", "export", "--json").json["kind"] == "catalog"


def test_a_list_keeps_a_holdout_and_its_effect_is_measured(shop: CommandLine) -> None:
    path = shop.folder / "list.csv"
    said = shop("target", "export", "identified", "--holdout", "5%", "--campaign", "spring", "--out", path, "--json")
    done = said.json
    assert done["persons"] + done["held_out"] == 5
    assert dt.datetime.fromisoformat(done["at"]) == dt.datetime.fromisoformat(AT)
    with path.open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == done["persons"]
    outcome = "sum of revenue of Order Completed within 14 days"
    later = "2026-06-01T12:00+00:00"
    found = shop("evaluate", "spring", "--outcome", outcome, "--json", at=later).json
    assert found["campaign"] == "spring"
    assert shop("evaluate", "spring", "--outcome", outcome, at=later).out


def test_a_report_is_written_in_the_language_asked_for(shop: CommandLine) -> None:
    path = shop.folder / "report.html"
    done = shop("report", "--lang", "fr", "--out", path, "--json")
    assert done.code == 0, done.err
    assert isinstance(done.json, dict)
    assert '<html lang="fr"' in path.read_text(encoding="utf-8")


def test_a_rebuild_says_what_it_made(shop: CommandLine) -> None:
    assert shop("rebuild", "--json").json["persons"] == 5
    assert shop("rebuild").out.endswith(", 5 persons.\n")


def test_the_example_shop_says_that_it_is_synthetic(quartier: CommandLine) -> None:
    said = quartier.bare("example", quartier.folder / "files", "--persons", "50")
    assert "synthetic" in said.out
    files = quartier.bare("example", quartier.folder / "again", "--persons", "50", "--json").json["files"]
    assert all(Path(each).is_file() for each in files)


@pytest.mark.parametrize("command", ["init", "collect", "segment"])
def test_the_language_of_the_workspace_is_that_of_its_messages(quartier: CommandLine, command: str) -> None:
    quartier.bare("init", quartier.folder / "shop", "--language", "fr")
    arguments = {
        "init": ["init", quartier.folder / "shop"],
        "collect": ["collect", "absent.csv"],
        "segment": ["segment", "count", "absent"],
    }[command]
    said = quartier(*arguments)
    assert said.code == 2
    assert any(word in said.err for word in ("contient", "existe pas", "n'y a pas"))


def test_json_is_written_with_its_accents(shop: CommandLine) -> None:
    said = shop("segment", "members", "country-fr", "--json")
    assert "Cléo" in said.out
    assert json.loads(said.out)["size"] == 3


def test_what_needs_attention_in_the_data_is_told(shop: CommandLine) -> None:
    found = shop("quality", "--json").json
    assert found["persons"] == 5
    assert {each["name"] for each in found["traits"]} >= {"email", "country"}
    assert shop("quality").out.splitlines()[0].startswith(("•", "0 points", "1 point"))


def test_new_names_are_classified_from_the_inbox(shop: CommandLine) -> None:
    document = shop("catalog", "export").out.replace("name: newsletter\n", "name: newsletter\n  is_new: true\n")
    assert shop("catalog", "apply", shop.write("catalog.yaml", document)).code == 0
    (waits,) = shop("inbox", "list", "--json").json
    assert waits["place"] == "traits.newsletter"
    done = shop("inbox", "accept", "traits.newsletter", "--family", "psychographic", "--label-fr", "Lettre")
    assert done.out == "1 name classified.\n0 names wait.\n"
    (trait,) = [each for each in shop("catalog", "show", "--json").json["traits"] if each["name"] == "newsletter"]
    assert (trait["family"], trait["label"]["fr"]) == ("psychographic", "Lettre")
    assert shop("inbox", "accept").code == 2
    assert "Nothing waits" in shop("inbox", "list").out
