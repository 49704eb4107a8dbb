"""Identifiers are compared as cleaning has them, whichever way they come; what came stays; nothing is lost."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import quartier
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.collect.summary import ImportSummary
from quartier.config import Config
from quartier.engine import Query
from quartier.store.tables import identifiers, imports
from tests.projecting import canonical

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
COLUMNS = {"id": "user_id", "mail": "email", "tel": "phone", "city": "trait.city"}
FILE = (
    "id,mail,tel,city\n1,Ann@X.fr,06.12.34.56.79,Lyon\n,mailto:ann@x.fr,,Nice\n,,+33 (0)6 12 34 56 79,Brest\n"
    "2,test@test.fr,0000000000,Lille\n3,test@test.fr,n/a,Tours\n4,06 22 33 44 56,bo@y.fr,Metz\n"
)


@pytest.fixture
def ws(folder: Path) -> Iterator[quartier.Workspace]:
    path = quartier.create(folder / "shop", Config(name="Shop", memory_limit="512MB", threads=1))
    with quartier.open(path, clock=FixedClock(NOW)) as opened:
        yield opened


def test_one_person_is_found_however_an_identifier_is_written_and_fillers_join_nobody(ws: quartier.Workspace) -> None:
    summary = _collected(ws, FILE)
    assert (summary.rows_in, summary.stored, summary.rejected) == (6, 6, 0)
    assert _persons(ws) == [
        ("1", "mailto:ann@x.fr", "+33 (0)6 12 34 56 79", "Brest"), ("2", "test@test.fr", "0000000000", "Lille"),
        ("3", "test@test.fr", None, "Tours"), ("4", "06 22 33 44 56", "bo@y.fr", "Metz"),
    ]  # fmt: skip
    assert _known(ws, "email") == ["ann@x.fr"]
    assert _known(ws, "phone") == ["+33612345679"]
    assert [each.to("en").partition(":")[0] for each in summary.findings] == [
        "1 row has an e-mail address that cannot be one", "2 rows have an e-mail address that only fills the field",
        "1 row has a phone number that cannot be one", "1 row has a phone number that only fills the field",
    ]  # fmt: skip


def test_messages_and_files_lead_to_the_same_persons_and_so_does_a_rebuild(ws: quartier.Workspace) -> None:
    _collected(ws, FILE)
    found = _sent(ws, "v1", email=" ANN@x.fr", phone="0033 6 12 34 56 79") + _sent(ws, "v2", email="test@test.fr")
    assert found == [{}, {"email": 1}]
    assert ("1", " ANN@x.fr", "0033 6 12 34 56 79", "Brest") in _persons(ws)
    assert len(_persons(ws)) == 5
    before = canonical(ws.engine)
    ws.rebuild()
    assert canonical(ws.engine) == before


def test_a_country_says_whose_phones_name_none(ws: quartier.Workspace) -> None:
    path = ws.folder / "swiss.csv"
    path.write_text("id,tel\n1,079 123 45 67\n")
    columns = {"id": "user_id", "tel": "phone"}
    ws.collect(path, Mapping.read({"layout": "persons", "columns": columns, "country": "CH"}))
    assert _known(ws, "phone") == ["+41791234567"]
    before = canonical(ws.engine)
    ws.rebuild()
    assert canonical(ws.engine) == before


def test_identifiers_of_an_earlier_version_get_their_present_form_and_keep_their_persons(
    ws: quartier.Workspace,
) -> None:
    _collected(ws, FILE)
    keys = dict(ws.engine.rows(Query("select user_id, person_id from person")))
    _as_an_earlier_version_left_it(ws)
    path = ws.folder
    ws.close()
    with quartier.open(path, clock=FixedClock(NOW)) as again:
        assert _known(again, "phone") == ["+33612345679", "0000000000"]  # nothing comes under a filler any more
        assert dict(again.engine.rows(Query("select user_id, person_id from person"))) == keys
        with again.store.begin() as connection:
            ((stored, mapping),) = connection.execute(imports.select().with_only_columns(
                imports.c.stored, imports.c.mapping
            ))  # fmt: skip
        assert (stored, mapping["country"]) == (6, "FR")
        before = canonical(again.engine)
        again.rebuild()
        assert canonical(again.engine) == before


def _as_an_earlier_version_left_it(ws: quartier.Workspace) -> None:
    """Phones without their country, a filler among them, and another count of rows."""
    with ws.store.begin() as connection:
        row = dict(connection.execute(identifiers.select().where(identifiers.c.kind == "phone")).one()._mapping)
        connection.execute(identifiers.update().where(identifiers.c.kind == "phone").values(value="0612345679"))
        last = len(connection.execute(identifiers.select()).all())
        given = {"identity": last, "value": "0000000000", "key": 90, "own_key": 90, "cluster": last}
        connection.execute(identifiers.insert().values({**row, **given}))
        ((mapping,),) = connection.execute(imports.select().with_only_columns(imports.c.mapping))
        kept = {name: value for name, value in mapping.items() if name != "country"}
        connection.execute(imports.update().values(mapping=kept, stored=5, duplicates=1))
    ws.engine.drop("quartier_comparing")


def _collected(ws: quartier.Workspace, text: str) -> ImportSummary:
    path = ws.folder / "persons.csv"
    path.write_text(text)
    return ws.collect(path, Mapping.read({"layout": "persons", "columns": COLUMNS}))


def _sent(ws: quartier.Workspace, visitor: str, **traits: Any) -> list[dict[str, int]]:
    """What projecting one message says of identifiers by which nothing is compared."""
    message = {"messageId": f"m-{visitor}", "type": "identify", "anonymousId": visitor, "traits": traits,
               "timestamp": "2026-11-22T09:00:00Z"}  # fmt: skip
    ws.arrivals.take([message], source="web")
    return [ws.arrivals.project().unusable]


def _persons(ws: quartier.Workspace) -> list[tuple[object, ...]]:
    return ws.engine.rows(Query("select user_id, email, phone, city from person order by person_key"))


def _known(ws: quartier.Workspace, kind: str) -> list[str]:
    with ws.store.begin() as connection:
        found = connection.execute(identifiers.select().where(identifiers.c.kind == kind)).all()
    return sorted(each.value for each in found)
