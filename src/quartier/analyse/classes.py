"""The named classes of RFM: every cell of recency against frequency-and-monetary has exactly one.

The names are those in common use; the grids say which cell is which, for 3, 4 and 5 bins. They are a convention of
reading, not a finding: what a class is worth is shown by its counts and revenue.
"""

from dataclasses import dataclass
from typing import Literal

from quartier.analyse.plain import Plain
from quartier.language import Text

Bins = Literal[3, 4, 5]


@dataclass(frozen=True)
class RfmClass(Plain):
    """One named class: its id as the trait `rfm_class` holds it, its name, and what can be done for its persons."""

    id: str
    label: Text
    advice: Text


CLASSES: tuple[RfmClass, ...] = (
    RfmClass(
        "champions",
        Text(en="Champions", fr="Champions"),
        Text(
            en="buy often, spend most and came lately: thank them, ask for reviews, show them what is new first",
            fr="achètent souvent, dépensent le plus et sont venus récemment\N{NO-BREAK SPACE}: "
            "remerciez-les, demandez-leur un avis, montrez-leur les nouveautés en premier",
        ),
    ),
    RfmClass(
        "loyal",
        Text(en="Loyal", fr="Fidèles"),
        Text(
            en="buy often: a loyalty programme, related products",
            fr="achètent souvent\N{NO-BREAK SPACE}: programme de fidélité, produits complémentaires",
        ),
    ),
    RfmClass(
        "potential_loyal",
        Text(en="Potential loyal", fr="Fidèles en devenir"),
        Text(
            en="came lately and more than once, or spent well: give a reason for the next purchase",
            fr="sont venus récemment et plus d'une fois, ou ont bien dépensé\N{NO-BREAK SPACE}: "
            "donnez-leur une raison de revenir",
        ),
    ),
    RfmClass(
        "new",
        Text(en="New", fr="Nouveaux"),
        Text(
            en="have just bought for a small sum: welcome them, help with the first use",
            fr="viennent d'acheter, pour un petit montant\N{NO-BREAK SPACE}: "
            "souhaitez-leur la bienvenue, aidez-les à bien commencer",
        ),
    ),
    RfmClass(
        "promising",
        Text(en="Promising", fr="Prometteurs"),
        Text(
            en="bought lately for a small sum: make the brand known, propose a second purchase",
            fr="ont acheté récemment, pour un petit montant\N{NO-BREAK SPACE}: "
            "faites-vous connaître, proposez un deuxième achat",
        ),
    ),
    RfmClass(
        "needs_attention",
        Text(en="Needs attention", fr="À suivre de près"),
        Text(
            en="average in all and cooling: an offer for a limited time, what they looked at before",
            fr="moyens en tout, et qui s'éloignent\N{NO-BREAK SPACE}: "
            "une offre limitée dans le temps, ce qu'ils ont déjà regardé",
        ),
    ),
    RfmClass(
        "about_to_sleep",
        Text(en="About to sleep", fr="Bientôt endormis"),
        Text(
            en="bought little and not lately: remind them of what is popular",
            fr="ont peu acheté, et pas récemment\N{NO-BREAK SPACE}: rappelez-leur ce qui plaît",
        ),
    ),
    RfmClass(
        "at_risk",
        Text(en="At risk", fr="À risque"),
        Text(
            en="used to buy well and have not come for long: write to them in person, ask why",
            fr="achetaient bien et ne sont pas venus depuis longtemps\N{NO-BREAK SPACE}: "
            "écrivez-leur personnellement, demandez-leur pourquoi",
        ),
    ),
    RfmClass(
        "cannot_lose",
        Text(en="Cannot lose them", fr="À ne pas perdre"),
        Text(
            en="were among the best and have stayed away: call them, solve what went wrong",
            fr="étaient parmi les meilleurs et ne viennent plus\N{NO-BREAK SPACE}: "
            "appelez-les, réglez ce qui n'a pas marché",
        ),
    ),
    RfmClass(
        "hibernating",
        Text(en="Hibernating", fr="En sommeil"),
        Text(
            en="bought little, long ago: a rare and cheap message",
            fr="ont peu acheté, il y a longtemps\N{NO-BREAK SPACE}: un message rare et peu coûteux",
        ),
    ),
    RfmClass(
        "lost",
        Text(en="Lost", fr="Perdus"),
        Text(
            en="lowest in all: spend nothing on them without a test against a holdout",
            fr="au plus bas en tout\N{NO-BREAK SPACE}: n'y consacrez rien sans test contre un groupe témoin",
        ),
    ),
)

CLASS_BY_ID = {each.id: each for each in CLASSES}

# Rows: recency from the most recent bin down to 1. Columns: frequency-and-monetary from 1 up.
_GRIDS: dict[int, tuple[str, ...]] = {
    5: (
        "new             potential_loyal potential_loyal champions champions",
        "promising       potential_loyal potential_loyal loyal     loyal",
        "about_to_sleep  about_to_sleep  needs_attention loyal     loyal",
        "hibernating     hibernating     at_risk         at_risk   cannot_lose",
        "lost            lost            at_risk         at_risk   cannot_lose",
    ),
    4: (
        "new             potential_loyal loyal           champions",
        "promising       potential_loyal loyal           loyal",
        "about_to_sleep  needs_attention needs_attention at_risk",
        "lost            hibernating     at_risk         cannot_lose",
    ),
    3: (
        "new             potential_loyal champions",
        "about_to_sleep  needs_attention loyal",
        "lost            at_risk         cannot_lose",
    ),
}


def class_of(recency: int, frequency_monetary: int, bins: int) -> RfmClass:
    """The class of a cell. Raises KeyError or IndexError for a cell that is not in the grid."""
    if not 1 <= recency <= bins or not 1 <= frequency_monetary <= bins:
        raise IndexError(f"no cell ({recency}, {frequency_monetary}) among {bins} bins")
    return CLASS_BY_ID[_GRIDS[bins][bins - recency].split()[frequency_monetary - 1]]


def frequency_monetary(frequency: int, monetary: int) -> int:
    """The one axis made of two bins: their mean, a half rounded up."""
    return (frequency + monetary + 1) // 2
