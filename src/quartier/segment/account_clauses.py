"""What is said of accounts by their persons, and of persons by their account."""

from quartier.language import Plural, Text
from quartier.segment.clauses import Clause, Reader, as_it_stands, who, whose


def some_persons(count: int, deed: Clause | None, described: str, reader: Reader) -> Clause:
    """“with at least 3 persons who placed an order”, « dont au moins 3 personnes ont passé une commande ».

    `deed` is what the persons did, when it is said by one verb of theirs; `described` says the same after a noun.
    """
    if reader.language == "fr" and deed and deed.link == "who":
        verb = deed.one if count == 1 else deed.many
        return whose(_AT_LEAST.to("fr", n=count, persons=verb))
    return as_it_stands(_WITH_AT_LEAST.to(reader.language, n=count, persons=described))


def no_person(described: str, reader: Reader) -> Clause:
    """“without any person who placed an order”."""
    return as_it_stands(reader.said(_WITHOUT, person=described))


def every_person(described: str, reader: Reader) -> Clause:
    """“with only persons who placed an order”: an account without persons has none such."""
    return as_it_stands(reader.said(_WITH_ONLY, persons=described))


def of_account(described: str, reader: Reader) -> Clause:
    """“who belong to an account whose industry is “Software””."""
    return who(reader, _BELONGS, account=described)


_WITH_AT_LEAST = Plural(
    Text(en="with at least one person {persons}", fr="avec au moins une personne {persons}"),
    Text(en="with at least {n} persons {persons}", fr="avec au moins {n} personnes {persons}"),
)
_AT_LEAST = Plural(
    Text(en="at least one person {persons}", fr="au moins une personne {persons}"),
    Text(en="at least {n} persons {persons}", fr="au moins {n} personnes {persons}"),
)
_WITHOUT = Text(en="without any person {person}", fr="sans aucune personne {person}")
_WITH_ONLY = Text(en="with only persons {persons}", fr="avec uniquement des personnes {persons}")
_BELONGS = Text(en="belong{s} to an account {account}", fr="{makes} partie d'un compte {account}")
