"""`quartier segment` over time, as people read it in both languages."""

from tests.acceptance.shop import AT, CommandLine

RECENT = """\
segment: recent
label: {fr: Acheteurs récents, en: Recent buyers}
where: {event: Order Completed, within: 30 days}
"""
BOTH = "---\nsegment: both\nwhere: {all: [{segment: recent}, {trait: country, is: FR}]}\n"
LATER, LAST = "2026-04-04T13:00+00:00", "2026-04-25T12:00+00:00"


def moved(shop: CommandLine) -> CommandLine:
    """Three evaluations of one segment, the last by another definition."""
    shop("segment", "apply", shop.write("s.yaml", RECENT))
    shop("segment", "refresh", at=LATER)
    shop("segment", "apply", shop.write("s.yaml", RECENT.replace("30 days", "10 days")), at=LAST)
    return shop


def french(shop: CommandLine, *arguments: str, at: str = LAST) -> list[str]:
    said = shop.bare("--lang", "fr", "-w", shop.folder / "shop", "--at", at, *arguments)
    return said.out.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ").splitlines()


def cells(lines: list[str]) -> list[list[str]]:
    return [[each.strip() for each in line.split("  ") if each.strip()] for line in lines]


def test_a_history_shows_each_change_and_the_version_it_belongs_to(shop: CommandLine) -> None:
    lines = moved(shop)("segment", "history", "recent", at=LAST).out.splitlines()
    assert lines[0] == "Recent buyers: sizes as observed"
    assert cells(lines[1:]) == [
        ["instant", "persons", "entered", "left", "version"],
        ["1 April 2026, 14:00", "3", "3", "0", "1"],
        ["4 April 2026, 15:00", "2", "0", "1", "1"],
        ["25 April 2026, 14:00", "0", "0", "2", "2"],
    ]
    lines = french(shop, "segment", "history", "recent", "--since", "2026-04-02", "--to", "2026-04-05")
    assert lines[0] == "Acheteurs récents : effectifs observés"
    assert cells(lines[1:]) == [
        ["instant", "personnes", "entrées", "sorties"],
        ["4 avril 2026, 15 h 00", "2", "0", "1"],
    ]
    assert len(shop("segment", "history", "recent", "--by", "month").out.splitlines()) == 3


def test_a_computed_past_says_that_it_was_not_observed_and_what_is_as_today(shop: CommandLine) -> None:
    path = shop.write(
        "s.yaml", RECENT + "---\nsegment: both\nwhere: {all: [{segment: recent}, {trait: country, is: FR}]}\n"
    )
    shop("segment", "apply", path)
    lines = french(shop, "segment", "history", "both", "--monthly", "--for", "2 months", at=AT)
    assert lines[0] == "both : effectifs calculés après coup d'après les événements, non observés à l'époque"
    assert cells(lines[2:5]) == [
        ["1er février 2026, 14 h 00", "1"],
        ["1er mars 2026, 14 h 00", "1", "0", "0"],
        ["1er avril 2026, 14 h 00", "1", "0", "0"],
    ]
    assert lines[-1] == "  Le pays est la France"
    assert shop("segment", "history", "both", "--json").json["reconstructed"] is None
    shop("segment", "history", "both", "--weekly", "--keep")
    kept = shop("segment", "history", "both", "--json").json
    assert (len(kept["reconstructed"]["sizes"]), len(kept["observed"]["sizes"])) == (53, 1)
    refused = shop("segment", "history", "both", "--weekly", "--for", "two years")
    assert (refused.code, refused.err.splitlines()[0]) == (2, "“two years” is not a duration")


def test_flows_are_a_table_of_places_and_a_sentence(shop: CommandLine) -> None:
    arguments = ["segment", "flow", "recent", "country-fr", "--from", AT, "--to", LATER]
    lines = moved(shop)(*arguments, at=LAST).out.splitlines()
    assert cells(lines[1:-1]) == [
        ["at the start", "recent", "country-fr", "in several", "in none"],
        ["recent", "2", "0", "0", "0"],
        ["country-fr", "0", "2", "0", "0"],
        ["in several", "0", "1", "0", "0"],
        ["in none", "0", "0", "0", "0"],
    ]
    assert lines[-1] == "Of 3 persons in “recent” at the start, 1 (33.3%) are in “country-fr” at the end."
    assert french(shop, *arguments)[-1] == (
        "Sur 3 personnes de « recent » au départ, 1 (33,3 %) sont dans « country-fr » à l'arrivée."
    )


def test_members_as_of_an_instant_are_those_that_were_observed(shop: CommandLine) -> None:
    found = moved(shop)("segment", "members", "recent", "--as-of", "2026-04-02", "--json", at=LAST).json
    assert (found["size"], found["at"], len(found["members"])) == (3, "2026-04-02T00:00:00+00:00", 3)
    lines = french(shop, "segment", "members", "recent", "--as-of", LATER, "--traits", "user_id")
    assert lines[-1].endswith(
        "2 personnes, observation au 4 avril 2026, 15 h 00 ; leurs traits sont ceux de maintenant."
    )
    early = shop("segment", "members", "recent", "--as-of", "2025-01-01")
    assert early.code == 2
    assert "quartier --at 2025-01-01T00:00:00+00:00 segment members recent" in early.err
    assert shop("segment", "members", "recent", "--as-of", "soon").code == 2


def test_versions_are_listed_compared_undone_and_retired(shop: CommandLine) -> None:
    rows = cells(moved(shop)("segment", "versions", "recent", at=LAST).out.splitlines())
    assert rows[1:] == [
        ["1", "1 April 2026, 14:00", "tester", "earlier"], ["2", "25 April 2026, 14:00", "tester", "in force"],
    ]  # fmt: skip
    lines = french(shop, "segment", "diff", "recent")
    assert lines[0] == "Version 1 : tester, 1er avril 2026, 14 h 00"
    assert lines[2].startswith("~ where : A passé une commande au cours des 30 derniers jours → A passé")
    assert lines[3:] == [
        "Avant : Personnes qui ont passé une commande au cours des 30 derniers jours.",
        "Après : Personnes qui ont passé une commande au cours des 10 derniers jours.",
    ]
    assert shop("segment", "undo", "recent", at=LAST).out == (
        "Version 3 of “recent” is in force: 1 person; entered: 1, left: 0.\n"
    )
    assert french(shop, "segment", "retire", "recent") == [
        "« recent » est retiré. Pour le remettre en vigueur : quartier segment undo recent"
    ]
    assert "retrait" in french(shop, "segment", "versions", "recent")[-1]
    assert shop("segment", "diff", "recent", at=LAST).out.splitlines()[2] == "They mean the same."
    assert shop("segment", "diff", "recent", "7").code == 2
