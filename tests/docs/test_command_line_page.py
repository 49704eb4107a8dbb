"""The reference of the command line says what the commands are."""

from quartier.cli.bilingual import Group
from quartier.cli.main import tree
from tests.docs.command_line import FORMS, PAGE, commands, page


def test_the_reference_of_the_command_line_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tests.docs.command_line`"


def test_each_command_has_its_json_form_written_down() -> None:
    assert set(FORMS) == {path for path, each in commands(tree("en")) if not isinstance(each, Group)}
