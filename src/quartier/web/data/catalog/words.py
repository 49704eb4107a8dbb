"""What the pages of the catalog say."""

from quartier.catalog import ValueRule
from quartier.language import Plural, Text

TITLE = Text(en="Catalog", fr="Catalogue")
SENTENCE = Text(
    en="What is known of persons, of accounts and of what happens, and how full each field is.",
    fr="Ce que l'on sait des personnes, des comptes et de ce qui se passe, et le remplissage de chaque champ.",
)
INBOX = Text(en="New names", fr="Nouveaux noms")
INBOX_SENTENCE = Text(
    en="They came by themselves, in messages or from sources: say what they are, or accept what Quartier took them "
    "for.",
    fr="Ils sont arrivés d'eux-mêmes, par des messages ou des sources : dites ce qu'ils sont, ou acceptez ce que "
    "Quartier en a compris.",
)
SAVING = Text(en="Catalog put in force", fr="Mise en vigueur du catalogue")
SAVED = Text(en="“{name}” is changed.", fr="« {name} » est modifié.")
CLASSIFIED = Plural(
    Text(en="{n} name is classified.", fr="{n} nom est classé."),
    Text(en="{n} names are classified.", fr="{n} noms sont classés."),
)
NONE_CHOSEN = Text(en="Choose at least one name.", fr="Choisissez au moins un nom.")
STALE = Text(
    en="Somebody changed this meanwhile. It is now as told beside the fields; send the form again to put yours in "
    "force.",
    fr="Quelqu'un l'a modifié entre-temps. L'état actuel est indiqué sous les champs ; renvoyez le formulaire pour "
    "mettre le vôtre en vigueur.",
)
NOW = Text(en="now: {value}", fr="actuellement : {value}")
EMPTY_LABEL = Text(en="write a label in both languages", fr="écrivez un intitulé dans les deux langues")
RULES = {
    ValueRule.MOST_RECENT: Text(en="the one said last", fr="la dernière donnée"),
    ValueRule.MOST_TRUSTED: Text(en="that of the most trusted source", fr="celle de la source la plus sûre"),
    ValueRule.MOST_FREQUENT: Text(en="the one said most often", fr="la plus souvent donnée"),
    ValueRule.VERIFIED_FIRST: Text(en="a verified one first", fr="d'abord une valeur vérifiée"),
}
AS_CATALOG = Text(en="as for all traits ({usual})", fr="comme tous les traits ({usual})")
ORIGINS = {
    "given": Text(en="given", fr="donné"),
    "computed": Text(en="computed", fr="calculé"),
    "predicted": Text(en="predicted", fr="prédit"),
}
WORDS: dict[str, Text | Plural] = {
    "now": NOW,
    "persons": Text(en="Traits of persons", fr="Traits des personnes"),
    "accounts": Text(en="Traits of accounts", fr="Traits des comptes"),
    "events": Text(en="Events", fr="Événements"),
    "sides": Text(en="Parts of the catalog", fr="Parties du catalogue"),
    "inbox": INBOX,
    "waiting": Plural(
        Text(en="{n} new name waits to be classified", fr="{n} nouveau nom attend d'être classé"),
        Text(en="{n} new names wait to be classified", fr="{n} nouveaux noms attendent d'être classés"),
    ),
    "family": Text(en="Family", fr="Famille"),
    "any_family": Text(en="every family", fr="toutes les familles"),
    "find": Text(en="Name or label", fr="Nom ou intitulé"),
    "show": Text(en="Show", fr="Montrer"),
    "label": Text(en="Label", fr="Intitulé"),
    "name": Text(en="Name", fr="Nom"),
    "type": Text(en="Type", fr="Type"),
    "filled": Text(en="Filled in", fr="Rempli"),
    "sensitivity": Text(en="Sensitivity", fr="Sensibilité"),
    "origin": Text(en="Origin", fr="Origine"),
    "properties": Text(en="Properties", fr="Propriétés"),
    "label_en": Text(en="Label in English", fr="Intitulé en anglais"),
    "label_fr": Text(en="Label in French", fr="Intitulé en français"),
    "rule": Text(en="Of several values, held is", fr="De plusieurs valeurs, on retient"),
    "rule_help": Text(
        en="When sources say different things of one person.", fr="Quand des sources se contredisent pour une personne."
    ),
    "sensitivity_help": Text(
        en="Sensitive and special values are masked for those whose role does not show them.",
        fr="Les valeurs délicates ou de catégorie particulière sont masquées aux rôles qui ne les voient pas.",
    ),
    "save": Text(en="Put in force", fr="Mettre en vigueur"),
    "back": Text(en="Back", fr="Retour"),
    "nothing": Text(en="Nothing is known yet", fr="Rien n'est encore connu"),
    "nothing_text": Text(
        en="Import a file of customers or orders: its columns become traits and properties.",
        fr="Importez un fichier de clients ou de commandes : ses colonnes deviennent traits et propriétés.",
    ),
    "import": Text(en="Import a file", fr="Importer un fichier"),
    "none_found": Text(en="Nothing fits this choice.", fr="Rien ne correspond à ce choix."),
    "accept": Text(en="Accept the chosen names", fr="Accepter les noms choisis"),
    "accept_one": Text(en="Accept", fr="Accepter"),
    "choose": Text(en="Choose", fr="Choisir"),
    "all_classified": Text(en="Every name is classified.", fr="Tous les noms sont classés."),
    "unchanged": Text(en="as proposed", fr="comme proposé"),
    "say_otherwise": Text(en="Say otherwise for the chosen names", fr="Dire autre chose des noms choisis"),
    "edit": Text(en="Change", fr="Modifier"),
    "to_mend": Text(en="This has to be mended", fr="À corriger"),
}
