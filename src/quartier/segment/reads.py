"""Which columns of which tables a leaf reads, so that only those are copied into a small world."""

from collections.abc import Iterable
from functools import singledispatch

from quartier.catalog import Catalog, Subject
from quartier.engine import (
    EVENT_ID,
    KEY,
    OCCURRED_AT,
    PUBLIC_ID,
    change_table,
    event_schema,
    known_table,
    subject_schema,
)
from quartier.segment.conditions import (
    AccountsLeaf,
    CampaignLeaf,
    ChangedLeaf,
    ComparedLeaf,
    EarlierLeaf,
    EventLeaf,
    Everyone,
    HistoryLeaf,
    Leaf,
    OwnTime,
    PersonsLeaf,
    PlaceLeaf,
    RankLeaf,
    SequenceLeaf,
    TraitLeaf,
)
from quartier.segment.earlier_queries import change_columns_read
from quartier.segment.leaves import identifying_traits
from quartier.segment.measures import ORDERED

Place = tuple[str, str]
"""A table and a column of it."""


@singledispatch
def reads(_leaf: Leaf, catalog: Catalog) -> Iterable[Place]:
    """The columns that a leaf reads; all there are for a kind that does not say."""
    persons = (("person", column) for column in subject_schema(catalog))
    return [*persons, *((event.table, column) for event in catalog.events for column in event_schema(event))]


@reads.register
def _(_leaf: Everyone, _catalog: Catalog) -> Iterable[Place]:
    return []


@reads.register
def _(leaf: TraitLeaf, _catalog: Catalog) -> Iterable[Place]:
    return [(leaf.trait.of, leaf.trait.name)]


@reads.register
def _(_leaf: PersonsLeaf, catalog: Catalog) -> Iterable[Place]:
    return [("person", trait.name) for trait in identifying_traits(catalog.traits)]


@reads.register
def _(_leaf: AccountsLeaf, catalog: Catalog) -> Iterable[Place]:
    return [("account", trait.name) for trait in identifying_traits(catalog.traits, "account")]


@reads.register
def _(leaf: EventLeaf, _catalog: Catalog) -> Iterable[Place]:
    paths = [test.path for test in leaf.where] + ([leaf.measure.path] if leaf.measure.path else [])
    heads = {
        OCCURRED_AT,
        *([EVENT_ID] if leaf.measure.kind in ORDERED else []),
        *(path.partition(".")[0] for path in paths),
    }
    return [(event.table, head) for event in leaf.events for head in heads]


@reads.register
def _(leaf: PlaceLeaf, _catalog: Catalog) -> Iterable[Place]:
    return [("person", leaf.latitude.name), ("person", leaf.longitude.name)]


@reads.register(HistoryLeaf)
@reads.register(CampaignLeaf)
def _(_leaf: Leaf, _catalog: Catalog) -> Iterable[Place]:
    return []


@reads.register
def _(leaf: ComparedLeaf, catalog: Catalog) -> Iterable[Place]:
    return [*reads(leaf.left, catalog), *reads(leaf.right, catalog)]


@reads.register
def _(leaf: ChangedLeaf | EarlierLeaf, _catalog: Catalog) -> Iterable[Place]:
    changes = [(change_table(leaf.trait.of), column) for column in change_columns_read(leaf.trait)]
    values = [(leaf.trait.of, leaf.trait.name), (known_table(leaf.trait.of), OCCURRED_AT)]
    return changes if isinstance(leaf, ChangedLeaf) else [*changes, *values]


@reads.register
def _(leaf: OwnTime, catalog: Catalog) -> Iterable[Place]:
    return [("person", leaf.zone.name), *reads(leaf.part, catalog)]


@reads.register
def _(leaf: RankLeaf, catalog: Catalog) -> Iterable[Place]:
    return reads(leaf.ranked, catalog)


@reads.register
def _(leaf: SequenceLeaf, _catalog: Catalog) -> Iterable[Place]:
    same = [leaf.same.name] if leaf.same else []
    return [
        (event.table, head)
        for step in leaf.steps
        for event in step.events
        for head in {OCCURRED_AT, EVENT_ID, *same, *(test.path.partition(".")[0] for test in step.where)}
    ]


def columns_read(leaves: Iterable[Leaf], catalog: Catalog, of: Subject = "person") -> dict[str, tuple[str, ...]]:
    """The columns of each table that some leaves read, those that every table has first; that of `of` is there."""
    found: dict[str, dict[str, None]] = {of: dict.fromkeys([KEY[of], PUBLIC_ID[of]])}
    # In one order whatever the order of the leaves, so that the SQL that copies them is one and the same.
    for table, column in sorted({place for leaf in leaves for place in reads(leaf, catalog)}):
        found.setdefault(table, dict.fromkeys([KEY[of]]))[column] = None
    return {table: tuple(columns) for table, columns in found.items()}
