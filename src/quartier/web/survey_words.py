"""The small words of the pages of surveys, in both languages."""

from quartier.language import Language, Text

NAMES: dict[Language, str] = {"en": "English", "fr": "Français"}

BUTTONS = {
    "next": Text(en="Next", fr="Suivant"),
    "back": Text(en="Back", fr="Retour"),
    "send": Text(en="Send my answers", fr="Envoyer mes réponses"),
    "decline": Text(en="No, thank you", fr="Non, merci"),
    "optional": Text(en="(optional)", fr="(facultatif)"),
    "own": Text(en="If other, please say which", fr="Si autre, précisez"),
    "errors": Text(en="Some answers need another look", fr="Certaines réponses sont à revoir"),
    "trouble": Text(en="Your answers could not be kept", fr="Vos réponses n'ont pas pu être gardées"),
}
STEP = Text(en="Step {step} of {steps}", fr="Étape {step} sur {steps}")
ERROR_HEAD = Text(en="To correct: {title}", fr="À corriger : {title}")
HEAD = Text(en="{title} · {owner}", fr="{title} · {owner}")
OTHER = Text(en="Other", fr="Autre")
EMAIL = Text(en="Your e-mail address", fr="Votre adresse e-mail")
EMAIL_HELP = Text(
    en="Your answers are kept with it, and it tells {owner} who you are.",
    fr="Vos réponses sont gardées avec elle, et elle dit à {owner} qui vous êtes.",
)
NO_EMAIL = Text(
    en="Please write your e-mail address, such as name@example.com.",
    fr="Écrivez votre adresse e-mail, comme nom@exemple.fr.",
)
NO_CONSENT = Text(
    en="Your answers can only be kept if you agree.", fr="Vos réponses ne peuvent être gardées qu'avec votre accord."
)
CONSENT = Text(en="Your agreement", fr="Votre accord")
ANONYMOUS = Text(
    en="Your answers are anonymous: nothing ties them to you, and this page sets no cookie.",
    fr="Vos réponses sont anonymes : rien ne les rattache à vous, et cette page ne pose aucun cookie.",
)
KNOWN = Text(
    en="This link is yours: {owner} keeps your answers with what it knows of you. This page sets no cookie.",
    fr="Ce lien est le vôtre : {owner} garde vos réponses avec ce qu'il sait de vous. Cette page ne pose aucun cookie.",
)
ASKED = Text(
    en="{owner} keeps your answers with your e-mail address. This page sets no cookie.",
    fr="{owner} garde vos réponses avec votre adresse e-mail. Cette page ne pose aucun cookie.",
)
ALL_TOO_LONG = Text(
    en="All answers together are too long: please shorten this one.",
    fr="L'ensemble des réponses est trop long : raccourcissez celle-ci.",
)
LATER = Text(
    en="It is not your fault, and nothing you wrote is lost: send them again in a minute.",
    fr="Vous n'y êtes pour rien, et rien de ce que vous avez écrit n'est perdu : renvoyez-les dans une minute.",
)
TOO_OFTEN = Text(
    en="Very many answers come from your connection. Nothing you wrote is lost: send it again in half a minute.",
    fr="Il arrive beaucoup de réponses de votre connexion. Rien de ce que vous avez écrit n'est perdu : renvoyez-le "
    "dans une demi-minute.",
)

THANKS = Text(en="Thank you", fr="Merci")
KEPT = Text(
    en="Your answers are kept. You can close this page.", fr="Vos réponses sont gardées. Vous pouvez fermer la page."
)
DECLINED = Text(en="As you wish", fr="C'est noté")
NOT_AGAIN = Text(
    en="You will not be asked this again. You can close this page.",
    fr="On ne vous reposera pas ces questions. Vous pouvez fermer la page.",
)
ANSWERED = Text(en="You have answered already", fr="Vous avez déjà répondu")
ONCE = Text(
    en="Thank you: your answers are kept, and each link serves once.",
    fr="Merci : vos réponses sont gardées, et chaque lien ne sert qu'une fois.",
)
CLOSED = Text(en="This survey is closed", fr="Cette enquête est close")
CLOSED_TEXT = Text(
    en="It takes no answers at the moment. Thank you for coming.",
    fr="Elle ne prend pas de réponses en ce moment. Merci de votre visite.",
)
ENDED = Text(en="This link has ended", fr="Ce lien n'est plus valable")
ENDED_TEXT = Text(
    en="Links to surveys last a few weeks. Thank you for coming.",
    fr="Les liens vers les enquêtes durent quelques semaines. Merci de votre visite.",
)
UNKNOWN = Text(en="There is no survey here", fr="Il n'y a pas d'enquête ici")
UNKNOWN_TEXT = Text(
    en="Check the address: a letter may be missing at its end.",
    fr="Vérifiez l'adresse : il manque peut-être une lettre à la fin.",
)
TOO_LARGE = Text(en="This is too long to be kept", fr="C'est trop long pour être gardé")
TOO_LARGE_TEXT = Text(
    en="Go back in your browser and shorten your longest answer.",
    fr="Revenez en arrière dans votre navigateur et raccourcissez votre réponse la plus longue.",
)
UNAVAILABLE = Text(en="This survey cannot be shown just now", fr="Cette enquête ne peut pas s'afficher pour l'instant")
UNAVAILABLE_TEXT = Text(en="Please come back in a minute.", fr="Revenez dans une minute.")
BUSY = Text(en="One moment, please", fr="Un instant, s'il vous plaît")
BUSY_TEXT = Text(
    en="This page was asked for very often from your connection. Please come back in half a minute.",
    fr="Cette page a été demandée très souvent depuis votre connexion. Revenez dans une demi-minute.",
)
