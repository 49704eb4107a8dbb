"""Propensities and leaks on real tables: against scikit-learn's plain gradient boosting on the same folds."""

import datetime as dt
import gzip
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
import pytest

from quartier.analyse.drivers.finding import drivers_of
from quartier.analyse.drivers.leakage import leaks
from quartier.analyse.learning.clues import UNKNOWN, Clue, Flags, Numbers, clue_of, narrowed
from quartier.analyse.learning.folds import each_fold, folds
from quartier.analyse.learning.judging import area_alone, judged
from quartier.analyse.learning.usable import telling
from quartier.analyse.propensity.learned import foreteller
from quartier.catalog import Family, Label, Trait, ValueType

pytestmark = pytest.mark.data
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
SEED, FOLDS = 0, 5
# file, separator, outcome, its value, what is no trait
TABLES: Mapping[str, tuple[str, str, str, str, str]] = {
    "telco": ("telco_churn.csv.gz", ",", "Churn", "Yes", "customerID"),
    "shoppers": ("online_shoppers_intention.csv.gz", ";", "Revenue", "true", ""),
    "campaign": ("marketing_campaign.tsv.gz", "\t", "Response", "1", "ID"),
    "leads": ("xeducation_leads.csv.gz", ",", "Converted", "1", "Lead Number"),
}
WRITTEN_LATER = {"Tags", "Lead Quality", "Lead Profile", "Last Activity"}


def read(name: str, shared_data: Callable[[str], Path]) -> tuple[list[Clue], Flags]:
    """The traits of a table as clues, by the rules that hold everywhere, and who has the outcome."""
    file, separator, outcome, value, key = TABLES[name]
    table = csv.read_csv(
        io.BytesIO(gzip.decompress(shared_data(file).read_bytes())),
        parse_options=csv.ParseOptions(delimiter=separator, newlines_in_values=True),
        # "Select" is what the form of the leads says where nothing was chosen.
        convert_options=csv.ConvertOptions(null_values=["", " ", "Select"], strings_can_be_null=True),
    )
    happened = np.array([str(each).lower() == value.lower() for each in table[outcome].to_pylist()])
    names = [each for each in table.column_names if each not in (outcome, key)]
    clues = [_clue(each, table[each]) for each in names if not pa.types.is_null(table[each].type)]
    return telling(clues)[0], happened


def _clue(name: str, column: pa.ChunkedArray) -> Clue:
    of = column.type
    kind = (
        ValueType.TEXT if pa.types.is_string(of)
        else ValueType.BOOLEAN if pa.types.is_boolean(of)
        else ValueType.INTEGER if pa.types.is_integer(of)
        else ValueType.NUMBER
    )  # fmt: skip
    slug = "t_" + "".join(each if each.isalnum() else "_" for each in name.lower())
    return clue_of(Trait(name=slug, type=kind, family=Family.BEHAVIOURAL, label=Label(en=name, fr=name)), column, AT)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["telco", "shoppers"])
def test_it_ranks_at_least_as_well_as_plain_gradient_boosting_and_is_calibrated(name, shared_data):
    clues, outcome = read(name, shared_data)
    fold = folds(outcome, FOLDS, SEED)
    said, ours, theirs = np.empty(len(outcome)), [], []
    for others, own in each_fold(fold):
        model = foreteller(narrowed(clues, others), outcome[others], SEED)
        said[own] = model.probabilities(narrowed(clues, own))
        ours.append(area_alone(outcome[own], said[own]))
        theirs.append(area_alone(outcome[own], plain(clues, outcome, others)[own]))
    found = judged(outcome, said)
    print(
        f"\n{name}: area {np.mean(ours):.4f}, plain gradient boosting {np.mean(theirs):.4f}; Brier {found.brier:.4f}, "
        f"calibration error {found.calibration_error:.4f}"
    )
    assert np.mean(ours) >= np.mean(theirs)
    assert found.calibration_error < 0.02


def plain(clues: list[Clue], outcome: Flags, others: Flags) -> Numbers:
    """What scikit-learn's gradient boosting says with its defaults: a column per level, means for what is missing."""
    from sklearn.compose import make_column_transformer
    from sklearn.ensemble import GradientBoostingClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder

    values = np.column_stack([each.values for each in clues]).astype(float)
    categories = [place for place, each in enumerate(clues) if each.is_category]
    numbers = [place for place, each in enumerate(clues) if not each.is_category]
    assert UNKNOWN == -1, "a level of its own for what is not known"
    steps = ((OneHotEncoder(handle_unknown="ignore"), categories), (SimpleImputer(), numbers))
    model = make_pipeline(make_column_transformer(*steps), GradientBoostingClassifier(random_state=SEED))
    return model.fit(values[others], outcome[others]).predict_proba(values)[:, 1]


def test_the_traits_that_sales_wrote_later_are_accused_without_their_names_being_known(shared_data):
    clues, outcome = read("leads", shared_data)
    accused = {each.label.en for each in leaks(clues, outcome, SEED) if each.is_accused}
    assert accused >= WRITTEN_LATER
    assert accused - WRITTEN_LATER == {"Last Notable Activity"}


@pytest.mark.parametrize("name", ["telco", "shoppers", "campaign"])
def test_where_nothing_leaks_nobody_is_accused_or_doubted(name, shared_data):
    assert leaks(*read(name, shared_data), SEED) == ()


@pytest.mark.slow
def test_the_area_of_the_leads_is_told_with_and_without_the_leak(shared_data):
    found = drivers_of(*read("leads", shared_data), SEED)
    assert found.with_all is not None
    assert found.doubtless is not None
    for name, each in (("all", found.with_all), ("honest", found.honest), ("without doubts", found.doubtless)):
        print(f"\n{name}: regression {each.regression.value:.3f}, trees {each.trees.value:.3f}")
    assert found.with_all.regression.value == pytest.approx(0.981, abs=0.005)
    assert found.doubtless.regression.value < 0.864 < found.honest.regression.high
