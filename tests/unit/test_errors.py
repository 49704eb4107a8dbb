"""The tree of errors: what each says in both languages, and the exit code it ends with."""

import pytest

import quartier.cli  # so that every subclass there is has been defined
from quartier import errors
from quartier.errors import InvalidDefinition, InvalidRequest, Problem, QuartierError, UserError, suggestion
from quartier.language import LANGUAGES, Text

WIDE = "\N{NO-BREAK SPACE}"
WHAT, REMEDY = Text(en="it is broken", fr="c'est cassé"), Text(en="mend it", fr="réparez-le")
CODES = {"WorkspaceBusy": 4, "WorkspaceDamaged": 5, "JournalDamaged": 5, "JournalFull": 4, "JournalStopped": 5}


def tree(root: type[QuartierError]) -> list[type[QuartierError]]:
    return [root, *(below for child in root.__subclasses__() for below in tree(child))]


@pytest.mark.parametrize("kind", tree(QuartierError), ids=lambda kind: kind.__name__)
def test_every_error_ends_with_the_exit_code_of_its_branch(kind: type[QuartierError]):
    expected = 2 if issubclass(kind, UserError) else CODES.get(kind.__name__, 1)
    assert kind.exit_code == expected


@pytest.mark.parametrize("kind", tree(QuartierError), ids=lambda kind: kind.__name__)
def test_every_error_of_this_package_is_drawn_in_the_tree_or_explained(kind: type[QuartierError]):
    assert kind.__doc__
    if kind.__module__ == errors.__name__:
        assert kind.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize(
    "kind", [each for each in tree(QuartierError) if each.__init__ is QuartierError.__init__], ids=lambda k: k.__name__
)
def test_an_error_says_where_what_and_what_to_do_in_both_languages(kind: type[QuartierError]):
    error = kind(WHAT, where="orders.csv", remedy=REMEDY)
    assert error.to("en") == str(error) == "orders.csv: it is broken\n  → mend it"
    assert error.to("fr") == f"orders.csv{WIDE}: c'est cassé\n  → réparez-le"


def test_the_place_can_be_a_sentence_and_place_and_remedy_can_be_absent():
    line = Text(en="line {n}", fr="ligne {n}").with_(n=1200)
    assert InvalidRequest(WHAT, where=line).to("en") == "line 1,200: it is broken"
    assert InvalidRequest(WHAT).to("fr") == "c'est cassé"


def test_all_problems_of_a_document_are_told_at_once():
    error = InvalidDefinition("loyal", [Problem("where.all[0]", WHAT, REMEDY), Problem("", WHAT)])
    assert error.exit_code == 2
    assert str(error) == ("loyal cannot be used\n  • where.all[0]: it is broken\n    → mend it\n  • it is broken")
    assert error.to("fr").splitlines()[1] == f"  • where.all[0]{WIDE}: c'est cassé"


def test_the_nearest_names_are_offered_whatever_their_case():
    said = suggestion("Countri", ["country", "county", "birth_date"])
    assert said is not None
    assert said.to("en") == "did you mean country or county?"
    assert said.to("fr") == f"vouliez-vous dire country ou county{WIDE}?"


def test_without_a_near_name_the_known_ones_are_listed_up_to_a_dozen():
    said = suggestion("zzz", [f"trait_{n}" for n in range(40)])
    assert said is not None
    assert said.to("en").startswith("known names: trait_0, trait_1")
    assert said.to("en").count("trait_") == errors.MOST_NAMES


def test_where_nothing_is_known_nothing_is_offered():
    assert suggestion("country", []) is None


def test_both_languages_are_there_for_every_sentence_of_the_module():
    texts = [value for value in vars(errors).values() if isinstance(value, Text)]
    assert texts
    for text in texts:
        assert text.en != text.fr
        assert all(getattr(text, language) for language in LANGUAGES)


def test_the_command_line_is_loaded_here():
    assert quartier.cli.__doc__
