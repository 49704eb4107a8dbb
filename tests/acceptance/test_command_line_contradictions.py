"""A definition that holds for nobody or for everyone is not refused: it is said wherever a person sees it."""

from tests.acceptance.shop import CommandLine

NOBODY = """\
segment: nowhere
where:
  all:
    - {trait: country, is: FR}
    - {event: Order Completed}
    - {trait: country, is: BE}
"""
LINE = (
    "⚠ where: this segment will always be empty: “Country is France” (where.all[0]) and “Country is Belgium”"
    " (where.all[2]) exclude one another"
)


def test_a_definition_that_nobody_can_satisfy_is_said_when_it_is_tried_put_in_force_explained_and_listed(
    shop: CommandLine,
) -> None:
    path = shop.write("nowhere.yaml", NOBODY)
    for command in (
        ["segment", "preview", path], ["segment", "apply", path], ["segment", "explain", "nowhere", "C1"],
        ["segment", "list"],
    ):  # fmt: skip
        said = shop(*command)
        lines = said.out.splitlines()
        assert said.code == 0
        assert lines[lines.index(LINE) - 1] == "Look at the definition of nowhere:"
        assert "take one of them out" in lines[lines.index(LINE) + 1]
        found = shop(*command, "--json").json
        ((finding,),) = [each for each in _findings(found) if each]
        assert (finding["verdict"], finding["because"]) == ("always_empty", ["where.all[0]", "where.all[2]"])
        assert set(finding["what"]) == {"en", "fr"}
    said_in_french = shop.bare("--lang", "fr", "-w", shop.folder / "shop", "segment", "list").out
    assert "Regardez la définition de nowhere\u00a0:" in said_in_french
    assert "ce segment restera toujours vide" in said_in_french


def _findings(found: object) -> list[object]:
    if isinstance(found, dict) and "segments" in found:
        return [each["findings"] for each in found["segments"]]
    return [each["findings"] for each in (found if isinstance(found, list) else [found])]


def test_definitions_that_some_satisfy_are_listed_without_a_word(shop: CommandLine) -> None:
    assert "⚠" not in shop("segment", "list").out
