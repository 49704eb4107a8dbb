"""Why two identifiers are alike, as the command line says it: by the labels of fields, with a true minus."""

import datetime as dt
import io
from pathlib import Path

import pytest
from rich.console import Console

from quartier.catalog import Catalog, Family, Label, Trait, ValueType
from quartier.cli.link_match import print_alike
from quartier.cli.session import Session
from quartier.clock import FixedClock
from quartier.identify.matching.evidence import Reason
from quartier.identify.matching.persons import Named
from quartier.identify.matching.proposing import Proposal
from quartier.language import Language, Text
from quartier.store.identities import Identity

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
OF_FIELD = Text(en="{field}: {how}", fr="{field}\N{NO-BREAK SPACE}: {how}")
SAME, OTHER = Text(en="the same", fr="identique"), Text(en="differs", fr="diffère")
CITY = Trait(
    name="city", type=ValueType.TEXT, family=Family.GEOGRAPHIC, label=Label(en="Town", fr="Ville"), of="person"
)
REASONS = (
    Reason(OF_FIELD.with_(field="city", how=SAME), 3.34, "city"),
    Reason(OF_FIELD.with_(field="plan", how=OTHER), -1.2, "plan"),
    Reason(SAME.with_(), 9.0),
)


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("en", "Town: the same (+3.3) · plan: differs (−1.2)"),
        ("fr", "Ville\N{NO-BREAK SPACE}: identique (+3,3) · plan\N{NO-BREAK SPACE}: diffère (−1,2)"),
    ],
)
def test_a_pair_is_said_by_the_labels_of_what_speaks_for_and_against_it(
    folder: Path, language: Language, why: str
) -> None:
    out = io.StringIO()
    now = Session(language, folder, FixedClock(NOW), "me", out=Console(file=out, width=200, markup=False))
    found = Named(
        Proposal(1, 2, 0.98, "model", REASONS, NOW), Identity(1, "user_id", "C1", 1), Identity(2, "user_id", "C2", 2)
    )
    print_alike((found,), Catalog(traits=(CITY,)), now)
    assert why in out.getvalue()
