"""One word for one thing: the words that the glossary turns down are in no sentence of the program."""

import functools
import re

import pytest

from quartier.language import LANGUAGES
from tests.docs.source import sentences
from tests.needs import REPOSITORY

OTHER_SENSE = {
    "en": {
        "user", "person", "group", "person in general", "action", "category", "type", "status", "list", "audience",
        "property", "family", "alias", "schema", "template", "flow", "node", "queue", "inbox", "database", "project",
        "join", "churn", "classification", "impression", "provider", "hit", "feature", "spec", "rating",
    },
    "fr": {
        "toute personne", "groupe", "famille", "action", "catégorie", "type", "statut", "audience", "note", "personne",
        "classification", "impression", "fournisseur", "gabarit", "projet", "schéma", "flux", "file d'attente", "hit",
    },
}  # fmt: skip
"""Words that the glossary turns down for one thing and that rightly say another: a user signs in, an order has a
status, an audience is frozen. People must judge these; a search cannot."""

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("quartier/web/data/rejected/words.py", "alias"): "the type of a message, as the tracking plan writes it",
    ("quartier/web/editor/yaml_text.py", "alias"): "what YAML calls a name for something said before",
}
"""Sentences that may hold a word all the same: (file, word) and why."""


def rows() -> list[list[str]]:
    text = (REPOSITORY / "GLOSSARY.md").read_text(encoding="utf-8")
    tables = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| word")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in tables]


def last_column(language: str) -> set[str]:
    cells = (row[-1].partition("·") for row in rows())
    words = (english if language == "en" else french for english, _, french in cells)
    return {word.strip() for cell in words for word in cell.split(",") if word.strip()}


def turned_down(language: str) -> set[str]:
    return last_column(language) - OTHER_SENSE[language]


def holds(text: str, word: str) -> bool:
    return pattern(word).search(without_commands(text)) is not None


@functools.cache
def pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE)


@functools.cache
def any_of(words: frozenset[str]) -> re.Pattern[str]:
    """Nearly every sentence holds none of them, and is read once."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})s?\b", re.IGNORECASE)


@functools.cache
def without_commands(text: str) -> str:
    return re.sub(r"`[^`]*`", " ", text)


def test_every_word_has_its_other_language_and_both_meanings():
    assert len(rows()) > 35
    assert [row for row in rows() if len(row) != 5 or not all(row[:4])] == []


def test_no_word_is_explained_twice():
    words = [row[0] for row in rows()]
    assert len(set(words)) == len(words)


def test_no_word_is_both_in_use_and_turned_down():
    in_use = {word.strip() for row in rows() for word in row[0].split(",")}
    assert in_use & turned_down("en") == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_people_judge_are_in_the_glossary(language: str):
    assert OTHER_SENSE[language] - last_column(language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_holds_a_word_that_is_turned_down(language: str):
    words = turned_down(language)
    suspect = [
        each for each in sentences() if any_of(frozenset(words)).search(without_commands(getattr(each, language)))
    ]
    found = [
        f"{word!r} in {each}"
        for each in suspect
        for word in words
        if holds(getattr(each, language), word) and (each.file, word) not in EXCEPTIONS
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "word", "is_held"),
    [
        ("the rules are many", "rule", True),
        ("this ruler is long", "rule", False),
        ("run `quartier rule`", "rule", False),
        ("Un attribut", "attribut", True),
    ],
)
def test_a_word_is_found_in_its_plural_but_not_inside_another_word(text: str, word: str, is_held: bool):
    assert holds(text, word) is is_held
