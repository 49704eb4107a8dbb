"""The reference of models says what the documents are."""

import re

import yaml

from quartier.analyse.modelling.kinds import KINDS, read_model
from tests.docs.models import PAGE, page

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_reference_of_models_is_current() -> None:
    assert page(TEXT) == TEXT, "run `python -m tests.docs.models`"


def test_every_kind_has_its_keys_and_an_example_that_is_a_document() -> None:
    examples = [read_model(yaml.safe_load(each)) for each in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)]
    assert [each.model for each in examples] == list(KINDS)
    assert re.findall(r"<!-- keys: (\w+) -->", TEXT) == ["every", "purchases", *_with(KINDS, "score", "criterion")]


def _with(kinds: tuple[str, ...], after: str, more: str) -> list[str]:
    place = kinds.index(after) + 1
    return [*kinds[:place], more, *kinds[place:]]
