"""What the pages of imports say."""

from quartier.catalog import ValueType
from quartier.collect.definition import Layout
from quartier.language import Plural, Text

LAYOUTS = {
    Layout.PERSONS: Text(en="a person", fr="une personne"),
    Layout.ACCOUNTS: Text(en="an account (company, household)", fr="un compte (entreprise, foyer)"),
    Layout.EVENTS: Text(en="an event: something that happened", fr="un événement : un fait daté"),
    Layout.ORDERS: Text(en="an order", fr="une commande"),
    Layout.ORDER_LINES: Text(en="a line of an order", fr="une ligne de commande"),
}
ORDER = (
    "user_id", "email", "phone", "anonymous_id", "account_id", "time", "event", "event_id", "order_id", "currency",
    "trait", "property", "line", "skip",
)  # fmt: skip
TARGETS = {
    "user_id": Text(en="Customer number", fr="Numéro de client"),
    "email": Text(en="E-mail address", fr="Adresse e-mail"),
    "phone": Text(en="Phone number", fr="Numéro de téléphone"),
    "anonymous_id": Text(en="Visitor number", fr="Numéro de visiteur"),
    "account_id": Text(en="Account number", fr="Numéro de compte"),
    "time": Text(en="When it happened", fr="Date et heure"),
    "event": Text(en="What happened (name of the event)", fr="Nom de l'événement"),
    "event_id": Text(en="Number of the event", fr="Numéro de l'événement"),
    "order_id": Text(en="Number of the order", fr="Numéro de commande"),
    "currency": Text(en="Currency", fr="Devise"),
    "trait": Text(en="Trait", fr="Trait"),
    "property": Text(en="Property of the event", fr="Propriété de l'événement"),
    "line": Text(en="Property of the order line", fr="Propriété de la ligne"),
    "skip": Text(en="Ignored", fr="Ignorée"),
}
TYPES = {
    ValueType.TEXT: Text(en="text", fr="texte"),
    ValueType.INTEGER: Text(en="whole number", fr="nombre entier"),
    ValueType.NUMBER: Text(en="number", fr="nombre"),
    ValueType.BOOLEAN: Text(en="yes or no", fr="oui ou non"),
    ValueType.DATE: Text(en="date", fr="date"),
    ValueType.INSTANT: Text(en="date and time", fr="date et heure"),
    ValueType.TEXTS: Text(en="several texts", fr="plusieurs textes"),
    ValueType.LINES: Text(en="lines", fr="lignes"),
}
BEGIN = Text(en="Import a file", fr="Importer un fichier")
BEGIN_SENTENCE = Text(
    en="Customers, orders, events or companies from a file. You see how it will be read before anything is stored.",
    fr="Clients, commandes, événements ou entreprises depuis un fichier. Vous voyez comment il sera lu avant que quoi "
    "que ce soit ne soit enregistré.",
)
MAPPING_SENTENCE = Text(
    en="How the file will be read. Nothing is stored yet.",
    fr="La lecture prévue du fichier. Rien n'est encore enregistré.",
)
SUMMARY_SENTENCE = Text(en="What became of the rows of the file.", fr="Ce que sont devenues les lignes du fichier.")
TRYING = Text(en="Trial of the import of “{name}”", fr="Essai de l'import de « {name} »")
IMPORTING = Text(en="Import of “{name}”", fr="Import de « {name} »")
KEPT = Text(en="The mapping is kept; nothing is stored yet.", fr="La correspondance est gardée ; rien n'est importé.")
FORGOTTEN = Text(
    en="The file was taken away; nothing was stored.", fr="Le fichier a été retiré ; rien n'a été importé."
)
UNDER_WAY = Text(en="This file is being worked on already.", fr="Un traitement de ce fichier est déjà en cours.")
DEFECT = Text(
    en="Something went wrong on our side; nothing was stored. The server's log says where.",
    fr="Une erreur s'est produite de notre côté ; rien n'a été importé. Le journal du serveur dit où.",
)

WORDS: dict[str, Text | Plural] = {
    "file": Text(en="File", fr="Fichier"),
    "file_help": Text(
        en="CSV or any other text with columns, Excel, Parquet, JSON or NDJSON, also as .gz; up to 1 GB.",
        fr="CSV ou tout autre texte en colonnes, Excel, Parquet, JSON ou NDJSON, aussi en .gz ; jusqu'à 1 Go.",
    ),
    "layout": Text(en="Each row is", fr="Chaque ligne est"),
    "guess": Text(en="let Quartier find out", fr="à deviner par Quartier"),
    "send": Text(en="Send the file", fr="Envoyer le fichier"),
    "waiting": Text(en="Begun and not imported", fr="Commencés, non importés"),
    "waiting_note": Text(en="Kept for a day, for you alone.", fr="Gardés un jour, pour vous seul."),
    "forget": Text(en="Take away", fr="Retirer"),
    "go_on": Text(en="Go on", fr="Continuer"),
    "changed": Text(en="last changed", fr="dernier changement"),
    "to_mend": Text(en="This has to be settled before the import", fr="À régler avant l'import"),
    "questions": Text(en="Please check", fr="À vérifier"),
    "column": Text(en="Column", fr="Colonne"),
    "first_values": Text(en="First values", fr="Premières valeurs"),
    "becomes": Text(en="Becomes", fr="Devient"),
    "name": Text(en="Name", fr="Nom"),
    "type": Text(en="Type", fr="Type"),
    "type_found": Text(en="found out", fr="à deviner"),
    "described": Text(en="Label, family, sensitivity", fr="Intitulé, famille, sensibilité"),
    "label_en": Text(en="Label in English", fr="Intitulé en anglais"),
    "label_fr": Text(en="Label in French", fr="Intitulé en français"),
    "family": Text(en="Family", fr="Famille"),
    "sensitivity": Text(en="Sensitivity", fr="Sensibilité"),
    "no_values": Text(en="empty", fr="vide"),
    "preview": Text(en="The first ten rows as they stand in the file", fr="Les dix premières lignes du fichier"),
    "columns_title": Text(en="Columns", fr="Colonnes"),
    "settings": Text(en="How dates, amounts and repeated rows are read", fr="Lecture des dates, montants et doublons"),
    "file_settings": Text(en="How the file is written", fr="Écriture du fichier"),
    "file_settings_note": Text(
        en="Change these when columns or accents look wrong above, then read the file again.",
        fr="À changer si les colonnes ou les accents semblent faux, puis relire le fichier.",
    ),
    "event": Text(en="Name of the event", fr="Nom de l'événement"),
    "event_help": Text(
        en="What the persons did, when no column says it: Newsletter Opened",
        fr="Ce qu'ont fait les personnes, si aucune colonne ne le dit : Newsletter Opened",
    ),
    "date_order": Text(en="Dates such as 03/04/2026", fr="Dates telles que 03/04/2026"),
    "dmy": Text(en="day first: 3 April", fr="jour d'abord : 3 avril"),
    "mdy": Text(en="month first: March 4", fr="mois d'abord : 4 mars"),
    "ymd": Text(en="year first: 2026-04-03", fr="année d'abord : 2026-04-03"),
    "decimal": Text(en="Decimals are written", fr="Décimales écrites"),
    "comma": Text(en="with a comma: 12,50", fr="avec une virgule : 12,50"),
    "point": Text(en="with a point: 12.50", fr="avec un point : 12.50"),
    "time_zone": Text(en="Time zone of the file", fr="Fuseau horaire du fichier"),
    "country": Text(en="Country of phone numbers", fr="Pays des numéros de téléphone"),
    "currency": Text(en="Currency of the amounts", fr="Devise des montants"),
    "rates": Text(en="Rates of other currencies", fr="Taux des autres devises"),
    "rates_help": Text(
        en="One a line: a currency and what one unit of it is worth in yours, as USD = 0.92",
        fr="Un par ligne : une devise et la valeur d'une unité dans la vôtre, comme USD = 0.92",
    ),
    "missing": Text(en="Words that mean “no answer”", fr="Mots qui veulent dire « pas de réponse »"),
    "missing_help": Text(en="Separated by commas.", fr="Séparés par des virgules."),
    "repeated_rows": Text(en="Rows that repeat one another", fr="Lignes identiques"),
    "keep": Text(en="keep them", fr="les garder"),
    "drop": Text(en="take them for duplicates", fr="les tenir pour des doublons"),
    "refunds": Text(en="Negative amounts", fr="Montants négatifs"),
    "negative": Text(en="are refunds", fr="sont des remboursements"),
    "none": Text(en="are no refunds", fr="ne sont pas des remboursements"),
    "free_lines": Text(en="Lines at the price 0", fr="Lignes au prix 0"),
    "reject": Text(en="reject them", fr="les rejeter"),
    "encoding": Text(en="Encoding", fr="Encodage"),
    "delimiter": Text(en="Separator", fr="Séparateur"),
    "delimiter_help": Text(en="One character, or the word tab or spaces.", fr="Un caractère, ou le mot tab ou spaces."),
    "sheet": Text(en="Sheet of the workbook", fr="Feuille du classeur"),
    "found_out": Text(en="found out", fr="à deviner"),
    "reread": Text(en="Read the file again", fr="Relire le fichier"),
    "reread_help": Text(
        en="The columns are guessed anew; what you said of them below is replaced.",
        fr="Les colonnes sont devinées de nouveau ; ce que vous en avez dit est remplacé.",
    ),
    "save": Text(en="Keep", fr="Garder"),
    "try_it": Text(en="Try", fr="Essayer"),
    "import_it": Text(en="Import", fr="Importer"),
    "as_yaml": Text(en="As a document (YAML)", fr="En document (YAML)"),
    "yaml": Text(en="The mapping as a document", fr="La correspondance en document"),
    "yaml_help": Text(
        en="The same mapping as the command “quartier collect” takes.",
        fr="La même correspondance que prend la commande « quartier collect ».",
    ),
    "use_yaml": Text(en="Use this document", fr="Utiliser ce document"),
    "back": Text(en="Back", fr="Retour"),
    "wide": Text(
        en="This file has too many columns for a form: change its mapping as a document.",
        fr="Ce fichier a trop de colonnes pour un formulaire : modifiez sa correspondance en document.",
    ),
    "unreadable": Text(
        en="With these settings no row can be shown.", fr="Avec ces réglages, aucune ligne ne peut être montrée."
    ),
    "trial": Text(en="The trial: nothing is stored", fr="L'essai : rien n'est enregistré"),
    "rows": Plural(Text(en="{n} row", fr="{n} ligne"), Text(en="{n} rows", fr="{n} lignes")),
    "rows_in": Text(en="Rows", fr="Lignes"),
    "would_store": Text(en="Would be stored", fr="Seraient gardées"),
    "stored": Text(en="Stored", fr="Gardées"),
    "duplicates": Text(en="Known already", fr="Déjà connues"),
    "rejected": Text(en="Rejected", fr="Rejetées"),
    "new_persons": Text(en="New persons", fr="Nouvelles personnes"),
    "new_accounts": Text(en="New accounts", fr="Nouveaux comptes"),
    "events": Text(en="Events", fr="Événements"),
    "count": Text(en="Number", fr="Nombre"),
    "reasons": Text(en="Why rows are rejected", fr="Motifs de rejet"),
    "reason": Text(en="Reason", fr="Motif"),
    "whole_row": Text(en="the whole row", fr="toute la ligne"),
    "findings": Text(en="Good to know", fr="À noter"),
    "see_rejected": Text(en="See and mend the rejected rows", fr="Voir et corriger les lignes rejetées"),
    "next": Text(en="What now", fr="Et maintenant"),
    "to_segments": Text(en="See the segments", fr="Voir les segments"),
    "to_catalog": Text(en="See what is known of the data", fr="Voir ce que l'on sait des données"),
    "another": Text(en="Import another file", fr="Importer un autre fichier"),
    "all_known": Text(
        en="Nothing new: every row of this file was there already.",
        fr="Rien de nouveau : toutes les lignes de ce fichier étaient déjà là.",
    ),
}
