"""Pictures of a model and of a pair, in the look of the house: how much each agreement says, and why these two."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from quartier.identify.matching.evidence import Reason, how
from quartier.identify.matching.model import Model
from quartier.identify.matching.splinking import NUMBER, label, settings
from quartier.identify.matching.workbench import nothing_drawn
from quartier.language import Language, Text
from quartier.look.colours import BRICK, CANAL, LINE, REST, SOFT_INK
from quartier.look.drawing import Chart, built

PRIOR = "probability_two_random_records_match"


def weights_chart(model: Model, language: Language) -> Chart:
    """Splink's chart of the weights of a model, each field with its ways to agree; it holds no value of anybody.

    The words and the colours are ours; without what only a browser could do (zooming, hints).
    """
    chart = _drawn_by_splink(model)
    ours = _restyled({name: part for name, part in chart.items() if name not in ("config", "$schema", "title")})
    rows = [_in_words(row, model, language) for row in chart["data"]["values"]]
    start, fields = ours["vconcat"]
    start["encoding"]["y"]["axis"]["title"] = None
    fields["encoding"]["x"]["axis"]["title"] = _BITS.to(language)
    fields["encoding"]["row"]["title"] = None
    for each in (start, fields):
        each["encoding"]["color"]["legend"] = None
    return {**ours, "data": {"values": rows}}


def waterfall_chart(reasons: Sequence[Reason], language: Language) -> Chart:
    """How the weight of a pair comes about: each reason begins where the one before it ended."""
    rows, at = [], 0.0
    for place, each in enumerate(reasons):
        row = {
            "what": each.what.to(language),
            "place": place,
            "from": at,
            "to": at + each.weight,
            "for": each.weight > 0,
        }
        rows.append(row)
        at += each.weight
    rows.append({"what": _ALL.to(language), "place": len(rows), "from": 0.0, "to": at, "for": at > 0})

    def drawn(alt: Any) -> Any:
        return (
            alt.Chart(alt.Data(name="rows"), width=420)
            .mark_bar(height=14)
            .encode(
                y=alt.Y("what:N", sort=alt.SortField("place"), title=None, axis=alt.Axis(labelLimit=420)),
                x=alt.X("from:Q", title=_BITS.to(language)),
                x2="to:Q",
                color=alt.condition("datum.for", alt.value(CANAL.light), alt.value(BRICK.light)),
            )
        )

    return built(drawn, rows=rows)


def _drawn_by_splink(model: Model) -> Chart:
    """Splink's specification, drawn over no record at all: the charts of a model need none."""
    import duckdb
    from splink import DuckDBAPI, Linker

    with nothing_drawn(), duckdb.connect() as connection:
        nobody = DuckDBAPI(connection=connection).register(pa.table({NUMBER: pa.array([], pa.int64())}))
        known = settings(model.configuration, model.parameters)
        linker = Linker(nobody, known, log_level=None, validate_settings=False)
        chart: Chart = linker.visualisations.match_weights_chart().chart_dict
    return chart


def _in_words(row: dict[str, Any], model: Model, language: Language) -> dict[str, Any]:
    """A row of Splink's data with the field's name and the words of its level, the closest level first."""
    weight = {"log2_bayes_factor": row["log2_bayes_factor"], "comparison_sort_order": row["comparison_sort_order"]}
    if row["comparison_name"] == PRIOR:
        return {
            **weight,
            "comparison_name": PRIOR,
            "label_for_charts": _START.to(language),
            "comparison_vector_value": 0,
        }
    comparison = model.configuration.comparisons[row["comparison_sort_order"]]
    place = [label(each) for each in comparison.levels].index(row["label_for_charts"])
    words = how(comparison, place).to(language)
    name = comparison.field.name
    return {**weight, "comparison_name": name, "label_for_charts": words, "comparison_vector_value": -place}


def _restyled(part: Any) -> Any:
    """A piece of Splink's specification with our colours, and without hints and zooming, which a picture has not."""
    if isinstance(part, list):
        return [_restyled(each) for each in part]
    if not isinstance(part, dict):
        return _COLOURS.get(part, part) if isinstance(part, str) else part
    return {name: _restyled(each) for name, each in part.items() if name not in ("tooltip", "params", "data")}


_COLOURS = {
    "red": BRICK.light,
    "#bbbbbb": REST.light,
    "green": CANAL.light,
    "#ddd": LINE.light,
    "#aaa": SOFT_INK.light,
}
_BITS = Text(en="weight, in bits: each bit doubles the odds", fr="poids, en bits : chaque bit double les chances")
_START = Text(en="before anything is compared", fr="avant toute comparaison")
_ALL = Text(en="All together", fr="Au total")
