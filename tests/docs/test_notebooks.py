"""The notebooks: one for each kind of model and each analysis, none that shows a figure which nobody computed."""

import re

import pytest

from quartier.analyse.modelling.kinds import KINDS
from tests.docs.test_pages import DOCS, navigation

NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.md"))
ANALYSES = ("journeys", "drivers", "adviser", "opportunities", "personas")
CODE = re.compile(r"^```python (.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", [*KINDS, *ANALYSES])
def test_every_kind_of_model_and_every_analysis_has_a_notebook_in_the_navigation(name: str):
    assert f"notebooks/{name.replace('_', '-')}.md" in navigation()


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.stem)
def test_the_code_of_a_notebook_runs_when_the_page_is_built(page):
    blocks = CODE.findall(page.read_text(encoding="utf-8"))
    assert blocks
    assert all('exec="1"' in options and f'session="{page.stem}"' in options for options, _ in blocks)
    for _, code in blocks:
        compile(code, page.name, "exec")


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.stem)
def test_a_notebook_says_that_nobody_in_it_exists_and_leads_to_the_explanation(page):
    text = page.read_text(encoding="utf-8")
    assert "nobody in it exists" in text
    assert "](../explanation/" in text
