"""The words of settings."""

from quartier.language import Text

TABS = {
    "/settings": Text(en="My profile", fr="Mon profil"),
    "/settings/users": Text(en="Users", fr="Utilisateurs"),
    "/settings/keys": Text(en="Keys", fr="Clés"),
    "/settings/workspace": Text(en="Workspace", fr="Espace de travail"),
    "/settings/audit": Text(en="Audit log", fr="Journal d'audit"),
}
SENTENCES = {
    "/settings": Text(
        en="How you read, your password, and where you are signed in.",
        fr="Votre lecture, votre mot de passe et vos sessions ouvertes.",
    ),
    "/settings/users": Text(
        en="Who signs in, and what each of them may do.", fr="Qui se connecte, et ce que chacun peut faire."
    ),
    "/settings/keys": Text(
        en="With a write key messages are sent; with a secret key a program asks the API.",
        fr="Une clé d'écriture envoie des messages ; une clé secrète permet à un programme d'interroger l'API.",
    ),
    "/settings/workspace": Text(en="What holds for everybody.", fr="Ce qui vaut pour tout le monde."),
    "/settings/audit": Text(
        en="What users and programs did, the newest first; each row holds the digest of the one before.",
        fr="Qui a fait quoi, du plus récent au plus ancien ; chaque ligne garde l'empreinte de la précédente.",
    ),
}
WORDS = {
    "settings": Text(en="Settings", fr="Réglages"),
    "errors": Text(en="Something needs mending", fr="Il y a quelque chose à corriger"),
    "name": Text(en="Name", fr="Nom"),
    "email": Text(en="E-mail", fr="E-mail"),
    "role": Text(en="Role", fr="Rôle"),
    "language": Text(en="Language", fr="Langue"),
    "theme": Text(en="Light", fr="Luminosité"),
    "as_browser": Text(en="As the browser asks", fr="Selon le navigateur"),
    "light": Text(en="Light", fr="Claire"),
    "dark": Text(en="Dark", fr="Sombre"),
    "save": Text(en="Save", fr="Enregistrer"),
    "password": Text(en="Password", fr="Mot de passe"),
    "old": Text(en="Present password", fr="Mot de passe actuel"),
    "new": Text(en="New password", fr="Nouveau mot de passe"),
    "new_help": Text(
        en="At least 10 characters. You are signed out everywhere else.",
        fr="Au moins 10 caractères. Vous serez déconnecté partout ailleurs.",
    ),
    "change_password": Text(en="Change the password", fr="Changer le mot de passe"),
    "second_factor": Text(en="Second factor", fr="Second facteur"),
    "factor_on": Text(en="A code of your telephone is asked for.", fr="Un code de votre téléphone est demandé."),
    "factor_off": Text(en="Your password alone lets you in.", fr="Votre mot de passe suffit pour entrer."),
    "factor_to": Text(en="Set it up or take it off", fr="L'activer ou le retirer"),
    "take_off": Text(en="Take the second factor off", fr="Retirer le second facteur"),
    "forget_provider": Text(en="Forget the provider's account", fr="Oublier le compte du fournisseur"),
    "sessions": Text(en="Where you are signed in", fr="Vos sessions ouvertes"),
    "browser": Text(en="Browser", fr="Navigateur"),
    "since": Text(en="Since", fr="Depuis"),
    "seen": Text(en="Last used", fr="Dernière activité"),
    "here": Text(en="this browser", fr="ce navigateur"),
    "elsewhere": Text(en="Sign out elsewhere", fr="Se déconnecter ailleurs"),
    "invite": Text(en="Invite somebody", fr="Inviter quelqu'un"),
    "invite_action": Text(en="Make the link", fr="Créer le lien"),
    "link": Text(en="Link to give, once", fr="Lien à transmettre, une fois"),
    "link_help": Text(
        en="Give it to this person alone: it works once and is not shown again.",
        fr="Donnez-le à cette seule personne : il sert une fois et ne sera plus affiché.",
    ),
    "state": Text(en="State", fr="État"),
    "open": Text(en="open", fr="ouvert"),
    "closed": Text(en="closed", fr="fermé"),
    "close": Text(en="Close", fr="Fermer"),
    "reopen": Text(en="Reopen", fr="Rouvrir"),
    "new_password": Text(en="New password link", fr="Lien de nouveau mot de passe"),
    "give_role": Text(en="Give", fr="Donner"),
    "you": Text(en="you", fr="vous"),
    "set_up_link": Text(en="first sign-in (printed at the start)", fr="première connexion (affichée au démarrage)"),
    "open_links": Text(en="Links not used yet", fr="Liens pas encore utilisés"),
    "expires": Text(en="Until", fr="Jusqu'au"),
    "actions": Text(en="Actions", fr="Actions"),
    "may": Text(en="What each role may do", fr="Ce que peut faire chaque rôle"),
    "yes": Text(en="yes", fr="oui"),
    "no": Text(en="no", fr="non"),
    "write_keys": Text(en="Write keys", fr="Clés d'écriture"),
    "secret_keys": Text(en="Secret keys", fr="Clés secrètes"),
    "no_keys": Text(en="There are none yet.", fr="Il n'y en a pas encore."),
    "key": Text(en="Key", fr="Clé"),
    "source": Text(en="Source", fr="Source"),
    "source_help": Text(en="For example web, app or server.", fr="Par exemple web, app ou serveur."),
    "origins": Text(en="Web origins", fr="Sites"),
    "origins_help": Text(
        en="Only pages of these may use it; separated by blanks, all unless given.",
        fr="Seules leurs pages pourront l'utiliser ; séparés par des espaces, tous par défaut.",
    ),
    "make_write": Text(en="Create a write key", fr="Créer une clé d'écriture"),
    "make_secret": Text(en="Create a secret key", fr="Créer une clé secrète"),
    "key_name": Text(en="What it is for", fr="Son usage"),
    "scopes": Text(en="What it opens", fr="Ce qu'elle ouvre"),
    "all_scopes": Text(en="all that programs may do", fr="tout ce que peuvent les programmes"),
    "days": Text(en="In force for", fr="En vigueur pendant"),
    "days_unit": Text(en="days; for ever when empty", fr="jours ; sans fin si vide"),
    "revoke": Text(en="Revoke", fr="Révoquer"),
    "revoked": Text(en="revoked", fr="révoquée"),
    "expired": Text(en="expired", fr="expirée"),
    "in_force": Text(en="in force", fr="en vigueur"),
    "made": Text(en="The new secret key", fr="La nouvelle clé secrète"),
    "made_help": Text(
        en="Keep it now: it cannot be shown again.", fr="Gardez-la maintenant : elle ne pourra plus être affichée."
    ),
    "time_zone": Text(en="Time zone", fr="Fuseau horaire"),
    "currency": Text(en="Currency", fr="Devise"),
    "country": Text(en="Country", fr="Pays"),
    "country_help": Text(
        en="Of phones and postal codes that name none (FR, BE, GB).",
        fr="Celui des téléphones et codes postaux qui n'en nomment aucun (FR, BE, GB).",
    ),
    "places": Text(en="Derive where persons live", fr="Déduire où vivent les personnes"),
    "join_by_domain": Text(
        en="Join persons to the company of their e-mail's domain",
        fr="Rattacher les personnes à l'entreprise de leur domaine d'e-mail",
    ),
    "households": Text(
        en="Make households of one address and one last name", fr="Former des foyers : même adresse, même nom"
    ),
    "waits": Text(
        en="These settings are written to quartier.toml; some take effect when the server is started again.",
        fr="Ces réglages sont écrits dans quartier.toml ; certains ne prendront effet qu'au redémarrage du serveur.",
    ),
    "number": Text(en="No.", fr="N°"),
    "at": Text(en="When", fr="Quand"),
    "who": Text(en="Who", fr="Qui"),
    "what": Text(en="What", fr="Quoi"),
    "about": Text(en="Of what", fr="Sur quoi"),
    "whole": Text(en="Every row is as it was written.", fr="Chaque ligne est telle qu'elle a été écrite."),
    "changed": Text(
        en="Row {n} is missing or is not as it was written.", fr="La ligne {n} manque ou n'est pas telle qu'écrite."
    ),
}
SAVED = Text(en="Saved.", fr="Enregistré.")
PASSWORD_CHANGED = Text(en="Your password is changed.", fr="Votre mot de passe est changé.")
SIGNED_OUT = Text(en="You are signed out everywhere else.", fr="Vous êtes déconnecté partout ailleurs.")
REVOKED = Text(en="The key is revoked.", fr="La clé est révoquée.")
KEY_MADE = Text(en="The write key is ready.", fr="La clé d'écriture est prête.")
WRITE_CONFIG = Text(en="Write the settings", fr="Écrire les réglages")
NO_SCOPE = Text(en="choose at least one thing that it opens", fr="choisissez au moins une chose qu'elle ouvre")
NO_DAYS = Text(en="a number of days from 1 to 3660 is expected", fr="un nombre de jours de 1 à 3660 est attendu")
