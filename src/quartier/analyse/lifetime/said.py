"""What is said of a run of lifetime value: how sure it is, what it assumes, what it leaves out."""

from quartier.analyse.lifetime.definition import LifetimeValue
from quartier.analyse.lifetime.figures import Check, LifetimeFigures
from quartier.errors import NoAnswer
from quartier.language import Plural, Said, Text, percent

STRONG = 0.3
"""A correlation beyond which independence of how often and for how much is no longer a fair assumption."""
UNSURE = 1.0
"""A standard error of a logarithm beyond which a parameter may be seven times less or more."""
FAR = 0.25
"""The part by which a forecast may miss before it is said to be poor."""


def findings(
    document: LifetimeValue, figures: LifetimeFigures, kept: float, silence: NoAnswer | None, unchecked: NoAnswer | None
) -> tuple[Said, ...]:
    """The sentences, in the order in which a reader needs them."""
    by_day = document.method != "bg-bb"
    told = [
        (_RETURNED if by_day else _OCCASIONS).with_(n=figures.returned, of=figures.customers, days=document.occasion)
    ]
    told.append(_about_check(figures.check) if figures.check else _UNCHECKED.with_(why=_why(unchecked)))
    told += _about_value(document, figures, kept, silence)
    if document.within is not None:
        told.append(_WINDOWED.with_(within=document.within))
    if document.method == "bg-nbd":
        told.append(_ONCE.with_(n=figures.customers - figures.returned))
    wide = [each.name for each in figures.law.parameters if each.error / each.value > UNSURE]
    if wide:
        told.append(_UNSURE.with_(names=wide, method=figures.law.method))
    return tuple(told)


def missed(found: Check) -> float:
    """By what part the forecast missed what happened: negative when it was too low."""
    return found.predicted / found.actual - 1 if found.actual else 0.0


def _about_check(found: Check) -> Said:
    if not found.actual:
        return _NOTHING_HAPPENED.with_(weeks=round(found.weeks), predicted=round(found.predicted))
    missing = missed(found)
    text = _LOW if missing < -0.005 else _HIGH if missing > 0.005 else _EXACT
    told = text.with_(
        weeks=round(found.weeks), predicted=round(found.predicted), actual=found.actual, part=_part(abs(missing))
    )
    return told if abs(missing) <= FAR else _POOR.with_(told=told)


def _about_value(
    document: LifetimeValue, figures: LifetimeFigures, kept: float, silence: NoAnswer | None
) -> list[Said]:
    if figures.correlation is None:
        return [_NO_VALUE.with_(why=_why(silence))]
    told = [
        (_RELATED if abs(figures.correlation) > STRONG else _UNRELATED).with_(r=round(figures.correlation, 2) or 0.0)
    ]
    told.append(_REVENUE.with_() if document.margin is None else _MARGIN.with_(part=_part(document.margin)))
    if kept < 1:
        told.append(_REFUNDS.with_(part=_part(1 - kept)))
    return told


def _why(reason: NoAnswer | None) -> Text | Said | str:
    return reason.what if reason else ""


def _part(value: float) -> Text:
    return Text(en=percent(value, "en"), fr=percent(value, "fr"))


NO_PURCHASES = Text(
    en="nobody has bought anything yet: there is no purchase to learn from",
    fr="personne n'a encore rien acheté : aucun achat dont tirer une leçon",
)
IMPORT_ORDERS = Text(
    en="bring in orders, or name the event that is a purchase",
    fr="importez des commandes, ou nommez l'événement qui est un achat",
)
_RETURNED = Text(
    en="Learned from {n} customers who bought on more than one day, of {of}. Purchases of one day count as one.",
    fr="Appris de {n} clients qui ont acheté plus d'un jour, sur {of}. Les achats d'un même jour comptent pour un.",
)
_OCCASIONS = Text(
    en="Learned from {n} customers who bought on a later occasion, of {of}. An occasion is {days} days, counted from "
    "each customer's first purchase; purchases within one count as one, and one that is not over is left out.",
    fr="Appris de {n} clients qui ont acheté à une occasion suivante, sur {of}. Une occasion fait {days} jours, "
    "comptés du premier achat de chaque client ; ses achats comptent pour un, et celle qui n'est pas finie est laissée "
    "de côté.",
)
_LOW = Text(
    en="Checked on the last {weeks} weeks, which were kept back: {predicted} purchases were forecast and {actual} "
    "happened, {part} too few.",
    fr="Vérifié sur les {weeks} dernières semaines, mises de côté : {predicted} achats étaient prévus, {actual} ont eu "
    "lieu, soit {part} de trop peu.",
)
_HIGH = Text(
    en="Checked on the last {weeks} weeks, which were kept back: {predicted} purchases were forecast and {actual} "
    "happened, {part} too many.",
    fr="Vérifié sur les {weeks} dernières semaines, mises de côté : {predicted} achats étaient prévus, {actual} ont eu "
    "lieu, soit {part} de trop.",
)
_EXACT = Text(
    en="Checked on the last {weeks} weeks, which were kept back: {predicted} purchases were forecast and {actual} "
    "happened.",
    fr="Vérifié sur les {weeks} dernières semaines, mises de côté : {predicted} achats étaient prévus, {actual} ont eu "
    "lieu.",
)
_POOR = Text(
    en="{told} So wide a miss means that the near past is unlike the time before: use the order of customers, not the "
    "amounts.",
    fr="{told} Un tel écart veut dire que le passé proche ne ressemble pas à ce qui précède : servez-vous du "
    "classement des clients, pas des montants.",
)
_NOTHING_HAPPENED = Text(
    en="In the last {weeks} weeks, which were kept back, nobody bought again, where {predicted} purchases were "
    "forecast: look whether orders are missing.",
    fr="Dans les {weeks} dernières semaines, mises de côté, personne n'a racheté, alors que {predicted} achats étaient "
    "prévus : regardez s'il manque des commandes.",
)
_UNCHECKED = Text(
    en="The forecast could not be checked against a time kept back: {why}.",
    fr="La prévision n'a pas pu être vérifiée sur un temps mis de côté : {why}.",
)
_RELATED = Text(
    en="Who buys more often also spends differently per purchase (correlation {r}): the model takes these for "
    "independent, so read values of frequent buyers with care.",
    fr="Qui achète plus souvent dépense aussi autrement par achat (corrélation {r}) : le modèle suppose "
    "l'indépendance, lisez donc avec prudence la valeur des acheteurs fréquents.",
)
_UNRELATED = Text(
    en="The model takes spend per purchase for independent of how often people buy; here their correlation is {r}.",
    fr="Le modèle suppose que le montant par achat ne dépend pas de la fréquence d'achat ; ici leur corrélation est "
    "de {r}.",
)
_NO_VALUE = Text(
    en="Purchases are forecast, their value is not: {why}.",
    fr="Les achats sont prévus, pas leur valeur : {why}.",
)
_REVENUE = Text(
    en="Value is revenue, since no margin was given.",
    fr="La valeur est un chiffre d'affaires, faute de marge indiquée.",
)
_MARGIN = Text(
    en="Value is {part} of revenue, the margin that was given.",
    fr="La valeur est {part} du chiffre d'affaires, la marge indiquée.",
)
_REFUNDS = Text(
    en="{part} of what was bought was given back; the same part is taken off everyone's value.",
    fr="{part} de ce qui a été acheté a été remboursé ; la même part est retirée de la valeur de chacun.",
)
_WINDOWED = Text(
    en="Only purchases of {within} count: for older customers the first of these passes for their first ever, which "
    "makes them look younger than they are.",
    fr="Seuls les achats de la période {within} comptent : pour les clients plus anciens, le premier d'entre eux passe "
    "pour leur tout premier, ce qui les fait paraître plus récents qu'ils ne sont.",
)
_ONCE = Plural(
    one=Text(
        en="BG/NBD takes the {n} customer who bought once for still there, however long ago: look at their purchases "
        "to expect, or compare MBG/NBD.",
        fr="BG/NBD tient le client ({n}) qui n'a acheté qu'une fois pour encore là, même après longtemps : regardez "
        "ses achats attendus, ou comparez MBG/NBD.",
    ),
    other=Text(
        en="BG/NBD takes the {n} customers who bought once for still there, however long ago: look at their purchases "
        "to expect, or compare MBG/NBD.",
        fr="BG/NBD tient les {n} clients qui n'ont acheté qu'une fois pour encore là, même après longtemps : regardez "
        "leurs achats attendus, ou comparez MBG/NBD.",
    ),
)
_UNSURE = Text(
    en="These purchases settle {names} of {method} poorly: forecasts for groups hold better than those for one person.",
    fr="Ces achats fixent mal {names} de {method} : les prévisions valent mieux pour des groupes que pour une "
    "personne.",
)
