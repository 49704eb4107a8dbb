"""Of whom a condition as written can be asked: of persons, of accounts, or of either."""

from quartier.catalog import Subject
from quartier.errors import Problem
from quartier.language import Text
from quartier.segment import definition as written
from quartier.segment import memory_documents as remembered

_OF_EITHER = (
    written.AllCondition, written.AnyCondition, written.NoneCondition, written.NotCondition, written.AtLeastCondition,
    written.TraitCondition, remembered.SegmentCondition, remembered.EnteredCondition, remembered.LeftCondition,
)  # fmt: skip
_OF_ACCOUNTS = (
    written.AnyPersonCondition, written.EveryPersonCondition, written.NoPersonCondition, written.SomePersonsCondition,
    written.AccountsCondition,
)  # fmt: skip


def misplaced(node: object, of: Subject, place: str) -> Problem | None:
    """What is wrong with asking a condition of persons or of accounts; all but a few are asked of persons."""
    if isinstance(node, _OF_EITHER):
        return None
    asked: Subject = "account" if isinstance(node, _OF_ACCOUNTS) else "person"
    return None if asked == of else Problem(place, ASKED_OF[asked], ASK_THE_OTHER[asked])


ASKED_OF: dict[Subject, Text] = {
    "person": Text(
        en="this asks about a person, and an account stands here",
        fr="ceci porte sur une personne, et c'est un compte qui est en question ici",
    ),
    "account": Text(
        en="this asks about an account, and a person stands here",
        fr="ceci porte sur un compte, et c'est une personne qui est en question ici",
    ),
}
ASK_THE_OTHER: dict[Subject, Text] = {
    "person": Text(
        en="ask it of the account's persons, under `any_person`, `every_person`, `no_person`, "
        "or `persons` beside `at_least`",
        fr="posez la question aux personnes du compte, sous `any_person`, `every_person`, `no_person`, "
        "ou `persons` à côté de `at_least`",
    ),
    "account": Text(
        en="ask it of the person's account, under `account`; for a segment of accounts, write `of: account` in it",
        fr="posez la question au compte de la personne, sous `account` ; "
        "pour un segment de comptes, écrivez-y `of: account`",
    ),
}
