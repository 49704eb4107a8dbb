"""Pictures of a model and of a pair: every field and level, in both languages, and no value of anybody."""

import json
from itertools import pairwise

import numpy as np
import pytest

from quartier.identify.matching.charts import waterfall_chart, weights_chart
from quartier.identify.matching.comparing import LEVELS, Comparison, Configuration, Field, Level
from quartier.identify.matching.evidence import reasons
from quartier.identify.matching.kinds import Kind
from quartier.identify.matching.learning import Parameters, usual_m
from quartier.identify.matching.model import Model
from quartier.language import LANGUAGES, Language
from quartier.look.drawing import svg
from tests.needs import requires_module

FIELDS = (Field("prénom", "f0_prenom", Kind.FIRST_NAME), Field("naissance", "f1_naissance", Kind.DATE))
COMPARISONS = tuple(Comparison(each, (*LEVELS[each.kind], Level("different"))) for each in FIELDS)
M = tuple(usual_m(len(each.levels)) for each in COMPARISONS)
U = tuple(each[::-1] for each in M)
MODEL = Model(Configuration(COMPARISONS), (), Parameters(M, U, U, 0.001, 0.0001), 1_000)
PAIR = {
    "match_weight": 1.0, "weight_near": -4.0,
    "level_f0_prenom": 1, "weight_f0_prenom": 6.0, "level_f1_naissance": 4, "weight_f1_naissance": 9.0,
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_of_a_model_shows_every_level_with_its_weight(language: Language):
    requires_module("splink")
    rows = weights_chart(MODEL, language)["data"]["values"]
    assert len(rows) == 1 + sum(len(each.levels) for each in COMPARISONS)
    first = [row["log2_bayes_factor"] for row in rows if row["comparison_name"] == "prénom" and
             row["comparison_vector_value"] == 0]  # fmt: skip
    assert first == pytest.approx([float(np.log2(M[0][0] / U[0][0]))])


def test_the_chart_of_a_model_is_drawn_in_our_colours():
    requires_module("splink")
    chart = weights_chart(MODEL, "fr")
    drawn = svg(chart, "fr")
    assert "prénom" in drawn
    assert "jour et mois intervertis" in drawn
    assert '"red"' not in json.dumps(chart)


def test_each_reason_begins_where_the_one_before_it_ended():
    rows = waterfall_chart(reasons(PAIR, MODEL), "fr")["datasets"]["rows"]
    assert all(before["to"] == after["from"] for before, after in pairwise(rows[:-1]))
    assert rows[-1]["to"] == pytest.approx(PAIR["match_weight"])
    assert rows[-1]["from"] == 0
