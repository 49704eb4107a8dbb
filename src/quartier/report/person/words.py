"""Headings, small words and notes of the profile's page."""

from collections.abc import Mapping

from quartier.language import Text

TITLES: Mapping[str, Text] = {
    "traits": Text(en="What is known", fr="Ce que l'on sait"),
    "timeline": Text(en="Timeline", fr="Chronologie"),
    "segments": Text(en="Segments", fr="Segments"),
    "links": Text(en="Identifiers and links", fr="Identifiants et liens"),
    "similar": Text(en="Similar persons", fr="Personnes semblables"),
    "notes": Text(en="How this was made", fr="Comment ceci a été fait"),
}
WORDS: Mapping[str, Text] = {
    "skip": Text(en="Go to the content", fr="Aller au contenu"),
    "road": Text(en="The road", fr="Le parcours"),
    "figures": Text(en="As tables", fr="En tableaux"),
    "masked": Text(en="masked", fr="masqué"),
    "made_by": Text(en="Made by Quartier, open-source segmentation.", fr="Fait par Quartier, segmentation libre."),
}
NOTES: tuple[tuple[str, Text, Text], ...] = (
    (
        "traits",
        Text(en="traits", fr="traits"),
        Text(
            en="Each trait has the value that the catalog chooses of all that was said under the person's "
            "identifiers: the most recent unless it says otherwise. Beside it: since when "
            "it is held, the file, the source of messages or the model that said it, and how many other values came "
            "before.",
            fr="Chaque trait a la valeur que le catalogue choisit parmi toutes celles dites sous les "
            "identifiants de la personne : la plus récente, sauf indication contraire. À côté : depuis "
            "quand elle vaut, le fichier, la source de messages ou le modèle qui l'a dite, et combien d'autres valeurs "
            "l'ont précédée.",
        ),
    ),
    (
        "masked",
        Text(en="masked values", fr="valeurs masquées"),
        Text(
            en="Sensitive values and those of special categories are shown only to who asks for them.",
            fr="Les valeurs délicates et celles de catégories particulières ne sont montrées qu'à qui les demande.",
        ),
    ),
    (
        "segments",
        Text(en="segments", fr="segments"),
        Text(
            en="Stays are read from the log of what was observed at each refresh.",
            fr="Les séjours sont lus dans le journal de ce qui a été observé à chaque actualisation.",
        ),
    ),
    (
        "links",
        Text(en="links", fr="liens"),
        Text(
            en="A person is what links connect. A link that is refused is kept, and no longer followed: its undoing "
            "brings back what was.",
            fr="Une personne est ce que des liens relient. Un lien refusé est gardé, et n'est plus suivi : revenir sur "
            "ce refus rend ce qui était.",
        ),
    ),
    (
        "similar",
        Text(en="similar persons", fr="personnes semblables"),
        Text(
            en="Nearest in all traits known of the person, by Gower's coefficient: numbers and dates by their "
            "difference beside everybody's spread, other values by being equal, each family with the same weight. "
            "Names, addresses, phones and sensitive traits do not count.",
            fr="Les plus proches par tous les traits connus de la personne, selon le coefficient de Gower : nombres et "
            "dates par leur écart rapporté à l'étendue de tous, les autres valeurs par l'égalité, chaque famille avec "
            "le même poids. Noms, adresses et traits délicats ne comptent pas.",
        ),
    ),
)
"""What a note is about, its word, and the explanation."""
