"""The pictures and the tables of docs/explanation/matching.md, made anew.

python -m benchmarks.matching_page           the pictures
python -m benchmarks.matching_page --sets    the table of the known sets as well (set QUARTIER_DATA to their folder)
"""

import argparse
import os
import re
from pathlib import Path
from typing import Any

from benchmarks.matching_people import people
from benchmarks.matching_sets import HEADING, SETS, measure
from quartier.identify.matching.charts import waterfall_chart, weights_chart
from quartier.identify.matching.evidence import reasons
from quartier.identify.matching.run import Matched, match
from quartier.look.drawing import picture_svg

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "explanation" / "matching.md"
SEED, RECORDS = 7, 1_500


def main() -> None:
    """Draw the pictures, and write the table when it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", action="store_true", help="the table of the known sets as well")
    with_sets = parser.parse_args().sets
    found = match(people(RECORDS, 0.2, SEED), record="id", least=0.01)
    for name, drawing in pictures(found).items():
        (DOCS / "assets" / f"{name}.svg").write_text(drawing + "\n", encoding="utf-8")
    if with_sets:
        folder = Path(os.environ.get("QUARTIER_DATA") or Path(__file__).parents[2] / "shared" / "data")
        rows = [measure(name, folder).as_markdown() for name in SETS]
        table = "\n".join(["<!-- sets -->", HEADING, *rows, "<!-- end -->"])
        page = re.sub(r"<!-- sets -->.*?<!-- end -->", lambda _: table, PAGE.read_text(encoding="utf-8"), flags=re.S)
        PAGE.write_text(page, encoding="utf-8")


def pictures(found: Matched) -> dict[str, str]:
    """The weights of a model, why two records are one person, and why two others are not."""
    pairs = found.pairs.to_pylist()
    one = next(each for each in reversed(pairs) if each["probability"] > 0.99 and each["weight_near"] > -1)
    family = next(each for each in pairs if each["probability"] < 0.3 and each["weight_near"] < -8)
    told = "What each field adds to the weight of a pair of records, and the weight of the pair."
    return {
        "matching-weights": picture_svg(weights_chart(found.model, "en"), "en", "How much each way to agree weighs."),
        "matching-one": _waterfall(found, one, told),
        "matching-family": _waterfall(found, family, told),
    }


def _waterfall(found: Matched, pair: dict[str, Any], told: str) -> str:
    return picture_svg(waterfall_chart(reasons(pair, found.model), "en"), "en", told)


if __name__ == "__main__":
    main()
