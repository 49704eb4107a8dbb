"""Before a campaign: the smallest effect that its sizes could show, judged by what the same persons did just before.

The persons of an audience are watched over a window of the outcome's length that ends now. The spread of what they did
stands for the spread that both arms will have, which is the usual plan from a period before (Kohavi, Tang & Xu,
"Trustworthy Online Controlled Experiments", 2020, chapter 17). A season or a sale can make it wrong: it is a guess.
"""

from dataclasses import dataclass, replace

from quartier.evaluate.arms import ArmStatistics
from quartier.evaluate.effect import ALPHA
from quartier.evaluate.sizes import smallest_visible
from quartier.evaluate.wording import Subject, Unit, figure, gap
from quartier.language import Text
from quartier.language.text import Said


@dataclass(frozen=True)
class Foresight:
    """What a campaign of some sizes could show of one outcome.

    `usual` is what the persons did on average in the window before, None where nothing can be said of it; `visible` the
    smallest difference that would show itself in eight cases of ten, None where the window before holds no spread.
    """

    subject: Subject
    targeted: int
    held_out: int
    usual: float | None
    visible: float | None

    @property
    def said(self) -> Said | Text:
        """It in words."""
        if self.usual is None or self.visible is None:
            return _NOTHING_BEFORE.with_(label=self.subject.label)
        if self.subject.unit is Unit.SHARE and self.visible > max(self.usual, 1 - self.usual):
            return _NONE_VISIBLE.with_(label=self.subject.label, usual=figure(self.usual, self.subject))
        return _VISIBLE.with_(
            label=self.subject.label,
            usual=figure(self.usual, self.subject),
            visible=gap(self.visible, self.subject, signed=False),
        )

    def as_json(self) -> dict[str, object]:
        """The plain form, for machines."""
        return vars(self) | {"subject": self.subject.as_json()}


def foreseen(subject: Subject, before: ArmStatistics, *, targeted: int, held_out: int) -> Foresight:
    """The foresight from what all persons of the audience did before; both arms get the same spread."""
    sides = (replace(before, persons=persons) for persons in (targeted, held_out))
    visible = smallest_visible(*sides, alpha=ALPHA) if min(targeted, held_out) > 0 and before.persons > 1 else None
    return Foresight(subject, targeted, held_out, before.mean, visible)


_VISIBLE = Text(
    en="{label}: {usual} in the same time before now. From a difference of {visible} on, an effect would show itself "
    "(8 chances in 10).",
    fr="{label} : {usual} sur la même durée jusqu'à maintenant. Un effet se verrait à partir d'un écart de {visible} "
    "(8 chances sur 10).",
)
_NONE_VISIBLE = Text(
    en="{label}: {usual} in the same time before now. With so few persons no effect could show itself.",
    fr="{label} : {usual} sur la même durée jusqu'à maintenant. Avec si peu de personnes, aucun effet ne se verrait.",
)
_NOTHING_BEFORE = Text(
    en="{label}: nothing of the kind happened in the same time before now, so nobody can say which effect would show "
    "itself.",
    fr="{label} : rien de tel ne s'est produit sur la même durée jusqu'à maintenant ; on ne peut donc pas dire quel "
    "effet se verrait.",
)
