"""A survey by segment as a picture: what its title may say, and of whom."""

import pytest

from quartier.analyse.surveys.results import Estimate, result_of
from quartier.collect.surveys import shipped
from quartier.web.analyse.survey_figures import by_segment

EVERYBODY = result_of(shipped.read_template("recommendation").questions[0], [0, 5, 9, 10, 10, 8])


def nps(value: float, reach: float) -> Estimate:
    return Estimate("nps", value, (value - reach, value + reach))


@pytest.mark.parametrize(
    ("reach", "title"),
    [(5.0, "« Fidèles » recommande le plus (NPS +40), « Nouveaux » le moins (−20)"),
     (40.0, "Aucun segment ne se distingue d'un autre : leurs intervalles se recouvrent")],
)  # fmt: skip
def test_segments_are_said_to_differ_only_where_their_intervals_lie_apart(reach: float, title: str) -> None:
    found = by_segment(EVERYBODY, [("Nouveaux", nps(-20, reach)), ("Fidèles", nps(40, reach))], "fr")
    assert found.title.replace("\N{NO-BREAK SPACE}", " ") == title
    assert found.wide.index("Fidèles") < found.wide.index("Nouveaux")


def test_one_segment_has_no_picture() -> None:
    assert by_segment(EVERYBODY, [("Fidèles", nps(40, 5))], "en") is None
