"""A base that Spark draws by itself, whose members can be counted on paper: person n has the key n."""

from quartier.catalog import Catalog, EventType, Family, Label, Property, Trait, ValueType
from quartier.engine import SparkEngine

LABEL = Label(en="x", fr="x")
CATALOG = Catalog(
    traits=(Trait(name="country", type=ValueType.TEXT, family=Family.GEOGRAPHIC, label=LABEL),),
    events=(
        EventType(
            name="Order Completed",
            label=LABEL,
            properties=(Property(name="revenue", type=ValueType.NUMBER, label=LABEL),),
        ),
    ),
)
SEGMENTS = [
    {"segment": "everybody", "population": "everyone", "where": {"not": {"persons": ["nobody"]}}},
    {"segment": "french", "population": "everyone", "where": {"trait": "country", "is": "FR"}},
    {"segment": "recent", "population": "everyone", "where": {"event": "Order Completed", "within": "30 days"}},
    {
        "segment": "french-or-spender",
        "population": "everyone",
        "where": {
            "any": [
                {"trait": "country", "is": "FR"},
                {"event": "Order Completed", "sum": "revenue", "at_least": 0.3},
            ]
        },
    },
]


def draw(engine: SparkEngine, persons: int) -> None:
    """Every tenth person is French; every fifth ordered twice, 0.1 and 0.2, the second time on the 1st of November."""
    base = engine.session.range(persons)
    base.selectExpr(
        "cast(id as int) person_key", "concat('p', id) person_id", "if(id % 10 = 0, 'FR', 'BE') country"
    ).createOrReplaceTempView("person")
    orders = base.where("id % 5 = 0").selectExpr(
        "cast(id as int) person_key",
        "explode(array(struct('a' event_id, timestamp_ntz'2026-01-01 00:00:00' occurred_at, 0.1d revenue), "
        "struct('b' event_id, timestamp_ntz'2026-11-01 00:00:00' occurred_at, 0.2d revenue))) order",
    )
    orders.select("person_key", "order.*").createOrReplaceTempView("event_order_completed")
