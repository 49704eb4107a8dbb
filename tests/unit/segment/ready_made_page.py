"""Writes docs/reference/ready-made-segments.md: `python -m tests.unit.segment.ready_made_page`."""

from pathlib import Path

from quartier.segment.bind import bind
from quartier.segment.ready_made import READY_MADE, ReadyMade
from quartier.segment.recipes import Facts
from quartier.segment.sentence import sentence
from tests.unit.segment.ready_made_shop import values
from tests.unit.segment.shop import SHOP

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "ready-made-segments.md"
HEAD = """# Ready-made segments

Segments that Quartier offers as soon as the data that they need are there. Each is an ordinary document: once it is in
the workspace it can be changed, renamed or deleted. What depends on the data (which countries, which amount) is written
into the document as a plain value when it is made, and stays as it is until you change it.

*Segments proposés par Quartier dès que les données nécessaires sont là. Chacun est un document ordinaire : une fois
dans l'espace de travail, il se modifie, se renomme ou se supprime. Ce qui dépend des données (quels pays, quel montant)
y est écrit comme une simple valeur au moment de sa création, et reste tel quel tant que vous n'y touchez pas.*

The sentences below are those of a small example shop; `{value}` stands for each value found.
"""


def page() -> str:
    """The reference page of the table of ready-made segments."""
    return "\n".join([HEAD.replace(" :", "\N{NO-BREAK SPACE}:"), *(_section(kind) for kind in READY_MADE)])


def _section(kind: ReadyMade) -> str:
    example = kind.segments(Facts(SHOP, values))[0]
    bound = bind(example, SHOP)
    label = f"{kind.label.en} · {kind.label.fr}"
    needs = ", and ".join(need.text.en for need in kind.needs) or "any event that persons do"
    several = " (one for each value)" if "{value}" in kind.label.en else ""
    return f"""
## {label}

`{example.name}`{several}. {kind.about.en}

> {sentence(bound, "en", currency="EUR")}

*{kind.about.fr}*

> *{sentence(bound, "fr", currency="EUR")}*

Needs: {needs}."""


if __name__ == "__main__":
    PAGE.write_text(page() + "\n", encoding="utf-8")
