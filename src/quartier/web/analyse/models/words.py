"""What the pages of models say."""

from quartier.language import Plural, Text

MODELS = Text(en="Models", fr="Modèles")
SENTENCE = Text(
    en="Statistics that give each person a value: what they find becomes traits, and traits become segments.",
    fr="Des statistiques qui donnent une valeur à chaque personne : ce qu'elles trouvent devient des traits, et les "
    "traits deviennent des segments.",
)
RUNNING = Text(en="Running {model}", fr="Calcul : {model}")
RAN = Plural(
    Text(en="{model}: {n} person has values.", fr="{model} : {n} personne a reçu des valeurs."),
    Text(en="{model}: {n} persons have values.", fr="{model} : {n} personnes ont reçu des valeurs."),
)

WORDS: dict[str, Text | Plural] = {
    "never_ran": Text(en="It has not been run yet", fr="Pas encore calculé"),
    "teaches": Text(
        en="Run it once: what it finds appears here, and each person who gets a value can be picked in a segment.",
        fr="Calculez-le une fois : ce qu'il trouve s'affiche ici, et chaque personne qui reçoit une valeur peut être "
        "retenue par elle dans un segment.",
    ),
    "may_not_run": Text(
        en="Your role does not run models: ask an analyst or an owner.",
        fr="Votre rôle ne lance pas de modèle : demandez à un analyste ou à un propriétaire.",
    ),
    "model_run": Text(
        en="Run {at}, as of {as_of}: {n} of {of} persons have values.",
        fr="Calculé le {at}, au {as_of} : {n} personnes sur {of} ont reçu des valeurs.",
    ),
    "writes": Text(en="Traits it wrote:", fr="Traits écrits :"),
    "model_settings": Text(en="How it is run", fr="Comment il est calculé"),
    "more_settings": Text(en="More settings", fr="Autres réglages"),
    "run_it": Text(en="Run", fr="Calculer"),
    "run_it_again": Text(en="Run again", fr="Recalculer"),
    "last_ran": Text(en="Last run {at}, {n} persons", fr="Dernier calcul le {at}, {n} personnes"),
    "all_figures": Text(en="The figures", fr="Les chiffres"),
    "keep_all": Text(en="Keep all as segments", fr="Tout garder comme segments"),
    "other_models": Text(en="Models of this kind", fr="Modèles de ce genre"),
    "name_it": Text(en="Name", fr="Nom"),
    "name_help": Text(
        en="Another name makes another model beside this one; its traits begin with it (small letters, digits, _).",
        fr="Un autre nom fait un autre modèle à côté de celui-ci ; ses traits commencent par ce nom (minuscules, "
        "chiffres, _).",
    ),
}
