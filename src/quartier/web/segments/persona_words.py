"""What a persona says of surveys, and of words against deeds, as tables of written cells."""

from collections.abc import Sequence

from quartier.analyse.personas.divergences import Divergence, Part
from quartier.analyse.personas.sheet import Answered, Estimated
from quartier.analyse.surveys.results import Estimate
from quartier.analyse.surveys.wording import BETWEEN, written
from quartier.language import Language, Text, percent, whole
from quartier.report.page import Column, Table
from quartier.report.written import DASH, NB, money


def survey_answers(answers: Sequence[Answered], language: Language) -> Table | None:
    """One row per question: the members against the rest; None where nobody was asked."""
    if not answers:
        return None
    rows = tuple(
        (
            each.text.to(language) if each.option is None
            else _CHOSE.to(language, text=each.text.to(language), option=each.option.to(language)),
            _estimated(each.own, language),
            _estimated(each.rest, language) if each.rest else DASH,
            whole(each.persons, language),
        )
        for each in answers
    )  # fmt: skip
    return _table(_ANSWERS, (_QUESTION,), (_MEMBERS, _REST, _ANSWERED), rows, language)


def said_and_done(divergences: Sequence[Divergence], currency: str, language: Language) -> Table | None:
    """One row per pair: what was said, what was done otherwise, by how many of those who said so."""
    if not divergences:
        return None
    rows = tuple(
        (
            _said(each, language), _done(each, currency, language), _part(each.own, language),
            _part(each.rest, language) if each.rest else DASH,
        )
        for each in divergences
    )  # fmt: skip
    return _table(_DIVERGENCES, (_SAID, _DONE), (_OF_MEMBERS, _OF_REST), rows, language)


def unpaired(pairs: Sequence[str], language: Language) -> tuple[str, ...]:
    """What would be needed for the pairs that cannot be told."""
    return tuple(NEEDED[each].to(language) for each in pairs)


def _said(each: Divergence, language: Language) -> str:
    label = each.label.to(language)
    if each.points is None:
        return SAYS[each.pair].to(language, label=label)
    said = SAYS[each.pair].to(language, label=label)
    return _POINTS.to(language, said=said, low=each.at_least, high=each.points)


def _done(each: Divergence, currency: str, language: Language) -> str:
    if each.deed == "dear":
        return _DEAR.to(language, amount=money(each.amount, currency, language))
    return (_LAPSED if each.deed == "lapsed" else _NOT_SINCE).to(language, days=each.days)


def _part(part: Part, language: Language) -> str:
    if part.share is None or part.observed is None or part.low is None or part.high is None:
        return _FEW.to(language, of=part.persons)
    low, high = percent(part.low, language, 0), percent(part.high, language, 0)
    counted = _COUNTED.to(language, share=percent(part.share, language, 0), n=part.observed, of=part.persons)
    return f"{counted} {BETWEEN.to(language, low=low, high=high)}"


def _estimated(each: Estimated, language: Language) -> str:
    interval = None if each.low is None or each.high is None else (each.low, each.high)
    if each.kind != "share":
        return written(Estimate(each.kind, each.value, interval), language)
    share = percent(each.value, language, 0)
    if interval is None:
        return share
    low, high = (percent(end, language, 0) for end in interval)
    return f"{share} {BETWEEN.to(language, low=low, high=high)}"


def _table(
    caption: Text, words: Sequence[Text], figures: Sequence[Text], rows: tuple[tuple[str, ...], ...], language: Language
) -> Table:
    """Columns of words, then of figures: only those bear their heads where a row is a card."""
    columns = [Column(each.to(language), is_figure=False) for each in words]
    columns += [Column(each.to(language), is_figure=True) for each in figures]
    return Table(caption.to(language), tuple(columns), rows)


SAYS = {
    "satisfied": Text(en="Says to be satisfied: {label}", fr="Se dit satisfait : {label}"),
    "recommends": Text(en="Would recommend: {label}", fr="Recommanderait : {label}"),
    "price": Text(en="Says that price decides: {label}", fr="Dit que le prix décide : {label}"),
    "intends": Text(en="Says to intend to buy: {label}", fr="Dit vouloir acheter : {label}"),
}
NEEDED = {
    "satisfied": Text(
        en="Satisfaction against lapsing: a satisfaction question (CSAT), or a trait “satisfaction”, answered by five "
        "customers among the members.",
        fr="Satisfaction contre abandon : une question de satisfaction (CSAT), ou un trait « satisfaction », avec "
        "cinq réponses de clients parmi les membres.",
    ),
    "recommends": Text(
        en="Recommending against lapsing: an NPS question, or a trait “recommends”, answered by five customers among "
        "the members.",
        fr="Recommandation contre abandon : une question NPS, ou un trait « recommends », avec cinq réponses de "
        "clients parmi les membres.",
    ),
    "price": Text(
        en="Price against spending: a trait “price_matters” or “price_sensitive”, on a scale or yes and no, of five "
        "customers among the members.",
        fr="Prix contre dépense : un trait « price_matters » ou « sensible_au_prix », sur une échelle ou par oui et "
        "non, pour cinq clients parmi les membres.",
    ),
    "intends": Text(
        en="Intention against purchase: a trait “purchase_intent” or “will_buy”, with the day of the answer in a trait "
        "“answered_on”, of five members at least 30 days ago.",
        fr="Intention contre achat : un trait « purchase_intent » ou « intention_achat », avec le jour de la réponse "
        "dans un trait « answered_on », pour cinq membres il y a au moins 30 jours.",
    ),
}
_POINTS = Text(en="{said} ({low} to {high})", fr="{said} (de {low} à {high})")
_LAPSED = Text(en="No purchase for more than {days} days", fr="Aucun achat depuis plus de {days} jours")
_DEAR = Text(
    en="Mean order above that of half of all customers ({amount})",
    fr="Commande moyenne au-dessus de celle de la moitié des clients ({amount})",
)
_NOT_SINCE = Text(
    en="No purchase since the answer, at least {days} days ago",
    fr="Aucun achat depuis la réponse, il y a au moins {days} jours",
)
_COUNTED = Text(en="{share}: {n} of {of}", fr="{share} : {n} sur {of}")
_FEW = Text(en="of {of}, too few on one side to be told", fr="sur {of}, trop peu d'un côté pour être dit")
_CHOSE = Text(en="{text} {option}", fr="{text} {option}")
_ANSWERS = Text(en="Answers to surveys, with 95% intervals", fr=f"Réponses aux enquêtes, intervalles à 95{NB}%")
_QUESTION = Text(en="question", fr="question")
_MEMBERS = Text(en="members", fr="membres")
_REST = Text(en="rest", fr="reste")
_ANSWERED = Text(en="members who answered", fr="membres ayant répondu")
_DIVERGENCES = Text(en="Said and done, with 95% intervals", fr=f"Dires et actes, intervalles à 95{NB}%")
_SAID = Text(en="said", fr="dit")
_DONE = Text(en="done", fr="fait")
_OF_MEMBERS = Text(en="of the members who said so", fr="des membres qui l'ont dit")
_OF_REST = Text(en="of the rest who said so", fr="du reste qui l'a dit")
