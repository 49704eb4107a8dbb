"""The page of opportunities: a table is given, findings open as just the persons that were counted."""

import html

from quartier.catalog import Catalog, Sensitivity
from tests.docs.command_line import FORMS
from tests.web.shop import CAMPAIGN
from tests.web.test_relations import documents

TABLE = "country;persons\nFR;200\nBE;800\nCH;9000\nPortugal;90"
FORM = {"table": TABLE, "name": "Population 2025", "source": "Offices of statistics", "year": "2025"}


def without(catalog: Catalog, trait: str) -> Catalog:
    kept = tuple(
        each.model_copy(update={"sensitivity": Sensitivity.SPECIAL}) if each.name == trait else each
        for each in catalog.traits
    )
    return catalog.model_copy(update={"traits": kept})


def test_a_table_of_the_market_becomes_findings_that_open_as_the_persons_counted(own_shop, own_browser):
    own = own_browser("analyst")
    page = own.post_form("/analyse/opportunities/markets", FORM, follow_redirects=True)
    assert page.status_code == 200
    found = own_shop.analysis.opportunities()
    untapped = {each.values[0]: each.persons for each in found.market.cells if each.standing == "untapped"}
    opened = documents(page.text)
    assert opened[0]["where"] == {"trait": "country", "is": "CH"}
    for document in opened:
        (preview,) = own_shop.preview([document])
        assert len(preview.members) == untapped[document["where"]["is"]]
    assert set(found.as_json()) == set(FORMS["quartier analyse opportunities"][1])
    assert "Nobody in your base has “Portugal”" in html.unescape(page.text)
    assert documents(own_browser("viewer").get("/analyse/opportunities").text) == []
    own_shop.put_catalog(without(own_shop.catalog, "country"), author="test")
    unfit = html.unescape(own.get("/analyse/opportunities").text)
    assert "The table “population-2025” no longer fits the traits" in unfit
    again = own.post_form("/analyse/opportunities/markets/population-2025/retire", follow_redirects=True)
    assert "What does your market look like" in again.text
    assert own_shop.markets.all() == []


def test_a_table_that_cannot_be_used_is_given_back_with_what_is_wrong(browser):
    sent = FORM | {"table": "contry;persons\nFR;1\nBE;2"}
    page = browser("analyst", "fr").post_form("/analyse/opportunities/markets", sent)
    assert page.status_code == 400
    assert "contry;persons" in page.text
    assert "vouliez-vous dire country" in html.unescape(page.text).replace("\N{NO-BREAK SPACE}", " ")
    assert browser("viewer").post_form("/analyse/opportunities/markets", FORM).status_code == 403


def test_the_promising_without_follow_up_open_as_those_who_agreed(own_shop, own_browser, tmp_path):
    own_shop.run_model({"model": "score"}, author="test")
    assert "No follow-up has ever been noted" in own_shop.analysis.opportunities().contact.notes[-1].to("en")
    own_shop.export(CAMPAIGN, tmp_path / "list.csv")
    found = own_shop.analysis.opportunities(days=10).contact
    (tenth,) = found.tenths
    assert tenth.persons == tenth.contacted + tenth.apart + tenth.proposed
    assert found.consent is not None
    for each in found.findings:
        (preview,) = own_shop.preview([each.document])
        assert len(preview.members) == each.size
    page = html.unescape(own_browser("analyst", "fr").get("/analyse/opportunities").text)
    assert "Le dixième au score le plus haut" in page
    assert "La croissance ne peut pas encore se comparer" in page or "segments sont suivis" in page
