"""What the form of the stages of the relation says around their conditions."""

from quartier.language import Plural, Text

TAKEN = Text(
    en="{days} days stand below, as the intervals between purchases suggest. Nothing is saved until you run it.",
    fr="{days} jours sont repris plus bas, comme le suggèrent les intervalles entre achats. Rien n'est enregistré "
    "avant le calcul.",
)
LAPSE_TO_COME = Text(
    en="proposed from the intervals between purchases when it is run",
    fr="proposé d'après les intervalles entre achats au moment du calcul",
)
WORDS: dict[str, Text | Plural] = {
    "change_stages": Text(en="Change the stages", fr="Changer les stades"),
    "stages": Text(en="The stages, in order", fr="Les stades, dans l'ordre"),
    "stages_note": Text(
        en="Who meets several is at the last of them.",
        fr="Qui répond à plusieurs est au dernier d'entre eux.",
    ),
    "as_proposed": Text(en="as proposed", fr="tel que proposé"),
    "as_stated": Text(en="as you state it", fr="tel que vous l'énoncez"),
    "state_it": Text(en="State it yourself", fr="L'énoncer vous-même"),
    "leave_it": Text(en="Leave it to the proposal", fr="Revenir à la proposition"),
    "not_proposed": Text(
        en="the data hold nothing from which it could be told",
        fr="les données ne contiennent rien qui permette de le dire",
    ),
    "take_days": Text(
        en="Take the {days} days that the data suggest", fr="Reprendre les {days} jours que suggèrent les données"
    ),
}
