"""Writes docs/reference/ready-made-segments.md: `python -m tests.unit.segment.ready_made_page`."""

from pathlib import Path

from quartier.segment.bind import bind
from quartier.segment.kinds import ReadyMade
from quartier.segment.ready_made import LIBRARY, READY_MADE
from quartier.segment.recipes import Facts
from quartier.segment.sentence import sentence
from tests.unit.segment.ready_made_shop import LIBRARY_SHOP, values
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
ON_REQUEST = """
# On request · Sur demande

So that a workspace is not flooded, the kinds below are made only for those who name them:
`quartier -w my-shop segment ready-made birthday-30-days top-spenders`, or `ws.apply_ready_made(["top-spenders"])` in
Python. Without a name the command lists every kind and says whether your data support it.

*Pour ne pas inonder l'espace de travail, ceux qui suivent ne sont créés que pour qui les nomme, par cette même
commande. Sans nom, elle dresse la liste de tous les segments et dit si vos données les permettent.*
"""


def page() -> str:
    """The reference page of the table of ready-made segments."""
    head, on_request = (each.replace(" :", "\N{NO-BREAK SPACE}:") for each in (HEAD, ON_REQUEST))
    asked = [kind for kind in LIBRARY if kind.is_on_request]
    made, added = map(_section, READY_MADE), map(_section, asked)
    return "\n".join([head, *made, on_request, *added])


def _section(kind: ReadyMade) -> str:
    catalog = LIBRARY_SHOP if kind.is_on_request else SHOP
    example = kind.segments(Facts(catalog, values))[0]
    bound = bind(example, catalog)
    label = f"{kind.label.en} · {kind.label.fr}"
    needs = ", and ".join(need.text.en for need in kind.needs) or "any event that persons do"
    several = " (one for each value)" if "{value}" in kind.label.en else ""
    return f"""
## {label}

`{example.name}`{several}. {kind.about.en} Family: {kind.family.label.en}.

> {sentence(bound, "en", currency="EUR")}

*{kind.about.fr} Famille\N{NO-BREAK SPACE}: {kind.family.label.fr}.*

> *{sentence(bound, "fr", currency="EUR")}*

Needs: {needs}."""


if __name__ == "__main__":
    PAGE.write_text(page() + "\n", encoding="utf-8")
