"""Matching as a form and as a job: what is asked of it, and what came of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.workspace.identification import CERTAIN, DOUBTFUL

if TYPE_CHECKING:
    from quartier.identify.matching.persons import Named
    from quartier.identify.matching.proposing import Proposals

EXAMPLES = 10
"""How many of the pairs that would be linked are shown."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of a matching: probabilities as shares, whether it is learnt anew, whether it is only tried."""

    certain: float = CERTAIN
    doubtful: float = DOUBTFUL
    is_anew: bool = False
    is_tried: bool = True


@dataclass(frozen=True)
class Came:
    """What came of a matching.

    Attributes:
        certain: how many pairs it links; `gone` is how many persons turn out to be others.
        doubtful: how many pairs wait for somebody.
        records: how many identifiers were compared, in so many `pairs`.
        examples: the likeliest of the pairs that it links.
    """

    wanted: Wanted
    certain: int
    gone: int
    doubtful: int
    records: int
    pairs: int
    examples: "tuple[Named, ...]" = ()


def read_wanted(form: Mapping[str, Any]) -> Wanted:
    """What a form asks: percentages, with a comma or a point. Raises InvalidRequest for what is no percentage."""
    certain, doubtful = (_share(str(form.get(name, ""))) for name in ("certain", "doubtful"))
    if not doubtful <= certain:
        raise InvalidRequest(_ORDER)
    return Wanted(certain, doubtful, form.get("anew") == "1", form.get("step") != "do")


def came(wanted: Wanted, found: "Proposals", examples: "tuple[Named, ...]") -> Came:
    """What a matching found, without its tables."""
    return Came(
        wanted, found.certain.num_rows, len(found.followed.gone), found.doubtful.num_rows, found.records,
        found.compared, examples,
    )  # fmt: skip


def _share(written: str) -> float:
    try:
        found = float(written.strip().removesuffix("%").strip().replace(",", ".")) / 100
    except ValueError as error:
        raise InvalidRequest(_NO_SHARE) from error
    if not 0 < found <= 1:
        raise InvalidRequest(_NO_SHARE)
    return found


_NO_SHARE = Text(
    en="Write percentages above 0 and up to 100", fr="Écrivez des pourcentages supérieurs à 0, et d'au plus 100"
)
_ORDER = Text(
    en="The doubtful percentage cannot be above the certain one",
    fr="Le pourcentage douteux ne peut dépasser celui des sûrs",
)
