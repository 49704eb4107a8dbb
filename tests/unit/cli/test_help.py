"""Every command says what it does in both languages, with an example and a word for each option."""

from collections.abc import Iterator

import click
import pytest

from quartier import example
from quartier.cli import demo
from quartier.cli.bilingual import Command, Group, Option
from quartier.cli.main import run, tree
from quartier.language import LANGUAGES, Language


def _commands(command: Command | Group, path: str = "quartier") -> Iterator[tuple[str, Command | Group]]:
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from _commands(child, f"{path} {name}")


PATHS = [path for path, _ in _commands(tree("en"))]


@pytest.mark.parametrize("path", PATHS)
def test_a_command_speaks_both_languages_and_shows_an_example(path: str) -> None:
    command = dict(_commands(tree("en")))[path]
    assert command.text.en != command.text.fr
    assert command.example.startswith("quartier ")


@pytest.mark.parametrize("path", PATHS)
def test_each_option_has_help_in_both_languages(path: str) -> None:
    for parameter in dict(_commands(tree("en")))[path].params:
        if isinstance(parameter, click.Option):
            assert isinstance(parameter, Option), parameter.name
            assert parameter.text.en != parameter.text.fr


@pytest.mark.parametrize("path", [path for path in PATHS if path != "quartier"])
def test_a_command_that_does_something_also_speaks_json(path: str) -> None:
    command = dict(_commands(tree("en")))[path]
    if not isinstance(command, Group):
        assert "as_json" in [parameter.name for parameter in command.params]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_help_is_printed_in_the_language_asked_for(
    path: str, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", language, *path.split()[1:], "--help"], {}) == 0
    shown = capsys.readouterr().out
    headings = {
        "en": ("Usage: ", "Options:", "Example:"),
        "fr": ("Utilisation\N{NO-BREAK SPACE}: ", "Options\N{NO-BREAK SPACE}:", "Exemple\N{NO-BREAK SPACE}:"),
    }
    assert all(heading in shown for heading in headings[language])
    assert dict(_commands(tree(language)))[path].text.to(language)[:30] in shown


def test_examples_name_commands_and_options_that_exist() -> None:
    root = dict(_commands(tree("en")))
    for command in root.values():
        for line in command.example.splitlines():
            words = [word for word in line.split() if not word.startswith("'")]
            path = "quartier"
            for word in words[1:]:
                path = f"{path} {word}" if f"{path} {word}" in root else path
            options = {name for each in root[path].params for name in each.opts} | {"-w"}
            assert {word for word in words if word.startswith("-")} <= options, line


def test_the_size_in_help_is_that_of_the_example_shop() -> None:
    assert demo.PERSONS == example.PERSONS
