"""Why two records are one person: reasons that add up, in words of both languages."""

import pytest

from quartier.identify.matching.comparing import LEVELS, Comparison, Configuration, Field, Level
from quartier.identify.matching.evidence import reasons
from quartier.identify.matching.kinds import Kind
from quartier.identify.matching.learning import Parameters
from quartier.identify.matching.model import Model

NAME, BIRTH = Field("prénom", "f0_prenom", Kind.FIRST_NAME), Field("naissance", "f1_naissance", Kind.DATE)
OTHERWISE = Level("different")
MODEL = Model(
    Configuration(tuple(Comparison(each, (*LEVELS[each.kind], OTHERWISE)) for each in (NAME, BIRTH))),
    (), Parameters((), (), (), 0.001), 10,
)  # fmt: skip
PAIR = {
    "match_weight": 1.0, "weight_near": -4.0,
    "level_f0_prenom": 1, "weight_f0_prenom": 6.0, "level_f1_naissance": 4, "weight_f1_naissance": 9.0,
}  # fmt: skip


def test_the_reasons_of_a_pair_add_up_to_its_weight():
    assert sum(each.weight for each in reasons(PAIR, MODEL)) == pytest.approx(PAIR["match_weight"])


def test_reasons_begin_with_how_rare_matches_are_and_end_with_what_a_home_explains():
    said = [each.what.to("en") for each in reasons(PAIR, MODEL)]
    assert said == [
        "Before anything is compared",
        "naissance: only the year is the same",
        "prénom: nearly the same",
        "A home or an employer in common would explain it",
    ]


def test_a_value_that_is_missing_says_nothing_and_is_not_told():
    pair = {**PAIR, "level_f1_naissance": -1, "weight_f1_naissance": 0.0, "weight_near": 0.0}
    assert [each.field for each in reasons(pair, MODEL)] == [None, "prénom"]


def test_every_way_to_agree_has_words_and_both_languages():
    for kind, levels in LEVELS.items():
        field = Field("champ", "f", kind)
        model = Model(Configuration((Comparison(field, (*levels, OTHERWISE)),)), (), MODEL.parameters, 1)
        for place in range(len(levels) + 1):
            pair = {"match_weight": 0.0, "weight_near": 0.0, "level_f": place, "weight_f": 1.0}
            words = reasons(pair, model)[1].as_json()["what"]
            assert words["en"].startswith("champ: ")
            assert words["fr"].startswith("champ\N{NO-BREAK SPACE}: ")
