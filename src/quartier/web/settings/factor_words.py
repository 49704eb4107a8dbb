"""The words of the second factor."""

from quartier.language import Text

TITLE = Text(en="Second factor", fr="Second facteur")
SENTENCE = Text(
    en="After your password, a code that your telephone shows: who guesses the one does not have the other.",
    fr="Après votre mot de passe, un code affiché par votre téléphone : deviner l'un ne donne pas l'autre.",
)
WORDS = {
    "settings": Text(en="Settings", fr="Réglages"),
    "errors": Text(en="Something needs mending", fr="Il y a quelque chose à corriger"),
    "off": Text(en="You have none.", fr="Vous n'en avez pas."),
    "off_help": Text(
        en="You need an application for codes on your telephone, such as Aegis, FreeOTP or Google Authenticator.",
        fr="Il vous faut une application de codes sur votre téléphone, comme Aegis, FreeOTP ou Google Authenticator.",
    ),
    "begin": Text(en="Set it up", fr="L'activer"),
    "scan": Text(en="1. Show this to the application", fr="1. Montrez ceci à l'application"),
    "picture": Text(en="QR code with the same content as the text below", fr="QR code, même contenu que le texte"),
    "secret": Text(en="Or type it in there", fr="Ou saisissez-le dans l'application"),
    "secret_help": Text(
        en="By time, six figures. Nobody else may see this.",
        fr="Basé sur le temps, six chiffres. À ne montrer à personne.",
    ),
    "confirm": Text(en="2. Type what it shows", fr="2. Tapez ce qu'elle affiche"),
    "code": Text(en="Code of six figures", fr="Code à six chiffres"),
    "any_code": Text(en="Code, or a recovery code", fr="Code, ou code de secours"),
    "password": Text(en="Present password", fr="Mot de passe actuel"),
    "put_in_force": Text(en="Put it in force", fr="Confirmer"),
    "again": Text(en="Draw another secret", fr="Tirer un autre secret"),
    "on": Text(
        en="In force: you are asked for a code when you sign in.", fr="Actif : un code vous est demandé à la connexion."
    ),
    "left": Text(en="Recovery codes left: {n} of {of}.", fr="Codes de secours restants : {n} sur {of}."),
    "take_off": Text(en="Take it off", fr="Le retirer"),
    "recovery": Text(en="Your recovery codes", fr="Vos codes de secours"),
    "recovery_help": Text(
        en="Print them or write them down now: they are not shown again. Each lets you in once when your telephone is "
        "lost.",
        fr="Imprimez-les ou notez-les maintenant : ils ne seront plus affichés. Chacun vous laisse entrer une fois si "
        "vous perdez votre téléphone.",
    ),
}
TAKEN_OFF = Text(en="The second factor is off.", fr="Le second facteur est retiré.")
WRONG = Text(en="this code does not hold, or was used already", fr="ce code ne convient pas, ou a déjà servi")
TOO_OFTEN = Text(en="too many tries; wait a few minutes", fr="trop d'essais ; attendez quelques minutes")
