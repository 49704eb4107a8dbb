"""Texts that try to be a script wherever somebody can write one: names, labels, values, titles."""

from pathlib import Path

import pyarrow as pa

import quartier
from quartier.catalog import Label
from quartier.config import Config
from tests.web.shop import POLYGLOT


def make_hostile(folder: Path) -> None:
    """Write the polyglot into every text of a workspace."""
    Config.read(folder).model_copy(update={"name": POLYGLOT}).write(folder)
    with quartier.open(folder) as ws:
        persons = {"user_id": ["evil-1", POLYGLOT[:100]], "first_name": [POLYGLOT, "Ana"], "city": [POLYGLOT, POLYGLOT]}
        ws.collect(pa.table(persons), author="test")
        label = Label(en=POLYGLOT, fr=POLYGLOT)
        segment = {"segment": "evil", "label": {"en": POLYGLOT, "fr": POLYGLOT}, "population": "everyone",
                   "where": {"trait": "city", "contains": POLYGLOT}}  # fmt: skip
        ws.apply_segments([segment], author=POLYGLOT[:60])
        catalog = ws.catalog
        traits = [each.model_copy(update={"label": label}) if each.name == "city" else each for each in catalog.traits]
        ws.put_catalog(catalog.model_copy(update={"traits": tuple(traits)}), author=POLYGLOT[:60])
        ws.keys.create("evil <script>alert(1)</script>")
