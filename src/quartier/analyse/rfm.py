"""RFM: recency, frequency and monetary value of each customer, in quantile bins.

The method is direct mail's own: Hughes, *Strategic Database Marketing* (1994), sorts customers into quintiles of each
axis; Bult and Wansbeek, "Optimal Selection for Direct Mail", Marketing Science 14 (1995), compare such selections with
models of response; Fader, Hardie and Lee, "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", Journal of
Marketing Research 42 (2005), show when the same three numbers are enough for lifetime value.

**Bins and ties.** Equal values always get equal bins. Each value takes the mean rank of those who share it, ranks are
stretched so that the least value stands at 0 and the greatest at 1, and the bin is the k-th part of that line in which
it falls. Without ties these are the ordinary quantiles. With ties (most customers of most shops bought once) the least
value is always in bin 1 and the greatest always in bin k, and bins between may stay empty, which is said in `findings`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.analyse.classes import CLASS_BY_ID, class_of, frequency_monetary
from quartier.language import Plural, Said, Text

Whole = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Texts = npt.NDArray[np.str_]

AXES: Mapping[str, Text] = {
    "recency": Text(en="recency", fr="récence"),
    "frequency": Text(en="frequency", fr="fréquence"),
    "monetary": Text(en="monetary value", fr="montant"),
}


@dataclass(frozen=True)
class Scored:
    """Every customer with values, bins (1 lowest, k best) and class; columns of equal length."""

    keys: Whole
    recency_days: Whole
    frequency: Whole
    monetary: Numbers
    r: Whole
    f: Whole
    m: Whole
    scores: Texts
    classes: Texts
    findings: tuple[Said, ...]

    def to_arrow(self) -> pa.Table:
        """One row per customer, columns named as the traits are."""
        return pa.table(
            {
                "person_key": pa.array(self.keys, pa.int32()),
                "rfm_recency_days": pa.array(self.recency_days, pa.int64()),
                "rfm_frequency": pa.array(self.frequency, pa.int64()),
                "rfm_monetary": pa.array(self.monetary, pa.float64()),
                "rfm_r": pa.array(self.r, pa.int64()),
                "rfm_f": pa.array(self.f, pa.int64()),
                "rfm_m": pa.array(self.m, pa.int64()),
                "rfm_score": pa.array(self.scores, pa.string()),
                "rfm_class": pa.array(self.classes, pa.string()),
            }
        )

    def class_counts(self) -> dict[str, int]:
        """Customers per class, in the order of the classes, also those without any."""
        names, counts = np.unique(self.classes, return_counts=True)
        found = dict(zip(names.tolist(), counts.tolist(), strict=True))
        return {name: int(found.get(name, 0)) for name in CLASS_BY_ID}


def score(keys: Whole, recency_days: Whole, frequency: Whole, monetary: Numbers, bins: int) -> Scored:
    """Bins and classes of all customers; the order of rows does not matter and is kept."""
    r, f, m = quantile_bins(-recency_days, bins), quantile_bins(frequency, bins), quantile_bins(monetary, bins)
    scores, classes = _names(r, f, m, bins)
    said = findings({"recency": recency_days, "frequency": frequency, "monetary": monetary}, bins)
    return Scored(keys, recency_days, frequency, monetary, r, f, m, scores, classes, said)


def quantile_bins(values: npt.NDArray[np.number], bins: int) -> Whole:
    """The bin of each value, 1 for the least to `bins` for the greatest; all equal: the middle bin.

    Exact: twice the mean rank of a tie is the sum of its first and last rank, so only whole numbers are divided.
    """
    if len(values) == 0:
        return np.zeros(0, dtype=np.int64)
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts, dtype=np.int64)
    twice_rank = 2 * last - counts + 1
    span = twice_rank[-1] - twice_rank[0]
    if span == 0:
        return np.full(len(values), bins // 2 + 1, dtype=np.int64)
    bin_of_value = np.minimum(bins * (twice_rank - twice_rank[0]) // span, bins - 1) + 1
    return np.asarray(bin_of_value[place], dtype=np.int64)


def findings(axes: Mapping[str, npt.NDArray[np.number]], bins: int) -> tuple[Said, ...]:
    """What a reader of these bins must know: few customers, ties, empty bins, negative amounts."""
    customers = len(next(iter(axes.values())))
    if customers == 0:
        return (_NOBODY.with_(),)
    said = [_FEW.with_(n=customers, bins=bins)] if customers < bins else []
    for axis, values in axes.items():
        said += _about_ties(axis, values, bins)
    negative = int(np.count_nonzero(axes["monetary"] < 0))
    return tuple([*said, _NEGATIVE.with_(n=negative)] if negative else said)


def _about_ties(axis: str, values: npt.NDArray[np.number], bins: int) -> list[Said]:
    distinct, counts = np.unique(values, return_counts=True)
    name, most = AXES[axis], int(counts.max())
    if len(distinct) == 1:
        return [_ALL_EQUAL.with_(axis=name, value=_number(distinct[0]), bin=bins // 2 + 1)]
    used = len(np.unique(quantile_bins(values, bins)))
    if used == bins:
        return []
    value = _number(distinct[counts.argmax()])
    return [_EMPTY_BINS.with_(axis=name, used=used, bins=bins, value=value, n=most, of=len(values))]


def _number(value: np.number) -> int | float:
    number = float(value)
    return int(number) if number.is_integer() else number


def _names(r: Whole, f: Whole, m: Whole, bins: int) -> tuple[Texts, Texts]:
    """The scores ("545") and classes of all customers, looked up in a table of the bins³ cells."""
    cells = np.ndindex(bins, bins, bins)
    found = [
        (f"{i + 1}{j + 1}{n + 1}", class_of(i + 1, frequency_monetary(j + 1, n + 1), bins).id) for i, j, n in cells
    ]
    place = ((r - 1) * bins + (f - 1)) * bins + (m - 1)
    scores, classes = (np.array(column) for column in zip(*found, strict=True))
    return scores[place], classes[place]


_NOBODY = Text(
    en="nobody has bought: no class could be given",
    fr="personne n'a acheté\N{NO-BREAK SPACE}: aucune classe n'a pu être attribuée",
)
_FEW = Plural(
    one=Text(
        en="{n} customer for {bins} bins: the bins say little",
        fr="{n} client pour {bins} tranches\N{NO-BREAK SPACE}: les tranches disent peu de chose",
    ),
    other=Text(
        en="{n} customers for {bins} bins: the bins say little",
        fr="{n} clients pour {bins} tranches\N{NO-BREAK SPACE}: les tranches disent peu de chose",
    ),
)
_ALL_EQUAL = Text(
    en="{axis}: all customers have the same value ({value}) and share the middle bin, {bin}",
    fr="{axis}\N{NO-BREAK SPACE}: tous les clients ont la même valeur ({value}) "
    "et partagent la tranche du milieu, la {bin}",
)
_EMPTY_BINS = Text(
    en="{axis}: only {used} of {bins} bins are filled, since equal values stay together; "
    "customers with the value {value}: {n} of {of}",
    fr="{axis}\N{NO-BREAK SPACE}: seules {used} tranches sur {bins} sont occupées, car les valeurs égales restent "
    "ensemble\N{NO-BREAK SPACE}; clients à la valeur {value}\N{NO-BREAK SPACE}: {n} sur {of}",
)
_NEGATIVE = Plural(
    one=Text(
        en="{n} customer was given back more than was paid: the monetary value is negative",
        fr="{n} client a été remboursé de plus qu'il n'a payé\N{NO-BREAK SPACE}: son montant est négatif",
    ),
    other=Text(
        en="{n} customers were given back more than they paid: their monetary value is negative",
        fr="{n} clients ont été remboursés de plus qu'ils n'ont payé\N{NO-BREAK SPACE}: leur montant est négatif",
    ),
)
