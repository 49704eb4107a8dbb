"""The words of signing in."""

from quartier.language import Text
from quartier.store.invitations import Purpose

SIGN_IN = Text(en="Sign in", fr="Se connecter")
WORDS = {
    "sign_in": SIGN_IN,
    "email": Text(en="E-mail", fr="E-mail"),
    "password": Text(en="Password", fr="Mot de passe"),
    "name": Text(en="Your name", fr="Votre nom"),
    "password_help": Text(
        en="At least 10 characters; a few words in a row that have nothing to do with one another are easy to "
        "remember and hard to guess.",
        fr="Au moins 10 caractères ; quelques mots sans rapport, mis bout à bout, se retiennent bien et"
        " se devinent mal.",
    ),
    "name_help": Text(
        en="As others see it beside what you do.", fr="Tel que les autres le voient à côté de vos actions."
    ),
    "come_in": Text(en="Save and sign in", fr="Enregistrer et se connecter"),
    "forgotten": Text(
        en="Forgotten your password? An owner of the workspace can give you a link to choose another one.",
        fr="Mot de passe oublié ? Un propriétaire de l'espace peut vous donner un lien pour en choisir un autre.",
    ),
    "elsewhere": Text(en="Sign in with {provider}", fr="Se connecter avec {provider}"),
    "code": Text(en="Code of six figures", fr="Code à six chiffres"),
    "code_help": Text(
        en="Your telephone is lost? Type one of your recovery codes, or ask an owner to take the second factor off.",
        fr="Téléphone perdu ? Tapez l'un de vos codes de secours, ou demandez à un propriétaire de retirer le second "
        "facteur.",
    ),
    "or": Text(en="or", fr="ou"),
    "unencrypted": Text(
        en="This connection is not encrypted: passwords can be read on the way. Use https, or a tunnel to this"
        " machine.",
        fr="Cette connexion n'est pas chiffrée : les mots de passe peuvent être lus en chemin. Passez par https, ou"
        " par un tunnel vers cette machine.",
    ),
}
WRONG = Text(en="E-mail and password do not belong together.", fr="Cet e-mail et ce mot de passe ne vont pas ensemble.")
WRONG_CODE = Text(
    en="This code does not hold. Each works once: wait for the next one.",
    fr="Ce code ne convient pas. Chacun ne sert qu'une fois : attendez le suivant.",
)
TOO_LATE = Text(
    en="That took longer than five minutes. Begin again.", fr="Plus de cinq minutes ont passé. Recommencez."
)
CODE = Text(en="One code more", fr="Encore un code")
CODE_SENTENCE = Text(
    en="Type the code that your telephone shows now.", fr="Tapez le code que votre téléphone affiche maintenant."
)
TOO_OFTEN = Text(
    en="Too many tries. Wait a few minutes, then try again.",
    fr="Trop d'essais. Attendez quelques minutes, puis réessayez.",
)
NEW = Text(
    en="Nobody can sign in yet. The link with which the first owner comes in was printed when the server started.",
    fr="Personne ne peut encore se connecter. Le lien du premier propriétaire a été affiché au démarrage du serveur.",
)
TITLES: dict[Purpose, Text] = {
    "setup": Text(en="Set up your workspace", fr="Préparer votre espace"),
    "invite": Text(en="Welcome", fr="Bienvenue"),
    "password": Text(en="Choose another password", fr="Choisir un autre mot de passe"),
}
SENTENCES: dict[Purpose, Text] = {
    "setup": Text(
        en="You are its first owner: you invite the others.",
        fr="Vous en êtes le premier propriétaire : vous inviterez les autres.",
    ),
    "invite": Text(en="You have been invited to “{owner}”.", fr="Vous êtes invité à rejoindre « {owner} »."),
    "password": Text(
        en="It takes the place of the one before; you are signed out everywhere else.",
        fr="Il remplace le précédent ; vous serez déconnecté partout ailleurs.",
    ),
}
CAME_IN = Text(en="Welcome, {name}.", fr="Bienvenue, {name}.")
