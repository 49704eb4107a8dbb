"""Files brought in by hand: sent, their mapping settled, tried, imported; bad ones leave nothing and lose nothing."""

import os
import re
from collections.abc import Callable
from html import unescape

import quartier
from quartier.collect.readers.apart import Apart
from tests.web.shop import Browser

PERSONS = b"email,Pr\xc3\xa9nom,city,joined\n" + b"".join(
    f"new{n}@example.org,Ann{n},{'Lyon' if n % 2 else 'Lille'},2026-0{n}-15\n".encode() for n in range(1, 7)
)


def sent(browser: Browser, content: bytes, name: str = "people.csv", **fields: str) -> str:
    answer = browser.post_form("/data/import", fields, files={"file": (name, content)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def form_in(page: str) -> dict[str, str]:
    """The fields of the form of a mapping as a browser would send them back."""
    main = page[page.index('class="mapping"') :]
    said: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", main):
        attributes = dict(re.findall(r'(name|value)="([^"]*)"', tag))
        said[attributes["name"]] = unescape(attributes.get("value", ""))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        said[name] = chosen[1] if chosen else ""
    return said


def test_a_file_is_read_by_a_process_of_its_own_and_what_it_breaks_is_told_on_the_page(
    own_browser: Callable[..., Browser], own_shop: quartier.Workspace
) -> None:
    browser, before = own_browser("analyst", "fr"), own_shop.count_everyone()
    own_shop.opener = Apart()
    where = sent(browser, PERSONS)
    typed = form_in(browser.get(where).text)
    own_shop.opener = Apart(seconds=0.01)
    browser.post_form(where, {**typed, "do": "import"})
    told = unescape(browser.get(where).text).replace("\N{NO-BREAK SPACE}", " ")
    assert "la lecture de ce fichier dure plus" in told.lower()
    assert own_shop.count_everyone() == before
    own_shop.opener = Apart()
    browser.post_form(where, {**typed, "do": "import"})
    assert own_shop.count_everyone() == before + 6


def test_a_file_is_sent_tried_imported_and_told_of_in_both_languages(
    own_browser: Callable[..., Browser], own_shop: quartier.Workspace
) -> None:
    browser = own_browser("analyst", "fr")
    before = own_shop.count_everyone()
    where = sent(browser, PERSONS)
    page = browser.get(where).text
    assert "Prénom" in page
    assert "Lyon" in page
    assert "Chaque ligne est" in page

    typed = form_in(page) | {"label_fr.2": "Ville de livraison", "label_en.2": "City of delivery"}
    assert browser.post_form(where, {**typed, "do": "try"}).headers["location"] == where
    tried = browser.get(where).text
    assert "Seraient gardées" in tried
    assert "Ville de livraison" in tried
    assert own_shop.count_everyone() == before

    assert browser.post_form(where, {**typed, "do": "import"}).headers["location"] == where
    told = browser.get(where).text
    assert "Nouvelles personnes" in told
    assert own_shop.count_everyone() == before + 6
    city = own_shop.catalog.trait("city")
    assert city is not None
    assert city.label.fr == "Ville de livraison"
    assert not list((own_shop.folder / "uploads").glob("*/*")), "the upload is kept twice"
    again = browser.post_form(where, {"do": "import"})
    assert again.headers["location"] == where
    assert own_shop.count_everyone() == before + 6


def test_bad_files_leave_nothing_and_wrong_settings_lose_nothing(
    own_browser: Callable[..., Browser], own_shop: quartier.Workspace
) -> None:
    browser = own_browser("owner", "en")
    for name, content in (("empty.csv", b""), ("picture.csv", b"\x00\x01\x02" * 99), ("book.xlsx", b"PK\x03\x04 no")):
        answer = browser.post_form("/data/import", {"layout": "nonsense"}, files={"file": (name, content)})
        assert answer.status_code == 400, name
        assert 'role="alert"' in answer.text or "error" in answer.text, name
    assert browser.post_form("/data/import").status_code == 400
    assert not list((own_shop.folder / "uploads").glob("*/*"))

    ambiguous = b"email,joined\n" + b"".join(b"x%d@example.org,0%d/02/2026\n" % (n, n) for n in range(1, 9))
    where = sent(browser, ambiguous, "../../<script>alert(1).csv")
    page = browser.get(where).text
    assert "<script>alert" not in page
    typed = form_in(page)
    assert browser.post_form(where, {**typed, "do": "try"}).headers["location"] == where
    asked = browser.get(where).text
    assert "day/month or as month/day" in asked
    assert 'href="#f-date_order"' in asked

    wrong = {**typed, "encoding": "martian", "delimiter": ";;", "country": "Narnia", "to.0": "nonsense", "do": "import"}
    browser.post_form(where, wrong)
    told = browser.get(where).text
    for each in ("martian", ";;", "Narnia", "nonsense", "cannot separate", "unknown encoding", "unknown country"):
        assert each in told, each
    browser.post_form(where, {**wrong, "do": "again"})
    assert "martian" in browser.get(where).text

    yaml = browser.get(f"{where}/yaml").text
    assert "Narnia" in yaml
    assert browser.post_form(f"{where}/yaml", {"text": "layout: [no"}).status_code == 400
    assert browser.post_form(where, {**typed, "date_order": "dmy", "do": "import"}).headers["location"] == where
    assert "New persons" in browser.get(where).text


def test_a_file_belongs_to_who_sent_it_and_can_be_taken_away(
    own_browser: Callable[..., Browser], own_shop: quartier.Workspace
) -> None:
    owner, analyst = own_browser("owner", "en"), own_browser("analyst", "fr")
    where = sent(owner, PERSONS)
    assert analyst.get(where).status_code == 404
    assert analyst.post_form(where, {"do": "forget"}).status_code == 404
    assert "people.csv" in owner.get("/data/import").text
    assert "people.csv" not in analyst.get("/data/import").text
    assert owner.post_form(where, {"do": "forget"}).status_code == 303
    assert owner.get(where).status_code == 404
    assert not list((own_shop.folder / "uploads").glob("*"))

    sent(owner, PERSONS, "old.csv")
    (old,) = (own_shop.folder / "uploads").glob("*")
    before = own_shop.clock.now().timestamp() - 90_000
    os.utime(old, (before, before))
    sent(owner, PERSONS, "new.csv")
    assert [each.name for each in (own_shop.folder / "uploads").glob("*/*")] == ["new.csv"], "kept for more than a day"


def test_rejected_rows_of_a_file_are_mended_in_a_form_and_imported(
    own_browser: Callable[..., Browser], own_shop: quartier.Workspace
) -> None:
    browser = own_browser("analyst", "en")
    orders = b"order,email,ordered at,total\n" + b"".join(
        b"N%d,o%d@example.org,2026-10-%02d,%s\n" % (n, n, n, b"lots" if n in (3, 5, 7) else b"12.50")
        for n in range(1, 12)
    )
    where = sent(browser, orders, "till.csv", layout="orders")
    typed = form_in(browser.get(where).text) | {"to.0": "order_id", "to.1": "email", "to.2": "time", "to.3": "property"}
    browser.post_form(where, {**typed, "name.3": "revenue", "do": "import"})
    summary = browser.get(where).text
    link = re.search(r'href="(/data/rejected/files/[^"]+)"', summary)
    assert link, summary.split("<main")[1]
    page = browser.get(link[1]).text
    assert page.count('value="lots"') == 3
    lines = re.findall(r'name="value\.(\d+)"', page)

    assert browser.post_form(link[1], {f"value.{lines[0]}": "lots", "do": "mend"}).status_code == 303
    still = browser.post_form(link[1], {f"value.{lines[0]}": "plenty", "do": "mend"})
    assert still.status_code == 400
    assert 'value="plenty"' in still.text
    assert browser.post_form(link[1], {f"value.{lines[0]}": "20.00", "do": "mend"}).status_code == 303
    assert browser.get(link[1]).text.count('value="lots"') == 2
    csv = browser.get(f"{link[1]}/csv")
    assert csv.text.count("lots") == 3
    assert csv.headers["content-type"].startswith("text/csv")
    browser.post_form(link[1], {f"value.{lines[1]}": "lots", f"value.{lines[2]}": "lots", "do": "drop"})
    assert "settled" in browser.get(link[1]).text
    assert "till.csv" not in browser.get("/data/rejected").text
    assert browser.get("/data/rejected/files/..%2f..%2fquartier.toml/csv").status_code == 404
    assert {"imported", "rejected_rows_mended", "rejected_rows_dropped"} <= {
        each.deed for each in own_shop.users.deeds()
    }
