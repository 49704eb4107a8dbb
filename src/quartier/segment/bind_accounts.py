"""How conditions that go from accounts to their persons, and back, are bound: the part inside is asked of the other."""

from quartier.segment import definition as written
from quartier.segment.binding import Binder, bind_condition
from quartier.segment.conditions import AccountsLeaf, Condition, EveryPerson, Not, OfAccount, SomePersons


@bind_condition.register
def _(node: written.AccountsCondition, _binder: Binder, _place: str) -> Condition:
    return AccountsLeaf(tuple(dict.fromkeys(node.accounts)))


@bind_condition.register
def _(node: written.AccountCondition, binder: Binder, place: str) -> Condition:
    return OfAccount(binder.about("account", node.account, f"{place}.account"))


@bind_condition.register
def _(node: written.AnyPersonCondition, binder: Binder, place: str) -> Condition:
    return SomePersons(1, binder.about("person", node.any_person, f"{place}.any_person"))


@bind_condition.register
def _(node: written.EveryPersonCondition, binder: Binder, place: str) -> Condition:
    return EveryPerson(binder.about("person", node.every_person, f"{place}.every_person"))


@bind_condition.register
def _(node: written.NoPersonCondition, binder: Binder, place: str) -> Condition:
    return Not(SomePersons(1, binder.about("person", node.no_person, f"{place}.no_person")))


@bind_condition.register
def _(node: written.SomePersonsCondition, binder: Binder, place: str) -> Condition:
    return SomePersons(node.at_least, binder.about("person", node.persons, f"{place}.persons"))
