"""Which of several values is held: by rule, the same live, rebuilt, decided and undone, with a history that agrees."""

import datetime as dt

import pytest

import quartier
from quartier.catalog import ValueRule
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.errors import InvalidDefinition
from quartier.identify.deciding import decide, of_pair
from tests.integration.test_collect import rows
from tests.projecting import canonical

PERSONS = Mapping.read({"layout": "persons", "columns": {"id": "user_id", "mail": "email", "city": "trait.city"}})
Said = tuple[str | None, str | None, str | None]
"""Customer number, e-mail, city."""


def collect(ws: quartier.Workspace, name: str, *said: Said) -> None:
    """A file of persons."""
    path = ws.folder / name
    ids, mails, cities = (["" if each is None else each for each in column] for column in zip(*said, strict=True))
    lines = [",".join(each) for each in zip(ids, mails, cities, strict=True)]
    path.write_text("\n".join(["id,mail,city", *lines]) + "\n", encoding="utf-8")
    ws.collect(path, PERSONS)


def tell(ws: quartier.Workspace, source: str, city: str, **who: str) -> None:
    """A message."""
    ws.arrivals.take([{"type": "identify", "traits": {"city": city}, **who}], source=source)
    ws.arrivals.project()


def rule(ws: quartier.Workspace, found: ValueRule | None, *trusted: str) -> None:
    """Put a rule in force for the city alone."""
    city = ws.catalog.trait("city").model_copy(update={"rule": found})
    ws.put_catalog(ws.catalog.with_traits(city).model_copy(update={"trusted": trusted, "verified": trusted}))


def content(ws: quartier.Workspace) -> dict[str, list[str]]:
    """What is held of persons, and who said what."""
    found = canonical(ws.engine)
    return {name: found[name] for name in found if name.startswith(("person", "quartier_said", "quartier_rules"))}


def city(ws: quartier.Workspace, user: str = "u1") -> str | None:
    ((found,),) = rows(ws, f"select city from person where user_id = '{user}'")
    return found


def changes(ws: quartier.Workspace) -> list[tuple[object, ...]]:
    found = "select before_text, after_text from person_change join person using (person_key)"
    return rows(ws, f"{found} where trait = 'city' and user_id = 'u1' order by seq")


@pytest.fixture
def told(filled) -> quartier.Workspace:
    """Lyon by the till, Brest twice over the web, Lille by the till, Nice by an application; u2 is told once."""
    return filled(tell_all)


def tell_all(ws: quartier.Workspace, clock: FixedClock) -> None:
    collect(ws, "till-1.csv", ("u1", None, "Lyon"), ("u2", None, "Metz"))
    for source, name in (("web", "Brest"), ("app", "Nice"), ("web", "Brest")):
        clock.advance(dt.timedelta(days=1))
        tell(ws, source, name, userId="u1")
    clock.advance(dt.timedelta(days=1))
    collect(ws, "till-2.csv", ("u1", None, "Lille"))
    clock.advance(dt.timedelta(days=1))
    tell(ws, "app", "Nice", userId="u1")


RULES = [
    (ValueRule.MOST_RECENT, (), "Nice", ["Brest", "Nice", "Brest", "Lille", "Nice"]),
    (ValueRule.MOST_TRUSTED, ("till-*",), "Lille", ["Lille"]),
    (ValueRule.MOST_TRUSTED, ("web", "till-*"), "Brest", ["Brest"]),
    (ValueRule.MOST_TRUSTED, ("nobody",), "Nice", ["Brest", "Nice", "Brest", "Lille", "Nice"]),
    (ValueRule.VERIFIED_FIRST, ("web", "till-1*"), "Brest", ["Brest"]),
    (ValueRule.VERIFIED_FIRST, ("till-2*",), "Lille", ["Brest", "Nice", "Brest", "Lille"]),
    (ValueRule.MOST_FREQUENT, (), "Nice", ["Brest", "Nice", "Brest", "Nice"]),
]


@pytest.mark.parametrize(("found", "trusted", "held", "later"), RULES)
def test_a_rule_put_in_force_later_chooses_as_if_it_had_always_been(told, found, trusted, held, later):
    rule(told, found, *trusted)
    assert city(told) == held
    assert changes(told) == list(zip(["Lyon", *later], later, strict=False))
    assert city(told, "u2") == "Metz"
    before = content(told)
    told.rebuild()
    assert content(told) == before


@pytest.mark.parametrize(("found", "trusted", "held", "later"), RULES)
def test_a_rule_that_is_in_force_chooses_while_values_arrive(workspace, clock, found, trusted, held, later):
    collect(workspace, "till-1.csv", ("u1", None, "Lyon"))
    rule(workspace, found, *trusted)
    for source, name in (("web", "Brest"), ("app", "Nice"), ("web", "Brest")):
        clock.advance(dt.timedelta(days=1))
        tell(workspace, source, name, userId="u1")
    clock.advance(dt.timedelta(days=1))
    collect(workspace, "till-2.csv", ("u1", None, "Lille"))
    clock.advance(dt.timedelta(days=1))
    tell(workspace, "app", "Nice", userId="u1")
    assert city(workspace) == held
    assert changes(workspace) == list(zip(["Lyon", *later], later, strict=False))


def test_links_and_their_undoing_choose_among_what_was_said_under_all_identifiers(workspace):
    collect(workspace, "crm.csv", ("u1", None, "Lyon"))
    tell(workspace, "web", "Brest", anonymousId="b1")
    rule(workspace, ValueRule.MOST_TRUSTED, "crm.csv")
    (one,), (other,) = (
        rows(workspace, f"select identity from quartier_ledger where value = '{each}'") for each in ("u1", "b1")
    )
    before = content(workspace)

    def say(answer: str) -> None:
        decide(
            workspace.store,
            workspace.engine,
            [of_pair(one[0], other[0], answer, author="Ada", at=workspace.clock.now())],
        )

    say("accepted")
    assert city(workspace) == "Lyon", "the web said something later, and is trusted less"
    rule(workspace, None)
    assert city(workspace) == "Brest"
    rule(workspace, ValueRule.MOST_TRUSTED, "crm.csv")
    say("refused")
    assert content(workspace)["person"] == before["person"]


def test_the_rule_of_the_catalog_holds_for_every_trait_that_says_nothing_else(told):
    told.put_catalog(told.catalog.model_copy(update={"rule": ValueRule.MOST_TRUSTED, "trusted": ("till-1.csv",)}))
    assert city(told) == "Lyon"
    told.put_catalog(
        told.catalog.with_traits(told.catalog.trait("city").model_copy(update={"rule": ValueRule.MOST_RECENT}))
    )
    assert city(told) == "Nice"


def test_the_profile_says_why_a_value_is_held_and_trust_without_sources_is_refused(told):
    rule(told, ValueRule.MOST_FREQUENT)
    said = {each.name: each for each in told.persons.profile("u1").traits}
    assert (said["city"].value, said["city"].rule, said["city"].source, said["city"].earlier) == (
        "Nice",
        "most_frequent",
        "app",
        4,
    )
    assert said["user_id"].rule == "most_recent"
    for asked in (ValueRule.MOST_TRUSTED, ValueRule.VERIFIED_FIRST):
        with pytest.raises(InvalidDefinition):
            rule(told, asked)


def test_where_sources_change_is_the_same_however_messages_are_cut(workspace):
    messages = [("web", "a"), ("web", "b"), ("app", "c"), ("app", "d"), ("web", "e")]
    for source, each in messages:
        workspace.arrivals.take([{"type": "identify", "userId": each, "traits": {"city": "x"}}], source=source)
        if each != "c":
            workspace.arrivals.project()
    found = rows(workspace, "select place, source from quartier_said_by order by place")
    assert found == [(1, "web"), (3, "app"), (5, "web")]
