"""The pages on RFM say what the code does."""

from quartier.analyse import CLASSES, class_of
from quartier.analyse.definition import Rfm
from quartier.analyse.traits import RFM_TRAITS
from tests.needs import REPOSITORY

REFERENCE = (REPOSITORY / "docs/reference/models.md").read_text(encoding="utf-8")
EXPLANATION = (REPOSITORY / "docs/explanation/rfm.md").read_text(encoding="utf-8")


def test_the_reference_names_every_class_in_both_languages() -> None:
    for each in CLASSES:
        assert f"| `{each.id}` | {each.label.en} | {each.label.fr} |" in REFERENCE


def test_the_reference_names_every_key_and_every_trait() -> None:
    for name in Rfm.model_fields:
        assert f"| `{name}` |" in REFERENCE
    for trait in RFM_TRAITS:
        assert f"`{trait.name}`" in REFERENCE


def test_the_explanation_shows_the_grid_of_five_bins() -> None:
    for recency in range(1, 6):
        names = " | ".join(class_of(recency, column, 5).label.en for column in range(1, 6))
        assert f"| **{recency}** | {names} |" in EXPLANATION
