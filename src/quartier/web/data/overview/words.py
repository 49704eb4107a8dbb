"""What the first page of the room of data says."""

from quartier.language import Plural, Text

TITLE = Text(en="Data", fr="Données")
SENTENCE = Text(
    en="What came from where and when, and what needs attention.",
    fr="Ce qui est venu, d'où et quand, et ce qui mérite attention.",
)
SOURCE_FAILED = Text(en="The source “{name}” failed.", fr="La source « {name} » est en échec.")
ROWS_WAIT = Plural(
    Text(en="{n} rejected row of a file waits to be mended.", fr="{n} ligne de fichier rejetée attend une correction."),
    Text(
        en="{n} rejected rows of files wait to be mended.",
        fr="{n} lignes de fichiers rejetées attendent une correction.",
    ),
)
MESSAGES_WAIT = Plural(
    Text(en="{n} rejected message waits.", fr="{n} message rejeté attend."),
    Text(en="{n} rejected messages wait.", fr="{n} messages rejetés attendent."),
)
MANY_MESSAGES_WAIT = Text(en="More than {n} rejected messages wait.", fr="Plus de {n} messages rejetés attendent.")
NAMES_WAIT = Plural(
    Text(en="{n} new name waits to be classified.", fr="{n} nouveau nom attend d'être classé."),
    Text(en="{n} new names wait to be classified.", fr="{n} nouveaux noms attendent d'être classés."),
)
BY_FILE = Text(en="file", fr="fichier")
BY_SOURCE = Text(en="source", fr="source")
BY_MESSAGES = Text(en="messages", fr="messages")
WORDS: dict[str, Text | Plural] = {
    "attention": Text(en="What needs attention", fr="Ce qui mérite attention"),
    "calm": Text(en="Nothing waits for you.", fr="Rien ne vous attend."),
    "import": Text(en="Import a file", fr="Importer un fichier"),
    "origins": Text(en="Where data come from", fr="D'où viennent les données"),
    "name": Text(en="Name", fr="Nom"),
    "way": Text(en="By", fr="Par"),
    "last": Text(en="Last", fr="Dernier arrivage"),
    "state": Text(en="State", fr="État"),
    "rows": Text(en="Rows", fr="Lignes"),
    "of_recent": Text(
        en="For messages: of the last {n} that arrived.", fr="Pour les messages : sur les {n} derniers arrivés."
    ),
    "files": Text(en="Files that came last", fr="Derniers fichiers arrivés"),
    "file": Text(en="File", fr="Fichier"),
    "at": Text(en="When", fr="Quand"),
    "rows_in": Text(en="Rows", fr="Lignes"),
    "stored": Text(en="Stored", fr="Gardées"),
    "duplicates": Text(en="Known already", fr="Déjà connues"),
    "rejected": Text(en="Rejected", fr="Rejetées"),
    "nothing": Text(en="Nothing has come in yet", fr="Rien n'est encore arrivé"),
    "nothing_text": Text(
        en="Start with a file of your customers or of your orders; Quartier finds out what its columns are.",
        fr="Commencez par un fichier de vos clients ou de vos commandes ; Quartier devine ce que sont ses colonnes.",
    ),
    "nothing_example": Text(
        en="A CSV with an e-mail address, a date and an amount is enough for a first segmentation.",
        fr="Un CSV avec une adresse e-mail, une date et un montant suffit pour une première segmentation.",
    ),
    "more": Text(en="Further", fr="Plus loin"),
    "sources": Text(en="Sources", fr="Sources"),
    "rejected_rows": Text(en="Rejected rows", fr="Lignes rejetées"),
    "catalog": Text(en="Catalog", fr="Catalogue"),
    "quality": Text(en="Quality", fr="Qualité"),
    "live": Text(en="Arriving now", fr="En direct"),
}
