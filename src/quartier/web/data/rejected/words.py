"""What the pages of rejected rows and messages say."""

from quartier.language import Plural, Text

TITLE = Text(en="Rejected rows", fr="Lignes rejetées")
SENTENCE = Text(
    en="What came and could not be stored: mend it and bring it in again, or give it up.",
    fr="Ce qui est arrivé et n'a pas pu être gardé : corrigez-le et réimportez-le, ou abandonnez-le.",
)
FILE_SENTENCE = Text(
    en="Correct the values at fault; the rows that you changed are imported again, all others stay here.",
    fr="Corrigez les valeurs en cause ; les lignes modifiées sont réimportées, les autres restent ici.",
)
MESSAGE = Text(en="Rejected message {number}", fr="Message rejeté {number}")
MENDING = Text(en="Import of mended rows of “{name}”", fr="Import de lignes corrigées de « {name} »")
MENDED = Plural(
    Text(en="{n} mended row is stored.", fr="{n} ligne corrigée est gardée."),
    Text(en="{n} mended rows are stored.", fr="{n} lignes corrigées sont gardées."),
)
NONE_MENDED = Text(en="The rows are still rejected: {reasons}", fr="Les lignes sont toujours rejetées : {reasons}")
NOTHING_CHANGED = Text(
    en="No value was changed: nothing was imported.", fr="Aucune valeur n'a été changée : rien n'a été importé."
)
DROPPED = Plural(
    Text(en="{n} row was given up.", fr="{n} ligne a été abandonnée."),
    Text(en="{n} rows were given up.", fr="{n} lignes ont été abandonnées."),
)
STORED = Text(en="The message is stored.", fr="Le message est gardé.")
DUPLICATE = Text(
    en="A message with this number was there already; it is settled.",
    fr="Un message de ce numéro était déjà là ; c'est réglé.",
)
GIVEN_UP = Text(en="The message was given up.", fr="Le message a été abandonné.")
STILL = Text(en="Still rejected: {reason}", fr="Toujours rejeté : {reason}")
NO_JSON = Text(en="this is not a JSON object", fr="ce n'est pas un objet JSON")
SETTLED = Text(en="This message was settled before.", fr="Le sort de ce message est déjà réglé.")
STATES = {
    "open": Text(en="waiting", fr="en attente"),
    "replayed": Text(en="replayed", fr="rejoués"),
    "dropped": Text(en="given up", fr="abandonnés"),
}
REMEDIES = {
    "missing": Text(en="Fill this field in.", fr="Remplissez ce champ."),
    "nobody": Text(en="Add userId or anonymousId.", fr="Ajoutez userId ou anonymousId."),
    "too_long": Text(en="Shorten this text.", fr="Raccourcissez ce texte."),
    "not_an_instant": Text(
        en="Write it in ISO 8601 with its time zone.", fr="Écrivez-le en ISO 8601, avec son fuseau horaire."
    ),
    "unknown_type": Text(
        en="Write one of identify, track, page, screen, group, `alias`.",
        fr="Écrivez identify, track, page, screen, group ou `alias`.",
    ),
    "not_text": Text(en="Put it between quotes.", fr="Mettez-le entre guillemets droits."),
}
OTHERWISE = Text(
    en="Mend the message below and replay it, or give it up.",
    fr="Corrigez le message ci-dessous et rejouez-le, ou abandonnez-le.",
)
WORDS: dict[str, Text | Plural] = {
    "files": Text(en="Rows of files", fr="Lignes de fichiers"),
    "messages": Text(en="Messages", fr="Messages"),
    "file": Text(en="File", fr="Fichier"),
    "imported": Text(en="Imported", fr="Importé"),
    "rows": Text(en="Rows waiting", fr="Lignes en attente"),
    "no_files": Text(en="No row of a file waits.", fr="Aucune ligne de fichier n'attend."),
    "no_messages": Text(en="No message is in this state.", fr="Aucun message n'est dans cet état."),
    "state": Text(en="State", fr="État"),
    "number": Text(en="Number", fr="Numéro"),
    "received": Text(en="Received", fr="Reçu"),
    "source": Text(en="Source", fr="Source"),
    "reason": Text(en="Reason", fr="Motif"),
    "field": Text(en="Field", fr="Champ"),
    "line": Text(en="Line", fr="Ligne"),
    "column": Text(en="Column", fr="Colonne"),
    "value": Text(en="Value", fr="Valeur"),
    "mend": Text(en="Import the rows that I changed", fr="Importer les lignes modifiées"),
    "drop_all": Text(en="Give up the rows of this page", fr="Abandonner les lignes de cette page"),
    "download": Text(en="All of them as CSV", fr="Toutes en CSV"),
    "not_kept": Text(
        en="Nothing of this file was stored, so that its rows cannot be mended here: correct the file and import it "
        "again.",
        fr="Rien de ce fichier n'a été gardé, ses lignes ne peuvent donc pas être corrigées ici : corrigez le fichier "
        "et importez-le de nouveau.",
    ),
    "whole_row": Text(en="the whole row", fr="toute la ligne"),
    "all_settled": Text(en="Every row of this file is settled.", fr="Toutes les lignes de ce fichier sont réglées."),
    "what_to_do": Text(en="What to do:", fr="Que faire :"),
    "content": Text(en="The message", fr="Le message"),
    "content_help": Text(en="As JSON; change what is at fault.", fr="En JSON ; corrigez ce qui est en cause."),
    "replay": Text(en="Replay", fr="Rejouer"),
    "drop": Text(en="Give up", fr="Abandonner"),
    "bytes": Text(en="It is not text and can only be given up.", fr="Ce n'est pas du texte : à abandonner."),
    "settled": Text(en="Settled", fr="Réglé"),
    "show": Text(en="Show", fr="Montrer"),
    "any": Text(en="any reason", fr="tous les motifs"),
}
