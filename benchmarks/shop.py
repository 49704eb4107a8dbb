"""The work of the benchmark of segments: a large shop drawn at random, and two hundred segments of it.

The rows stand once in one events table, as most warehouses have them, and once in the layout of our engine.
"""

import random
from dataclasses import dataclass
from typing import Any

from quartier.catalog import Catalog, EventType, Family, Label, Property, Trait, ValueType
from quartier.engine import DuckDBEngine, Query

NOW = "2026-11-01"
TYPES = ["page_view", "add_to_cart", "order", "email_open", "email_click", "login", "search"]
MIX = ["page_view"] * 4 + TYPES[1:]
CATEGORIES = ["shoes", "shirts", "books", "beauty", "toys", "garden", "food", "tech"]
COUNTRIES = ["FR", "BE", "CH", "CA", "DE", "ES", "US", "MA"]
PLANS = ["free", "basic", "pro", "enterprise"]
TRAITS = {
    "birth_date": ValueType.DATE,
    "gender": ValueType.TEXT,
    "country": ValueType.TEXT,
    "plan": ValueType.TEXT,
    "income": ValueType.INTEGER,
    "signup_at": ValueType.INSTANT,
    "email_opt_in": ValueType.BOOLEAN,
}


@dataclass(frozen=True)
class Part:
    """A condition as a document and as SQL over one events table."""

    document: dict[str, Any]
    sql: str


@dataclass(frozen=True)
class Wanted:
    """A segment: its parts all hold."""

    name: str
    parts: tuple[Part, ...]

    @property
    def document(self) -> dict[str, Any]:
        """As a user writes it."""
        where = {"all": [part.document for part in self.parts]}
        return {"segment": self.name, "population": "everyone", "where": where}

    @property
    def sql(self) -> str:
        """As one query over one events table."""
        return "select count(*) from person where " + " and ".join(part.sql for part in self.parts)


def catalog() -> Catalog:
    """What is known of the shop's data."""
    traits = tuple(
        Trait(name=name, type=type_, family=Family.DEMOGRAPHIC, label=_label(name)) for name, type_ in TRAITS.items()
    )
    amount = Property(name="amount", type=ValueType.NUMBER, label=_label("amount"))
    category = Property(name="category", type=ValueType.TEXT, label=_label("category"))
    events = tuple(EventType(name=each, label=_label(each), properties=(amount, category)) for each in TYPES)
    return Catalog(traits=traits, events=events)


def draw(engine: DuckDBEngine, persons: int, events: int, seed: float = 0.42) -> None:
    """Persons and events; activity is skewed over persons and towards the present."""
    for statement in (
        f"select setseed({seed})",
        f"""create table person as select i::int as person_key, 'p' || i as person_id,
            (date '{NOW}' - ((18 + random() * 60) * 365)::int)::date birth_date,
            ['F', 'M', 'X'][1 + floor(random() * 2.05)::int] gender,
            {COUNTRIES}[1 + floor(pow(random(), 2) * 8)::int] country,
            {PLANS}[1 + floor(pow(random(), 2) * 4)::int] plan,
            (20000 + random() * 80000)::bigint income,
            timestamp '{NOW}' - to_seconds((random() * 3 * 365 * 86400)::bigint) signup_at,
            random() < 0.7 email_opt_in from range({persons}) r(i)""",
        f"""create table event as select floor(pow(random(), 1.7) * {persons})::int as person, {MIX}
            [1 + floor(random() * {len(MIX)})::int] as type,
            timestamp '{NOW}' - to_seconds((pow(random(), 1.5) * 730 * 86400)::bigint) as ts,
            case when random() < 0.1 then round((5 + random() * random() * 300)::decimal(10, 2), 2) end as amount,
            {CATEGORIES}[1 + floor(random() * {len(CATEGORIES)})::int] as category from range({events})""",
        *(
            f"""create table event_{type_} as select person as person_key, '{type_[0]}' || rowid as event_id,
            ts as occurred_at, amount::double as amount, category from event where type = '{type_}' order by ts"""
            for type_ in TYPES
        ),
        "checkpoint",
    ):
        engine.execute(Query(statement))


def segments(how_many: int, seed: int = 7) -> list[Wanted]:
    """One or two conditions on events and up to two on traits each."""
    random_ = random.Random(seed)
    return [Wanted(f"s{number}", _parts(random_)) for number in range(how_many)]


def _parts(random_: random.Random) -> tuple[Part, ...]:
    traits = [_trait(random_) for _ in range(random_.choice([0, 1, 2]))]
    return (*traits, *(_count(random_) for _ in range(random_.choice([1, 1, 2]))))


def _trait(random_: random.Random) -> Part:
    country = random_.choice(["FR", "BE", "DE", "US"])
    years, days = random_.choice([25, 35, 50, 65]), random_.choice([30, 90, 365])
    income = random_.choice([30000, 50000, 70000])
    return random_.choice(
        [
            Part({"trait": "country", "is": country}, f"country = '{country}'"),
            Part({"trait": "plan", "in": ["pro", "enterprise"]}, "plan in ('pro', 'enterprise')"),
            Part({"trait": "gender", "is": "F"}, "gender = 'F'"),
            Part(
                {"trait": "birth_date", "age": {"at_least": years}},
                f"birth_date <= date '{NOW}' - interval {years} year",
            ),
            Part({"trait": "email_opt_in", "is": True}, "email_opt_in"),
            Part({"trait": "income", "at_least": income}, f"income >= {income}"),
            Part(
                {"trait": "signup_at", "within": f"{days} days"},
                f"signup_at > timestamp '{NOW}' - interval {days} day",
            ),
        ]
    )


def _count(random_: random.Random) -> Part:
    """A count, or a sum of amounts, of one event type in the last days, at least or below a bound."""
    type_ = random_.choice(TYPES)
    is_sum = type_ == "order" and random_.random() < 0.5
    days = random_.choice([7, 14, 30, 60, 90, 180, 365])
    category = random_.choice([*CATEGORIES, *[None] * 8])
    is_below = not is_sum and random_.random() < 1 / 3
    bound = random_.choice([50, 100, 200, 500] if is_sum else [1, 1, 2, 3, 5])
    compared = {"less_than" if is_below else "at_least": bound}
    document = {
        "event": type_,
        **({"where": {"category": category}} if category else {}),
        "within": f"{days} days",
        **({"sum": "amount", **compared} if is_sum else {"count": compared}),
    }
    rows = f"type = '{type_}' and ts > timestamp '{NOW}' - interval {days} day"
    rows += f" and category = '{category}'" if category else ""
    counted = f"select person from event where {rows} group by 1"
    measure = "sum(amount)" if is_sum else "count(*)"
    return Part(document, f"person_key {'not in' if is_below else 'in'} ({counted} having {measure} >= {bound})")


def _label(name: str) -> Label:
    return Label(fr=name, en=name)
