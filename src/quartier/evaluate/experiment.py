"""Effects from columns: for data that come with their own arms, such as a finished experiment in a table."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from quartier.errors import InvalidRequest
from quartier.evaluate.arms import sample_ratio
from quartier.evaluate.assess import Indices, Responses, assess
from quartier.evaluate.findings import mismatch
from quartier.evaluate.report import EffectReport
from quartier.evaluate.wording import Subject, Unit
from quartier.language import Text, verbatim


def from_columns(
    treated: npt.ArrayLike,
    outcome: npt.ArrayLike,
    segments: Mapping[str, npt.ArrayLike] | None = None,
    *,
    name: str = "outcome",
    unit: Unit = Unit.NUMBER,
    currency: str = "EUR",
    holdout: float | None = None,
    minimal: float | None = None,
    campaign: str | None = None,
) -> EffectReport:
    """The effect in a table with one row per person, as NumPy, pandas, Polars or Arrow columns.

    Args:
        treated: true for the targeted, false for the held out.
        outcome: what is measured, one number per person; a missing one is refused, for it is not a zero.
        segments: for each segment, true for its members. They must not depend on the treatment.
        name: what the outcome is called in sentences.
        unit: how its values are written.
        currency: ISO 4217 code, for amounts.
        holdout: the share that was to be held out; when given, the sizes of the arms are checked against it.
        minimal: the smallest difference that matters, in the unit of the outcome.
        campaign: a name for the report.

    Raises InvalidRequest for columns of different lengths, or that hold something else than was asked.
    """
    values = _numbers(outcome, name)
    is_targeted = _truths(treated, "treated", len(values))
    rows = {each: _rows(members, each, len(values)) for each, members in (segments or {}).items()}
    overall, effects = assess(Responses(is_targeted, values), rows, minimal=minimal)
    counts = {"targeted": overall.targeted.persons, "held_out": overall.held_out.persons}
    ratio = None if holdout is None else sample_ratio(**counts, expected=holdout)
    subject = Subject(verbatim(name, name), unit, currency)
    return EffectReport(campaign, subject, None, None, None, overall, effects, ratio, tuple(mismatch(ratio)))


def evaluate_experiment(
    arms: npt.ArrayLike,
    outcome: npt.ArrayLike,
    segments: Mapping[str, npt.ArrayLike] | None = None,
    *,
    held_out: str,
    name: str = "outcome",
    unit: Unit = Unit.NUMBER,
    currency: str = "EUR",
    minimal: float | None = None,
) -> dict[str, EffectReport]:
    """The effect of every arm against the one that was `held_out`, by name of arm; `arms` names the arm of each person.

    Arms are compared one by one, without correction for their number: look at one that was chosen beforehand, or ask
    more of each.
    """
    names, values = np.asarray(arms), _numbers(outcome, name)
    _check_length(len(names), len(values), "arms")
    if held_out not in names:
        raise InvalidRequest(_NO_ARM.with_(arm=held_out))
    reports = {}
    for arm in np.unique(names[names != held_out]):
        pair = (names == arm) | (names == held_out)
        members = {each: np.asarray(of)[pair] for each, of in (segments or {}).items()}
        reports[str(arm)] = from_columns(
            names[pair] == arm, values[pair], members,
            name=name, unit=unit, currency=currency, minimal=minimal, campaign=str(arm),
        )  # fmt: skip
    return reports


def _numbers(column: npt.ArrayLike, name: str) -> npt.NDArray[np.float64]:
    try:
        values = np.asarray(column, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InvalidRequest(_NOT_NUMBERS.with_(column=name)) from error
    if values.ndim != 1 or not np.isfinite(values).all():
        raise InvalidRequest(_NOT_NUMBERS.with_(column=name))
    return values


def _truths(column: npt.ArrayLike, name: str, length: int) -> npt.NDArray[np.bool_]:
    values = np.asarray(column)
    _check_length(len(values), length, name)
    if values.dtype != np.bool_ and not np.isin(values, (0, 1)).all():
        raise InvalidRequest(_NOT_TRUTHS.with_(column=name))
    return values.astype(np.bool_)


def _rows(column: npt.ArrayLike, name: str, length: int) -> Indices:
    return np.flatnonzero(_truths(column, name, length))


def _check_length(length: int, expected: int, name: str) -> None:
    if length != expected:
        raise InvalidRequest(_LENGTH.with_(column=name, n=length, expected=expected))


_NO_ARM = Text(en="no person is in an arm called “{arm}”", fr="aucune personne n'est dans un bras « {arm} »")
_NOT_NUMBERS = Text(
    en="“{column}” must hold one number for each person; a missing one is not a zero",
    fr="« {column} » doit avoir un nombre pour chaque personne ; une valeur manquante n'est pas un zéro",
)
_NOT_TRUTHS = Text(
    en="“{column}” must say yes or no (true or false, 1 or 0) for each person",
    fr="« {column} » doit dire oui ou non (vrai ou faux, 1 ou 0) pour chaque personne",
)
_LENGTH = Text(
    en="“{column}” has {n} rows where the outcome has {expected}",
    fr="« {column} » a {n} lignes alors que le résultat en a {expected}",
)
