"""What the form of a score says around its criteria."""

from quartier.language import Plural, Text

FAMILIES = {
    "explicit": Text(
        en="A trait and its value. Of whom it is not known, the score is a range.",
        fr="Un trait et sa valeur. Pour qui il n'est pas connu, le score est une fourchette.",
    ),
    "activity": Text(
        en="Each time brings points, up to a cap, and they fade if you say so.",
        fr="Chaque fois rapporte des points, jusqu'à un plafond, et ils s'effacent si vous le dites.",
    ),
    "behaviour": Text(
        en="Any condition, as in a segment: it brings its points once.",
        fr="N'importe quelle condition, comme dans un segment : elle rapporte ses points une fois.",
    ),
}
ADDS = {
    "explicit": (("add:explicit", Text(en="a trait", fr="un trait")),),
    "activity": (("add:activity", Text(en="an event", fr="un événement")),),
    "behaviour": (
        ("add:behaviour", Text(en="an event", fr="un événement")),
        ("add:0:sequence", Text(en="a sequence of events", fr="une suite d'événements")),
        ("add:0:segment", Text(en="a segment", fr="un segment")),
        ("add:0:all", Text(en="several conditions together", fr="plusieurs conditions ensemble")),
    ),
}
TAKEN = Text(
    en="The points that the data propose stand below, without the criteria to which they give none. Nothing is saved "
    "until you run it.",
    fr="Les points que proposent les données sont repris plus bas, sans les critères auxquels elles n'en donnent pas. "
    "Rien n'est enregistré avant le calcul.",
)
PROPOSED = Text(
    en="These criteria are proposed from your catalog: change what you know better. Nothing is saved until you run it.",
    fr="Ces critères sont proposés d'après votre catalogue : changez ce que vous savez mieux. Rien n'est enregistré "
    "avant le calcul.",
)
WORDS: dict[str, Text | Plural] = {
    "state_criteria": Text(en="What brings points", fr="Ce qui rapporte des points"),
    "family_most": Text(en="at most {points}", fr="au plus {points}"),
    "family_cap": Text(en="All of this family at most", fr="Toute cette famille au plus"),
    "family_capped": Text(en="points (empty: no cap)", fr="points (vide : sans plafond)"),
    "of_full": Text(
        en="All together bring at most {points} of 100 points.",
        fr="Tous ensemble rapportent au plus {points} points sur 100.",
    ),
    "none_yet": Text(en="Nothing of this family counts yet.", fr="Rien de cette famille ne compte encore."),
    "brings": Text(en="brings", fr="rapporte"),
    "points_each": Text(en="points each time", fr="points à chaque fois"),
    "points_once": Text(en="points", fr="points"),
    "capped": Text(en="at most", fr="au plus"),
    "fading": Text(en="half left after", fr="moitié après"),
    "fading_days": Text(en="days (empty: they stay)", fr="jours (vide : ils restent)"),
    "own_name": Text(en="Its name", fr="Son nom"),
    "label_in_en": Text(en="in English", fr="en anglais"),
    "label_in_fr": Text(en="in French", fr="en français"),
    "nameless": Text(en="what it asks", fr="ce qu'il demande"),
    "take_points": Text(
        en="Take the points that the data propose", fr="Reprendre les points que proposent les données"
    ),
    "propose_criteria": Text(en="Propose criteria anew", fr="Proposer d'autres critères"),
    "falls": Text(en="How the points would fall", fr="Comment tomberaient les points"),
    "falls_show": Text(en="See how the points would fall", fr="Voir comment tomberaient les points"),
    "falls_note": Text(
        en="With what stands in this form; nothing is saved until you run it.",
        fr="Avec ce que dit ce formulaire ; rien n'est enregistré avant le calcul.",
    ),
    "would": Text(en="persons by these points", fr="personnes avec ces points"),
    "are": Text(en="by the last run", fr="au dernier calcul"),
}
