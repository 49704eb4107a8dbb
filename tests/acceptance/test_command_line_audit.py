"""`quartier segment audit` as people read it in both languages, and its exit codes."""

from pyroaring import BitMap

import quartier as library
from quartier.store import membership
from tests.acceptance.shop import AT, CommandLine
from tests.acceptance.test_command_line_history import cells, french

FRENCH = "segment: french\nwhere: {trait: country, is: FR}\n"
BEST = "---\nsegment: best\nwhere: {event: Order Completed, sum: revenue, top: 1}\n"


def applied(shop: CommandLine) -> CommandLine:
    shop("segment", "apply", shop.write("s.yaml", FRENCH + BEST))
    return shop


def forge(shop: CommandLine) -> str:
    """A member too many, whose public id is given back."""
    with library.open(shop.folder / "shop") as ws:
        (key,) = ws.evaluated("best").members
        with ws.store.begin() as connection:
            members = membership.members_at(connection, "french") | BitMap([key])
            membership.append(connection, "french", 1, members, at=ws.clock.now())
        return str(ws.persons(BitMap([key]), []).to_pylist()[0]["person_id"])


def test_all_is_right_in_the_first_line_with_code_0(shop: CommandLine) -> None:
    said = applied(shop)("segment", "audit", "--seed", "1")
    lines = said.out.splitlines()
    assert said.code == 0
    assert lines[0].startswith("All is right: ")
    assert lines[0].endswith(" over a sample of 5 persons, none wrong, failed or stuck.")
    rows = {row[0]: row[1:] for row in cells(lines[1:]) if len(row) > 5}
    assert rows["segment"] == ["state", "lag", "age", "compared", "members of them", "left out", "wrong", "rate"]
    assert rows["french"] == ["right", "0 min", "0 min", "5", "3", "0", "0", "0%"]
    decided = "a rank, accounts, or what is remembered of segments and campaigns"
    assert f"• best: not compared, more than the rows of one person decide: {decided}" in lines
    assert lines[-1] == "Sample: 5 persons of 5, from the number 1."
    lines = french(shop, "segment", "audit", "--seed", "1", at=AT)
    assert lines[0].endswith(" sur un échantillon de 5 personnes, aucun faux, en échec ou bloqué.")
    assert lines[-1] == "Échantillon : 5 personnes sur 5, nombre 1."


def test_a_wrong_member_is_loud_and_named_by_the_public_id_alone(shop: CommandLine) -> None:
    public_id = forge(applied(shop))
    said = shop("segment", "audit")
    lines = said.out.splitlines()
    assert said.code == 3
    assert lines[0].startswith("Segments to look at: 1 of ")
    assert lines[0].endswith("(wrong: 1, failed: 0, stuck: 0).")
    assert f"• french: 1 person is in it and should not be: {public_id}" in lines
    assert "bob@example.com" not in said.out
    lines = french(shop, "segment", "audit", at=AT)
    assert lines[0].endswith("(faux : 1, en échec : 0, bloqués : 0).")
    assert f"• french : 1 personne y est et ne devrait pas y être : {public_id}" in lines
    told = shop("segment", "audit", "--json", "--seed", "5")
    assert (told.code, told.json["is_well"], told.json["seed"]) == (3, False, 5)
    (wrong,) = [each for each in told.json["segments"] if each["segment"] == "french"]
    assert (wrong["state"], wrong["wrongly_in"], wrong["mismatch_rate"]) == ("wrong", [public_id], 0.2)


def test_stuck_segments_are_marked_with_a_word_in_the_list(shop: CommandLine) -> None:
    later = "2026-04-08T12:00+00:00"
    assert "stuck" not in applied(shop)("segment", "list").out
    lines = shop("segment", "list", at=later).out.splitlines()
    assert cells(lines)[0][-1] == "state"
    assert {row[-1] for row in cells(lines)[1:-2]} == {"stuck"}
    assert lines[-2] == "Why a segment failed or is stuck: quartier segment audit"
    assert "bloqué" in french(shop, "segment", "list", at=later)[1]
    said = shop("segment", "audit", at=later)
    assert (said.code, "(wrong: 0, failed: 0, stuck: " in said.out.splitlines()[0]) == (3, True)
    assert "• french: it was not evaluated for longer than allowed" in said.out
    assert "• french: run `quartier segment refresh`" in said.out
    assert shop("segment", "audit", "--oldest", "1000", at=later).code == 0
    assert {each["state"] for each in shop("segment", "list", "--json", at=later).json["segments"]} == {"stuck"}
