"""`quartier link`: what is in doubt is listed, decided of and taken back, in both languages."""

import os
import shutil
from pathlib import Path

import pytest

from quartier.cli.main import run
from tests.acceptance.conftest import ENVIRON
from tests.acceptance.shop import AT, CommandLine
from tests.docs.shown import outputs, written
from tests.needs import REPOSITORY

PAGE = REPOSITORY / "docs/how-to/decide-who-is-who.md"
COMMANDS = {
    "review": ["review"], "show": ["show", "C7"], "try": ["accept", "C2", "C7", "--note", "two cards", "--try"]
}  # fmt: skip

# Bob's colleague ordered as C7 with Bob's address; Gus has but a phone.
MORE = "customer_id,email,phone\nC7,bob@example.com,+33623471890\nC8,,+33623471891\n"
PLACES = "email,city\nbob@example.com,Lyon\nana@example.com,Nice\n"
MAIL = "bob@example.com"


@pytest.fixture
def doubtful(quartier: CommandLine, made: Path) -> CommandLine:
    shutil.copytree(made, quartier.folder, dirs_exist_ok=True)
    return quartier


@pytest.fixture(scope="module")
def made(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(collected, tmp_path_factory.mktemp("doubtful"), dirs_exist_ok=True)
    here = ["-w", str(folder / "shop"), "--at", AT]
    for name, text in (("more.csv", MORE), ("places.csv", PLACES)):
        (folder / name).write_text(text, encoding="utf-8")
        assert run([*here, "collect", str(folder / name), "--yes"], ENVIRON) == 0
    assert run([*here, "segment", "refresh"], ENVIRON) == 0
    return folder


def test_the_page_shows_what_is_printed(doubtful: CommandLine) -> None:
    printed = {name: doubtful("link", *arguments).out for name, arguments in COMMANDS.items()}
    if os.environ.get("QUARTIER_WRITE_DOCS"):
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), printed), encoding="utf-8")
    shown = list(outputs(PAGE.read_text(encoding="utf-8")))
    assert [each.name for each in shown] == list(COMMANDS)
    assert [each.shown for each in shown] == [each.of(printed[each.name]) for each in shown]


def test_what_would_join_two_customers_waits_until_somebody_decides(doubtful: CommandLine) -> None:
    (doubt,) = doubtful("link", "review", "--json").json["doubts"]
    assert {doubt["a"]["value"], doubt["b"]["value"]} == {"C7", MAIL}
    assert (doubt["why"], {each["value"] for each in doubt["customers"]}) == ("two_customers", {"C2", "C7"})
    assert "would join two customers" in doubtful("link", "review").out
    tried = doubtful("link", "accept", "C7", "C2", "--try", "--json").json
    assert (tried["gone"], tried["done"]) == (1, False)
    assert tried["segments"]["identified"] == 2
    done = doubtful("link", "accept", "C7", "C2", "--note", "a colleague", "--json").json
    assert (done["identifiers"], done["gone"], done["done"]) == (tried["identifiers"], 1, True)
    assert doubtful("link", "review", "--json").json["doubts"] == []
    assert doubtful("link", "undo", "C2", "C7", "--json").json["added"] == 1
    assert len(doubtful("link", "review", "--json").json["doubts"]) == 1
    answers = [each["answer"] for each in doubtful("link", "decisions", "--json").json["decisions"]]
    assert answers == ["open", "accepted"]


def test_accepting_the_link_in_doubt_says_whose_the_identifier_is(doubtful: CommandLine) -> None:
    assert doubtful("person", "show", MAIL, "--json").json["name"] == "Bob"
    moved = doubtful("link", "accept", "C7", MAIL, "--json").json
    assert (moved["added"], moved["gone"], len(moved["persons"])) == (0, 0, 2)
    cities = [trait["value"] for trait in doubtful("person", "show", "C7", "--json").json["traits"]
              if trait["trait"] == "city"]  # fmt: skip
    assert cities == ["Lyon"]


def test_links_are_shown_in_french_with_their_state(doubtful: CommandLine) -> None:
    said = doubtful.bare("--lang", "fr", "-w", doubtful.folder / "shop", "link", "show", "C2").out
    assert "arrivés dans un même enregistrement" in said
    assert "réunirait deux clients" in said
    empty = doubtful.bare("--lang", "fr", "-w", doubtful.folder / "shop", "link", "decisions").out
    assert empty == "Personne n'a décidé d'aucun lien.\n"


def test_identifiers_are_parted_into_a_person_of_their_own(doubtful: CommandLine) -> None:
    parted = doubtful("link", "split", MAIL, "--json").json
    assert parted["added"] == 1
    assert doubtful("link", "split", MAIL).err.startswith("these are all identifiers")


def test_other_limits_are_tried_before_they_apply(doubtful: CommandLine) -> None:
    path: Path = doubtful.write("limits.yaml", "trusted: [user_id]\n")
    tried = doubtful("link", "limits", "--apply", path, "--try", "--json").json
    done = doubtful("link", "limits", "--apply", path, "--json").json
    assert tried["added"] == done["added"] == 2  # what came under the two addresses alone
    assert doubtful("link", "limits", "--json").json["trusted"] == ["user_id"]
    assert doubtful("link", "limits", "--apply", doubtful.write("usual.yaml", "{}"), "--json").json["gone"] == 2
    wrong = doubtful("link", "limits", "--apply", doubtful.write("wrong.yaml", "trusted: [name]\nmost: 3\n"))
    assert wrong.code == 2
    assert "trusted[0]" in wrong.err
    assert "most" in wrong.err


def test_an_identifier_of_many_customers_waits_until_it_is_blocked(doubtful: CommandLine) -> None:
    shared = "".join(f"S{n},office@example.com\n" for n in range(7))
    assert doubtful("collect", doubtful.write("office.csv", f"customer_id,email\n{shared}"), "--yes").code == 0
    (found,) = doubtful("link", "review", "--json").json["shared"]
    assert found == {"identifier": {"kind": "email", "value": "office@example.com"}, "customers": 7, "others": 7}
    assert "1 identifiant est partagé par trop de monde" in doubtful.bare(
        "--lang", "fr", "-w", doubtful.folder / "shop", "link", "review"
    ).out  # fmt: skip
    assert doubtful("link", "block", "office@example.com").out.startswith("Noted.")
    assert doubtful("link", "review", "--json").json["shared"] == []


def test_a_phone_and_an_address_are_found_however_they_are_written(doubtful: CommandLine) -> None:
    for wanted in ("06 23 47 18 90", "phone:+33 6 23 47 18 90", "C7"):
        said = doubtful("link", "show", wanted, "--json")
        assert said.err == ""
        assert len(said.json["links"]) == 2
    assert doubtful("person", "show", "06.23.47.18.90", "--json").json["person"].startswith("p_")
    assert doubtful("person", "show", "ANA@example.com", "--json").json["name"] == "Ana"


def test_what_nobody_has_and_what_nobody_decided_is_said(doubtful: CommandLine) -> None:
    said = doubtful("link", "refuse", "C1", "nobody@example.com")
    assert said.code == 2
    assert "nobody has this identifier" in said.err
    assert "nothing is decided here" in doubtful("link", "undo", "C1").err


TWINS = """customer_id,first_name,last_name,birth_date,address,postal_code,city
C50,Hélène,Marchand,1974-03-12,4 rue des Lilas,69003,Lyon
C51,Helene,MARCHAND,1974-03-12,"4, rue des Lilas",69003,Lyon
"""


def people() -> str:
    """Strangers, so that matching learns how rarely two agree."""
    names = ["Abel", "Brune", "Cyr", "Diane", "Eve", "Félix", "Gaël", "Hugo", "Iris", "Jules", "Karl", "Lou", "Max"]
    rows = []
    for n in range(60):
        last, born = f"{names[n * 5 % 11]}{names[n * 7 % 13].lower()}", f"19{50 + n % 40}-0{1 + n % 9}-1{n % 10}"
        place = f"{n} avenue {names[n * 3 % 13]},{10_000 + n * 731},{names[n * 2 % 13]}ville"
        rows.append(f"C{100 + n},{names[n % 13]},{last},{born},{place}\n")
    return "".join(rows)


def test_what_is_alike_is_tried_linked_listed_and_refused(shop: CommandLine) -> None:
    assert shop("collect", shop.write("twins.csv", TWINS + people()), "--yes").code == 0
    tried = shop("link", "match", "--try", "--certain", "0.9", "--examples", "5", "--json").json
    assert (tried["certain"], tried["merged_persons"], tried["is_written"]) == (1, 1, False)
    (pair,) = tried["links"]
    assert {pair["a"]["value"], pair["b"]["value"]} == {"C50", "C51"}
    assert {each["field"] for each in pair["reasons"]} >= {"first_name", "birth_date"}
    assert "1 pair of identifiers would be linked." in shop("link", "match", "--try", "--certain", "0.9").out
    assert "C50" not in shop("link", "match", "--try", "--certain", "0.9").out
    assert shop("link", "match", "--certain", "1", "--json").json["certain"] == 0
    (alike,) = shop("link", "review", "--json").json["alike"]
    assert (alike["a"], alike["b"]) == (pair["a"], pair["b"])
    listed = shop("--lang", "fr", "link", "review").out
    assert "1 paire d'identifiants se ressemble" in listed
    assert shop("link", "refuse", "C50", "C51").code == 0
    assert shop("link", "review", "--json").json["alike"] == []
    assert shop("link", "match", "--certain", "0.9", "--json").json["certain"] == 0
    assert shop("link", "undo", "C50", "C51").code == 0
    linked = shop("link", "match", "--certain", "0.9").out
    assert "1 pair of identifiers was linked." in linked
    assert "1 person turned out to be another one." in linked
    (link,) = shop("link", "show", "C50", "--json").json["links"]
    assert (link["reason"], link["state"]) == ("match", "followed")
    assert shop("link", "match", "--certain", "0.4").code == 2
