"""What the pages of sources say."""

from quartier.language import Plural, Text

TITLE = Text(en="Sources", fr="Sources")
SENTENCE = Text(
    en="Databases, services and folders that are fetched over and over.",
    fr="Bases, services et dossiers lus régulièrement.",
)
NEW = Text(en="A new source", fr="Nouvelle source")
EDIT = Text(en="Change the source", fr="Modifier la source")
EDIT_SENTENCE = Text(
    en="Secrets stay in environment variables: a document only names them.",
    fr="Les secrets restent dans des variables d'environnement : le document ne fait que les nommer.",
)
SAVING = Text(en="Source “{name}” put in force", fr="Mise en vigueur de la source « {name} »")
SAVED = Text(en="{name} is in force.", fr="{name} est en vigueur.")
SOUND = Text(
    en="The document is sound; it is not in force yet.",
    fr="Le document est correct ; il n'est pas encore en vigueur.",
)
ASKED = Text(en="{name} will be fetched within seconds.", fr="{name} sera lue dans quelques secondes.")
PAUSED = Text(en="{name} is paused.", fr="{name} est en pause.")
RESUMED = Text(en="{name} is fetched again.", fr="{name} est de nouveau lue.")
RETIRED = Text(
    en="{name} is out of force; what it brought stays.", fr="{name} est retirée ; ce qu'elle a apporté reste."
)
MASKED = Text(
    en="a secret is masked here: write it again, or put it into an environment variable",
    fr="un secret est masqué ici : écrivez-le de nouveau, ou mettez-le dans une variable d'environnement",
)
NOT_ONE = Text(en="write one document", fr="écrivez un seul document")
OTHER_NAME = Text(
    en="this page is about “{name}”: give another name to a new source",
    fr="cette page concerne « {name} » : pour un autre nom, créez une nouvelle source",
)
NO_YAML = Text(en="not valid YAML", fr="YAML incorrect")
CUT_SHORT = Text(en="under way, or cut short", fr="en cours, ou interrompue")
BY_HAND = Text(en="by hand", fr="à la main")
IS_PAUSED = Text(en="paused", fr="en pause")
WELL = Text(en="went well", fr="réussie")
FAILED = Text(en="failed", fr="en échec")
NEVER = Text(en="never fetched", fr="jamais lue")
WORDS: dict[str, Text | Plural] = {
    "source": Text(en="Source", fr="Source"),
    "kind": Text(en="From", fr="Origine"),
    "last": Text(en="Last run", fr="Dernière lecture"),
    "rows": Text(en="Rows", fr="Lignes"),
    "stored": Text(en="Stored", fr="Gardées"),
    "rejected": Text(en="Rejected", fr="Rejetées"),
    "newest": Text(en="Newest row", fr="Ligne la plus récente"),
    "next_run": Text(en="Next run", fr="Prochaine lecture"),
    "state": Text(en="State", fr="État"),
    "new": Text(en="A new source", fr="Nouvelle source"),
    "none": Text(en="No source yet", fr="Aucune source"),
    "none_text": Text(
        en="A source is a short document: where records come from, what they are, how often they are fetched.",
        fr="Une source est un court document : d'où viennent les lignes, ce qu'elles sont, à quelle "
        "fréquence les lire.",
    ),
    "run": Text(en="Fetch now", fr="Lire maintenant"),
    "pause": Text(en="Pause", fr="Mettre en pause"),
    "resume": Text(en="Resume", fr="Reprendre"),
    "edit": Text(en="Change", fr="Modifier"),
    "retire": Text(en="Take out of force", fr="Retirer"),
    "runs": Text(en="The last runs", fr="Les dernières lectures"),
    "started": Text(en="Started", fr="Début"),
    "changes": Text(en="Columns", fr="Colonnes"),
    "no_runs": Text(en="It was never fetched.", fr="Elle n'a jamais été lue."),
    "document": Text(en="The document", fr="Le document"),
    "document_help": Text(
        en="“from” says where, “into” what a row is, “every” how often.",
        fr="« from » dit d'où, « into » ce qu'est une ligne, « every » à quelle fréquence.",
    ),
    "check": Text(en="Check", fr="Vérifier"),
    "save": Text(en="Put in force", fr="Mettre en vigueur"),
    "to_mend": Text(en="This document cannot be used yet", fr="Ce document n'est pas encore utilisable"),
    "cancel": Text(en="Back", fr="Retour"),
    "sound": SOUND,
}
EXAMPLE = """kind: source
source: orders
from:
  database: {url: SHOP_DATABASE_URL, table: orders, cursor: updated_at}
into:
  layout: orders
  columns: {id: order_id, customer_id: user_id, created_at: time, total: property.revenue}
every: 1 hour
"""
