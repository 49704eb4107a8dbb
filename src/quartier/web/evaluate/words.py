"""What the pages of effects say."""

from quartier.language import Plural, Text

TITLE = Text(en="Evaluate", fr="Évaluer")
SENTENCE = Text(
    en="What each campaign changed, against those who were held out of it.",
    fr="Ce que chaque campagne a changé, face à ceux qui en ont été tenus à l'écart.",
)
EFFECT = Text(en="Effect of “{campaign}”", fr="Effet de « {campaign} »")
EFFECT_SENTENCE = Text(
    en="The targeted against the held out, from the first list on, in the same time for both.",
    fr="Les personnes ciblées face aux témoins, depuis la première liste, sur la même durée pour tous.",
)
QUALITY = Text(en="The set of segments", fr="L'ensemble des segments")
QUALITY_SENTENCE = Text(
    en="What the segments cover together, what they tell apart, and how many are enough.",
    fr="Ce que les segments couvrent ensemble, ce qu'ils distinguent, et combien suffisent.",
)

WORDS: dict[str, Text | Plural] = {
    "tabs": Text(en="Sides of the evaluation", fr="Volets de l'évaluation"),
    "tab_campaigns": Text(en="Campaigns", fr="Campagnes"),
    "tab_quality": QUALITY,
    "none": Text(en="Nothing to measure yet", fr="Rien à mesurer pour l'instant"),
    "teaches": Text(
        en="Freeze an audience with a holdout, write its list and send it. From then on this page compares what both "
        "sides do, and says whether the difference is more than chance.",
        fr="Figez une audience avec un groupe témoin, écrivez sa liste et envoyez-la. Cette page comparera alors ce "
        "que font les deux côtés, et dira si l'écart dépasse le hasard.",
    ),
    "example": Text(
        en="For example: +€4.20 per person within 14 days, 95% interval from €1.10 to €7.30.",
        fr="Par exemple : +4,20 € par personne sous 14 jours, intervalle à 95 % de 1,10 à 7,30 €.",
    ),
    "new": Text(en="New campaign", fr="Nouvelle campagne"),
    "caption": Text(en="Campaigns, measured by: {outcome}", fr="Les campagnes, mesurées par : {outcome}"),
    "caption_plain": Text(en="Campaigns", fr="Les campagnes"),
    "campaign": Text(en="campaign", fr="campagne"),
    "reached_first": Text(en="reached since", fr="touchée depuis"),
    "reached": Text(en="reached", fr="touchées"),
    "held_out": Text(en="held out", fr="témoins"),
    "difference": Text(en="difference per person", fr="écart par personne"),
    "verdict": Text(en="verdict", fr="verdict"),
    "not_yet": Text(en="not yet: write its list", fr="pas encore : écrivez sa liste"),
    "no_holdout": Text(en="no holdout, no measure", fr="pas de témoins, pas de mesure"),
    "on_its_page": Text(en="on its page", fr="sur sa page"),
    "tone_good": Text(en="rose", fr="en hausse"),
    "tone_bad": Text(en="fell", fr="en baisse"),
    "tone_unsure": Text(en="too small to tell", fr="trop faible pour conclure"),
    "partial": Text(en="still running", fr="en cours"),
    # effect
    "what": Text(en="What is measured", fr="Ce qui est mesuré"),
    "suggested": Text(en="Suggested", fr="Propositions"),
    "measure": Text(en="Measure", fr="Mesure"),
    "event": Text(en="Event", fr="Événement"),
    "of": Text(en="Of which property", fr="De quelle propriété"),
    "of_help": Text(en="For sums, means and different values.", fr="Pour les sommes, moyennes et valeurs différentes."),
    "within": Text(en="Within so many days", fr="Sous combien de jours"),
    "show": Text(en="Measure", fr="Mesurer"),
    "audience": Text(en="See the audience", fr="Voir l'audience"),
    "from_to": Text(en="Counted from {start} to {end}.", fr="Compté du {start} au {end}."),
    "details": Text(en="In full", fr="En toutes lettres"),
    "remarks": Text(en="To know before you believe it", fr="À savoir avant d'y croire"),
    "figures": Text(en="The figures", fr="Les chiffres"),
    "not_measured": Text(en="Nothing was measured", fr="Rien n'a été mesuré"),
    # quality
    "base": Text(en="Over whom", fr="Sur qui"),
    "team": Text(en="For which team", fr="Pour quelle équipe"),
    "judge": Text(en="Judge", fr="Juger"),
    "advice": Text(en="How many are enough", fr="Combien suffisent"),
    "to_look_at": Text(en="What to look at", fr="À regarder"),
    "no_segments": Text(en="There are no segments yet", fr="Il n'y a pas encore de segment"),
    "no_segments_text": Text(
        en="With two or three segments this page tells whether they cover your customers, overlap, and stay.",
        fr="Avec deux ou trois segments, cette page dit s'ils couvrent vos clients, se recoupent et durent.",
    ),
    "new_segment": Text(en="New segment", fr="Nouveau segment"),
}
