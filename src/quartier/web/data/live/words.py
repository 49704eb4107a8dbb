"""What the page of what arrives says."""

from quartier.language import Plural, Text

TITLE = Text(en="Arriving now", fr="En direct")
SENTENCE = Text(
    en="The newest messages from pages, applications and servers, as the journal keeps them.",
    fr="Les derniers messages des pages, applications et serveurs, tels que le journal les garde.",
)
WORDS: dict[str, Text | Plural] = {
    "per_minute": Text(en="A minute, over five minutes", fr="Par minute, sur cinq minutes"),
    "at_least": Text(en="at least {n}", fr="au moins {n}"),
    "ever": Text(en="Messages in all", fr="Messages en tout"),
    "rejected": Text(en="Rejected and waiting", fr="Rejetés, en attente"),
    "pause": Text(en="Pause", fr="Mettre en pause"),
    "go_on": Text(en="Go on", fr="Reprendre"),
    "reload": Text(en="Load again", fr="Recharger"),
    "newest": Text(en="The newest messages", fr="Les derniers messages"),
    "at": Text(en="Received", fr="Reçu"),
    "what": Text(en="What", fr="Quoi"),
    "person": Text(en="Who", fr="Qui"),
    "source": Text(en="Source", fr="Source"),
    "fields": Text(en="Fields", fr="Champs"),
    "nothing": Text(en="Nothing has arrived yet", fr="Rien n'est encore arrivé"),
    "nothing_text": Text(
        en="Give a write key to a page or an application: what its visitors do appears here within seconds.",
        fr="Donnez une clé d'écriture à une page ou une application : ce que font ses visiteurs apparaît ici en "
        "quelques secondes.",
    ),
    "keys": Text(en="Write keys", fr="Clés d'écriture"),
    "reason": Text(en="Reason", fr="Motif"),
    "field": Text(en="Field", fr="Champ"),
}
