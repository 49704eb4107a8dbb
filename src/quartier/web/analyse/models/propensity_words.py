"""What the page of a propensity says."""

from quartier.language import Plural, Text
from quartier.web.words import Sentences

AREA = Text(en="area under the curve", fr="aire sous la courbe")
BETWEEN = Text(
    en="95% between {low} and {high}; 0.5 is chance, 1 perfect",
    fr="95 % entre {low} et {high} ; 0,5 : hasard, 1 : parfait",
)
HAPPENED = Text(en="had the outcome", fr="ont eu le résultat")
OF = Text(en="{n} of the {persons} who judge", fr="{n} des {persons} qui jugent")
OFF = Text(en="calibration error", fr="erreur de calibration")
OFF_HELP = Text(
    en="how far what is foretold lies from what happens, on average", fr="écart moyen entre le prévu et l'arrivé"
)
LIFT = Text(
    en="The first tenth holds {reached} of all outcomes, {times} times its share",
    fr="Le premier dixième réunit {reached} des résultats, {times} fois sa part",
)
LIFT_READ = Text(
    en="Persons who judge, in tenths from the most likely on: the share to whom it happened, with its 95% interval.",
    fr="Les personnes qui jugent, par dixièmes à partir des plus probables : la part à qui c'est arrivé, et son "
    "intervalle à 95 %.",
)
MEAN = Text(en="all: {share}", fr="tous : {share}")
TENTH = Text(en="tenth, the most likely first", fr="dixième, les plus probables d'abord")
SEEN = Text(en="happened", fr="arrivé")
SAID = Text(en="foretold", fr="prévu")
SAME = Text(en="as foretold", fr="comme prévu")
CALIBRATION = Plural(
    one=Text(
        en="What is foretold lies within the interval of what happened in {n} of {of} tenths",
        fr="Le prévu tombe dans l'intervalle de l'arrivé pour {n} dixième sur {of}",
    ),
    other=Text(
        en="What is foretold lies within the interval of what happened in {n} of {of} tenths",
        fr="Le prévu tombe dans l'intervalle de l'arrivé pour {n} dixièmes sur {of}",
    ),
)
CALIBRATION_READ = Text(
    en="Each point is a tenth of those who judge. On the line as much happened as was foretold; above it more.",
    fr="Chaque point est un dixième de ceux qui jugent. Sur la ligne, il est arrivé autant que prévu ; "
    "au-dessus, plus.",
)
WEIGHTS = Text(
    en="“{clue}” weighs most: {share} of what is said", fr="« {clue} » pèse le plus : {share} de ce qui est dit"
)
WEIGHTS_READ = Text(
    en="Share of each clue in what the trees say of persons whom they did not learn from (exact Shapley values), with "
    "its 95% interval. ↑: the more of it, the more likely; ↓: the less likely. A weight is no cause.",
    fr="Part de chaque indice dans ce que les arbres disent de personnes dont ils n'ont pas appris (valeurs de Shapley "
    "exactes), et son intervalle à 95 %. ↑ : plus il y en a, plus c'est probable ; ↓ : moins ça l'est. Un poids n'est "
    "pas une cause.",
)
WEIGHT = Text(en="weight", fr="poids")
DIRECTIONS = {
    1: Text(en=" ↑", fr=" ↑"),
    -1: Text(en=" ↓", fr=" ↓"),
}
ONE_TENTH = Text(en="Tenth {n}: {outcome}", fr="Dixième {n} : {outcome}")
SOME_TENTHS = Text(en="Tenths {first} to {last}: {outcome}", fr="Dixièmes {first} à {last} : {outcome}")
WHAT = Text(en="What is foretold", fr="Ce qui est prévu")
WHEN = Text(en="From when to when", fr="De quand à quand")
IN_TIME = Text(
    en="Learned from what was known on {taught} and came by {judged}; judged by what was known on {judged} and came by "
    "{until}. No event after a cut is read.",
    fr="Appris de ce que l'on savait le {taught} et qui est arrivé avant le {judged} ; jugé par ce que l'on savait le "
    "{judged} et qui est arrivé avant le {until}. Aucun événement d'après la coupure n'est lu.",
)
AT_ONCE = Text(
    en="All as it stood on {at}: the outcome has no time, so a quarter of the persons, drawn by chance, judge.",
    fr="Tout au {at} : le résultat n'a pas de date, un quart des personnes, tiré au hasard, juge donc.",
)
WHO = Text(en="From whom", fr="De qui")
PERSONS = Text(
    en="{learned} persons taught, {calibrated} calibrated, {judged} judged, of whom {outcomes} had the outcome.",
    fr="{learned} personnes ont servi à apprendre, {calibrated} à calibrer, {judged} à juger, dont {outcomes} ont eu "
    "le résultat.",
)
HOW = Text(en="How", fr="Comment")
METHOD = Text(
    en="{trees} small boosted trees (LightGBM); the {clues} heaviest clues are shown; calibrated by {method}.",
    fr="{trees} petits arbres boostés (LightGBM) ; les {clues} indices les plus lourds sont montrés ; "
    "calibré par {method}.",
)
METHODS = {
    "isotonic": Text(en="isotonic regression", fr="régression isotone"),
    "sigmoid": Text(en="a sigmoid (Platt)", fr="une sigmoïde (Platt)"),
}
WELL = Text(en="How well", fr="Ce qu'elle vaut")
HOW_WELL = Text(
    en="Area {area} (95% between {low} and {high}); Brier score {brier}, against {base} for saying the same of all; "
    "calibration error {error}.",
    fr="Aire {area} (95 % entre {low} et {high}) ; score de Brier {brier}, contre {base} en disant la même chose de "
    "tous ; erreur de calibration {error}.",
)
THIRDS = {
    "lower": Text(en="lowest third", fr="tiers inférieur"),
    "upper": Text(en="highest third", fr="tiers supérieur"),
}
GROUP = Text(en="{trait}, {who} ({n} persons): {why}", fr="{trait}, {who} ({n} personnes) : {why}")
RANKS_WORSE = Text(en="ranks worse (area {area})", fr="classe moins bien (aire {area})")
IS_OFF = Text(en="foretells {said} where {seen} came", fr="prévoit {said} là où {seen} sont arrivés")

WORDS: Sentences = {
    "leak_title": Text(en="Some traits may know what came after", fr="Des traits connaissent peut-être la suite"),
    "leak_out": Text(en="left out", fr="laissé de côté"),
    "leak_doubt": Text(en="in doubt, still read", fr="à vérifier, encore lu"),
    "tenths": Text(en="Everybody now, by tenth", fr="Tout le monde aujourd'hui, par dixième"),
    "tenths_note": Text(
        en="A tenth opens as a segment in the editor.", fr="Un dixième s'ouvre en segment dans l'éditeur."
    ),
    "tenth": Text(en="tenth", fr="dixième"),
    "tenth_persons": Text(en="persons", fr="personnes"),
    "probability": Text(en="mean probability", fr="probabilité moyenne"),
    "from_to": Text(en="from – to", fr="de – à"),
    "up_to": Text(en="all from the first to here", fr="tous, du premier à celui-ci"),
    "up_to_link": Text(en="tenths 1 to {n}", fr="dixièmes 1 à {n}"),
    "card": Text(en="Model card", fr="Fiche du modèle"),
    "weaker": Text(en="For whom it works less well", fr="Pour qui elle vaut moins"),
    "no_weaker": Text(
        en="No group of 200 persons or more was found for whom it works clearly less well.",
        fr="Aucun groupe d'au moins 200 personnes pour qui elle vaut nettement moins n'a été trouvé.",
    ),
    "not_for": Text(en="What it must not be used for", fr="Ce à quoi elle ne doit pas servir"),
    "not_read": Text(en="What was not read, and why", fr="Ce qui n'a pas été lu, et pourquoi"),
}
