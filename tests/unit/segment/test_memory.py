"""What the store remembers can be asked for, reads as people say it, and counts nobody in whom it merely found."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from pyroaring import BitMap

from quartier.errors import InvalidDefinition
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.memory import Moved, Reached
from quartier.segment.remembering import StoreMemory, campaigns
from quartier.segment.sentence import sentence
from quartier.store import Store, audiences, definitions, membership
from tests.unit.segment.shop import SHOP

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=1)
LOYAL = read_segment(
    {"segment": "loyal", "label": {"en": "Loyal", "fr": "Fidèles"}, "where": {"trait": "ltv", "is": 1}}
)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store("sqlite://", AT)
    yield opened
    opened.close()


def test_the_first_evaluation_of_each_version_is_as_found(store: Store) -> None:
    with store.begin() as connection:
        definitions.save(connection, "segment", "loyal", {"a": 1}, author="x", at=AT)
        membership.append(connection, "loyal", 1, BitMap([1]), at=AT)
        membership.append(connection, "loyal", 1, BitMap([1, 2]), at=LATER)
    memory = StoreMemory(store)
    assert memory.changes("loyal") == [
        Moved(AT, BitMap([1]), BitMap(), is_as_found=True), Moved(LATER, BitMap([2]), BitMap()),
    ]  # fmt: skip
    assert memory.is_of_this_version("loyal")
    assert not StoreMemory(store, ["loyal"]).is_of_this_version("loyal")
    with store.begin() as connection:
        definitions.save(connection, "segment", "loyal", {"a": 2}, author="x", at=LATER)
    assert not memory.is_of_this_version("loyal")
    assert memory.changes("unknown") == []


def test_audiences_and_exposures_are_remembered(store: Store) -> None:
    frozen = audiences.Audience("spring", "loyal", 1, AT, 0.1, "salt", BitMap([1, 2]), BitMap([3]))
    with store.begin() as connection:
        audiences.freeze(connection, frozen)
        audiences.expose(connection, audiences.Exposure("spring", "email", LATER, BitMap([1])))
    memory = StoreMemory(store)
    assert memory.reached("spring", "targeted") == [Reached(AT, BitMap([1, 2]))]
    assert memory.reached("spring", "held_out") == [Reached(AT, BitMap([3]))]
    assert memory.reached("spring", "exposed") == [Reached(LATER, BitMap([1]))]
    assert memory.reached("summer", "targeted") == []
    assert campaigns(store) == ["spring"]


def test_a_campaign_that_does_not_exist_is_refused_with_the_nearest_name() -> None:
    wrong = read_segment({"segment": "s", "where": {"campaign": "sprin", "was": "exposed"}})
    with pytest.raises(InvalidDefinition, match=r"did you mean spring"):
        bind(wrong, SHOP, {}, ["spring"])


@pytest.mark.parametrize(("where", "en", "fr"), [
    ({"segment": "loyal", "within": "30 days"}, "Persons who have been in “Loyal” in the last 30 days.",
     "Personnes qui ont fait partie de « Fidèles » au cours des 30 derniers jours."),
    ({"entered": "loyal", "within": "7 days"}, "Persons who have entered “Loyal” in the last 7 days.",
     "Personnes qui ont rejoint « Fidèles » au cours des 7 derniers jours."),
    ({"left": "loyal"}, "Persons who have left “Loyal”.", "Personnes qui ont quitté « Fidèles »."),
    ({"campaign": "spring", "was": "targeted"}, "Persons who have been targeted by the campaign “spring”.",
     "Personnes qui ont fait partie de la cible de la campagne « spring »."),
    ({"campaign": "spring", "was": "held_out"}, "Persons who have been held out of the campaign “spring”.",
     "Personnes qui ont fait partie du groupe témoin de la campagne « spring »."),
    ({"campaign": "spring", "was": "exposed", "since": "2026-01-01"},
     "Persons who have been reached by the campaign “spring” since 1 January 2026.",
     "Personnes qui ont reçu la campagne « spring » depuis le 1er janvier 2026."),
])  # fmt: skip
def test_what_is_remembered_reads_as_people_say_it(where: dict[str, Any], en: str, fr: str) -> None:
    document = read_segment({"segment": "s", "where": where})
    assert document.model_dump(mode="json")["where"] == where
    segment = bind(document, SHOP, {"loyal": LOYAL}, ["spring"])
    assert sentence(segment, "en") == en
    assert sentence(segment, "fr").replace("\N{NO-BREAK SPACE}", " ") == fr
