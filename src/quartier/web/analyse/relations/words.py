"""What the pages of associations and drivers say."""

from quartier.analyse.association.measures import Measure
from quartier.language import Plural, Text

ASSOCIATION = Text(en="Two traits", fr="Deux traits")
SENTENCES = {
    "associations": Text(
        en="Which traits go together, pair by pair: 0 is not at all, 1 is always, a minus says that one falls where "
        "the other rises. A cell opens the pair in detail.",
        fr="Quels traits vont ensemble, paire par paire : 0, pas du tout ; 1, toujours ; un moins dit que l'un baisse "
        "où l'autre monte. Une case ouvre la paire en détail.",
    ),
    "association": Text(
        en="How one trait lies over the values of the other. Together is no cause.",
        fr="Comment un trait se répartit selon les valeurs de l'autre. Ensemble ne veut pas dire à cause.",
    ),
    "drivers": Text(
        en="Which traits go with an outcome, in which direction, and which of them know it too well.",
        fr="Quels traits vont avec un résultat, dans quel sens, et lesquels le connaissent trop bien.",
    ),
}
RUNNING = Text(en="Looking for drivers", fr="Recherche des moteurs")
EVERYBODY = Text(en="everybody", fr="tout le monde")
STRONGEST = Text(en="“{first}” and “{second}” go together most", fr="« {first} » et « {second} » vont le plus ensemble")
NONE_CLEAR = Text(en="No two traits clearly go together", fr="Aucune paire de traits ne va nettement ensemble")
MEASURES: dict[Measure, Text] = {
    "spearman": Text(en="rank correlation", fr="corrélation de rangs"),
    "correlation_ratio": Text(en="correlation ratio of ranks", fr="rapport de corrélation des rangs"),
    "cramers_v": Text(en="Cramér's V", fr="V de Cramér"),
}
CELL = Text(en="{measure} {value}, {n} persons", fr="{measure} {value}, {n} personnes")
UNCLEAR = Text(
    en="{measure} {value}, {n} persons; chance would explain it",
    fr="{measure} {value}, {n} personnes ; le hasard suffirait",
)
UNTOLD = Text(en="too few known ({n} persons)", fr="trop peu de valeurs connues ({n} personnes)")
BETWEEN = Text(en="{low} to {high}", fr="{low} à {high}")
YES = Text(en="yes", fr="oui")
NO = Text(en="no", fr="non")
NOT_KNOWN = Text(en="not known", fr="inconnu")
OTHERS = Text(en="rare values", fr="valeurs rares")
NO_LEAK = Text(en="area {area} (95% between {low} and {high})", fr="aire {area} (95 % entre {low} et {high})")
HONEST = Text(en="without what is accused", fr="sans les traits accusés")
HONEST_ALL = Text(en="all traits", fr="tous les traits")
WITH_ALL = Text(en="with them", fr="avec eux")
DOUBTLESS = Text(en="without those in doubt either", fr="sans ceux à vérifier non plus")
WEIGHTS = Text(
    en="“{clue}” weighs most: {share} of what can be told",
    fr="« {clue} » pèse le plus : {share} de ce qui peut se dire",
)
EFFECTS = Text(en="{words} moves the odds most: times {odds}", fr="{words} change le plus les chances : fois {odds}")
NO_EFFECT = Text(en="No effect is clear", fr="Aucun effet n'est net")
WEIGHTS_READ = Text(
    en="Share of each trait in what boosted trees say of persons whom they did not learn from, with its 95% interval.",
    fr="Part de chaque trait dans ce que les arbres boostés disent de personnes dont ils n'ont pas appris, et son "
    "intervalle à 95 %.",
)
EFFECTS_READ = Text(
    en="What the odds of the outcome are multiplied by, all other traits held: for one standard deviation more "
    "of a number, "
    "for a value against the average person. 1 is no effect; whiskers are 95% intervals. An effect is no cause.",
    fr="Ce par quoi sont multipliées les chances du résultat, les autres traits fixés : pour un écart type de "
    "plus d'un "
    "nombre, pour une valeur contre la personne moyenne. 1 : aucun effet ; intervalles à 95 %. Un effet n'est "
    "pas une cause.",
)
WEIGHT = Text(en="weight", fr="poids")
ODDS = Text(en="odds, times", fr="chances, fois")
TRAITS_NOW = Text(en="traits now", fr="traits aujourd'hui")
SEGMENTS_NOW = Text(en="segments now", fr="segments aujourd'hui")
EVENTS_LATER = Text(en="events after a cut", fr="événements après une coupure")
SEGMENTS_LATER = Text(en="segments after a cut", fr="segments après une coupure")
COMES = Text(en="{event} comes", fr="{event} a lieu")
COMES_NOT = Text(en="{event} comes no more", fr="{event} n'a plus lieu")
WHEN = Text(
    en="What was known on {cut}, against what came by {until}. No event after the cut is read.",
    fr="Ce que l'on savait le {cut}, face à ce qui est arrivé avant le {until}. Aucun événement d'après la coupure "
    "n'est lu.",
)
VALUE_OF = Text(en="{trait} is {value}", fr="{trait} vaut {value}")
MEMBER_OF = Text(en="member of {segment}", fr="membre de {segment}")

WORDS: dict[str, Text | Plural] = {
    "among": Text(en="Among", fr="Parmi"),
    "show": Text(en="Show", fr="Afficher"),
    "matrix_note": Text(
        en="Traits that go together stand beside each other. Deep is strong, as the figure says; figures in "
        "brackets are those "
        "that chance would explain.",
        fr="Les traits qui vont ensemble se suivent. Foncé veut dire fort, comme le dit le chiffre ; entre "
        "parenthèses, ce "
        "que le hasard suffirait à expliquer.",
    ),
    "matrix_caption": Text(en="How strongly traits go together", fr="La force du lien entre les traits"),
    "matrix_of": Plural(
        Text(en="Of {n} person.", fr="Sur {n} personne."), Text(en="Of {n} persons.", fr="Sur {n} personnes.")
    ),
    "pairs": Text(en="The strongest pairs", fr="Les liens les plus forts"),
    "pair": Text(en="pair", fr="paire"),
    "strength": Text(en="strength", fr="force"),
    "how": Text(en="measure", fr="mesure"),
    "known_of": Text(en="persons", fr="personnes"),
    "left_out": Text(en="What was not read, and why", fr="Ce qui n'a pas été lu, et pourquoi"),
    "turn_round": Text(en="The other way round", fr="Dans l'autre sens"),
    "too_few_rows": Text(
        en="Too few persons have any one value for a share to mean something. More persons would help.",
        fr="Trop peu de personnes partagent une même valeur pour qu'une part ait un sens. Il en faudrait davantage.",
    ),
    "rows_caption": Plural(
        Text(
            en="{second} by {first}, of {n} person of whom both are known",
            fr="{second} selon {first}, pour {n} personne dont les deux sont connus",
        ),
        Text(
            en="{second} by {first}, of {n} persons of whom both are known",
            fr="{second} selon {first}, pour {n} personnes dont les deux sont connus",
        ),
    ),
    "middle": Text(en="median", fr="médiane"),
    "half": Text(en="half lie between", fr="la moitié se trouve entre"),
    "opens": Text(en="A row opens as a segment.", fr="Une ligne s'ouvre en segment."),
    "outcome": Text(en="Outcome", fr="Résultat"),
    "outcome_help": Text(
        en="A value of a trait, being in a segment, or what comes after a cut in the past.",
        fr="La valeur d'un trait, l'appartenance à un segment, ou ce qui vient après une coupure dans le passé.",
    ),
    "days": Text(en="Days after the cut", fr="Jours après la coupure"),
    "days_help": Text(
        en="For what comes after a cut: what was known so many days ago is held against what came since.",
        fr="Pour ce qui vient après une coupure : ce que l'on savait il y a tant de jours, face à la suite.",
    ),
    "find": Text(en="Find drivers", fr="Chercher les moteurs"),
    "takes": Text(
        en="It learns from up to 10,000 persons, which takes some seconds.",
        fr="L'apprentissage porte sur 10 000 personnes au plus et dure quelques secondes.",
    ),
    "teaches": Text(en="Choose an outcome", fr="Choisissez un résultat"),
    "teaches_text": Text(
        en="Who left, who converted, who is among the best? Quartier tells which traits go with it, how much, in which "
        "direction, and warns of traits that were filled in only afterwards.",
        fr="Qui est parti, qui s'est converti, qui est parmi les meilleurs ? Quartier dit quels traits vont "
        "avec, combien, "
        "dans quel sens, et prévient des traits remplis seulement après coup.",
    ),
    "have_it": Text(en="have the outcome", fr="ont le résultat"),
    "of_drawn": Text(en="of {n} persons", fr="sur {n} personnes"),
    "not_told": Text(
        en="These traits tell the outcome no better than chance, so no weights or effects are shown. Other traits, "
        "or events as traits, may tell more.",
        fr="Ces traits ne disent pas mieux que le hasard qui a le résultat : ni poids ni effets ne sont donc montrés. "
        "D'autres traits, ou des événements en traits, en diraient peut-être plus.",
    ),
    "told": Text(en="How well it can be told", fr="Ce que l'on peut en dire"),
    "by_trees": Text(en="boosted trees", fr="arbres boostés"),
    "by_regression": Text(en="regression", fr="régression"),
    "told_caption": Text(
        en="Area under the ROC curve for persons who were not learned from: 0.5 is chance, 1 is perfect.",
        fr="Aire sous la courbe ROC pour des personnes non apprises : 0,5 est le hasard, 1 la perfection.",
    ),
    "traits_read": Text(en="traits", fr="traits"),
    "leak_title": Text(en="Some traits may know what came after", fr="Des traits connaissent peut-être la suite"),
    "leak_out": Text(en="left out", fr="laissé de côté"),
    "leak_doubt": Text(en="in doubt, still read", fr="à vérifier, encore lu"),
    "no_leaks": Text(
        en="No trait shows signs of knowing what came after.",
        fr="Aucun trait ne montre de signe qu'il connaît la suite.",
    ),
    "clear_effects": Text(en="The effects that are clear", fr="Les effets qui sont nets"),
    "effect": Text(en="effect", fr="effet"),
    "odds_head": Text(en="odds, times", fr="chances, fois"),
    "interval": Text(en="95% between", fr="95 % entre"),
    "with_it": Text(en="of these, with the outcome", fr="parmi elles, avec le résultat"),
}
