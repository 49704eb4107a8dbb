"""Places are found alike at home, in the engine and on paper."""

from fractions import Fraction

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quartier.engine import DuckDBEngine, Query, to_sql
from quartier.errors import Unusable
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.edges import edges, is_global
from quartier.segment.moments import Moment
from quartier.segment.rank_queries import persons_ranked
from quartier.segment.ranking import in_places
from quartier.segment.ranks import Rank
from quartier.segment.sentence import sentence
from quartier.testing.loading import PARIS
from quartier.testing.reference_ranks import has_place
from tests.generative.worlds import INSTANTS
from tests.unit.segment.shop import SHOP

RANKS = [
    Rank.parse(kind, written)
    for kind, written in [("top", 1), ("top", 3), ("top", "10 %"), ("top", "33,4%"), ("bottom", 2), ("bottom", "100 %"),
                          ("share_of_total", "80 %"), ("share_of_total", "0.5%"), ("share_of_total", "100 %")]
]  # fmt: skip
VALUES = st.sampled_from([-7.25, -1.0, 0.0, 0.1, 0.2, 0.3, 1.0, 2.5, 10.0, 12_000_000.01])


@settings(max_examples=60, derandomize=True, deadline=None)
@given(values=st.lists(VALUES, min_size=1, max_size=9), rank=st.sampled_from(RANKS))
def test_places_are_the_same_at_home_in_the_engine_and_on_paper(values, rank):
    truth = [has_place(own, values, rank) for own in values]
    assert in_places(np.array(values), rank).tolist() == truth
    rows = pa.table({"person_key": pa.array(range(len(values)), pa.int32()), "value": pa.array(values, pa.float64())})
    expression = persons_ranked(
        ibis.table({"person_key": "int32", "value": "float64"}, name="ranked"),
        ibis.table({"person_key": "int32"}, name="ranked"),
        rank,
    )
    with ENGINE.view(rows, "ranked"):
        found = set(ENGINE.keys(Query(to_sql(expression))).tolist())
    assert found == {key for key, is_in in enumerate(truth) if is_in}


def test_totals_beyond_64_bits_are_shared_exactly():
    values = np.array([3e15, 2e15, 1e15])
    assert in_places(values, Rank("share_of_total", percent=Fraction(50))).tolist() == [True, False, False]


@pytest.mark.parametrize("written", [0, -1, True, 1.5, "10", "0 %", "100.5 %", "ten %", None, [10], 2**31, "1000 %"])
def test_what_is_no_number_of_places_is_refused(written):
    with pytest.raises(Unusable):
        Rank.parse("top", written)


SAID = [
    ({"trait": "ltv", "top": "10 %"}, "are among the top 10% by lifetime value.",
     "sont parmi les 10 % en tête pour la valeur vie."),
    ({"trait": "ltv", "top": 1000}, "are among the top 1,000 by lifetime value.",
     "sont parmi les 1 000 premiers pour la valeur vie."),
    ({"trait": "ltv", "top": 1}, "have the highest lifetime value.", "ont la première place pour la valeur vie."),
    ({"trait": "ltv", "bottom": "2.5%"}, "are among the bottom 2.5% by lifetime value.",
     "sont parmi les 2,5 % en queue pour la valeur vie."),
    ({"event": "Order Completed", "sum": "revenue", "within": "1 year", "share_of_total": "80 %"},
     "are among the first by total amount of orders in the last year, who together make 80% of the total.",
     "sont parmi les premiers pour la somme du montant des commandes au cours des 12 derniers mois, qui font ensemble "
     "80 % du total."),
    ({"event": "Order Completed", "top": 100}, "are among the top 100 by number of orders.",
     "sont parmi les 100 premiers pour le nombre de commandes."),
]  # fmt: skip


@pytest.mark.parametrize(("where", "en", "fr"), SAID)
def test_ranks_read_as_people_say_them(where, en, fr):
    bound = bind(read_segment({"segment": "s", "population": "customers", "where": where}), SHOP)
    plain = {ord("\N{NO-BREAK SPACE}"): " ", ord("\N{NARROW NO-BREAK SPACE}"): " "}
    assert sentence(bound, "en", currency="EUR") == f"Customers who {en}"
    assert sentence(bound, "fr", currency="EUR").translate(plain) == f"Clients qui {fr}"


def test_a_rank_depends_on_everybody_and_on_the_window_of_what_is_ranked():
    where = {"event": "Order Completed", "sum": "revenue", "within": "1 year", "top": "10 %"}
    rank = bind(read_segment({"segment": "s", "where": where}), SHOP).where
    assert is_global(rank)
    assert len(edges(rank, Moment(INSTANTS[0], PARIS))) == 2


ENGINE = DuckDBEngine(memory_limit="256MB", threads=1)
