"""The base at a glance: a handful of numbers, each with what it is part of."""

from quartier.analyse import Overview
from quartier.language import Language, Text, day, percent, whole
from quartier.report.content import ReportContent
from quartier.report.page import KeyFigure
from quartier.report.written import NB, money


def glance(content: ReportContent, language: Language) -> tuple[KeyFigure, ...]:
    """Persons, customers, orders, revenue, period; what is not known is left out."""
    seen = content.overview
    if seen is None:
        return ()
    found = [KeyFigure(whole(seen.persons, language), _PERSONS.to(language), _email(seen, language))]
    if seen.customers:
        found += _sold(seen, content, language)
    if seen.first_at and seen.last_at:
        first, last = (at.astimezone(content.zone).date() for at in (seen.first_at, seen.last_at))
        since = _DAYS.to(language, n=(last - first).days + 1)
        found.append(KeyFigure(since, _PERIOD.to(language), _DATES.to(language, first=first, last=last)))
    return tuple(found)


def _email(seen: Overview, language: Language) -> str:
    if seen.with_email is None or not seen.persons:
        return ""
    return _EMAIL.to(language, part=percent(seen.with_email / seen.persons, language), n=seen.with_email)


def _sold(seen: Overview, content: ReportContent, language: Language) -> list[KeyFigure]:
    part, repeat = (
        percent(seen.customers / seen.persons, language),
        percent(seen.repeat_customers / seen.customers, language),
    )
    mean = money(seen.mean_order, content.currency, language)
    refunded = money(seen.refunded, content.currency, language)
    return [
        KeyFigure(whole(seen.customers, language), _CUSTOMERS.to(language), _OF_PERSONS.to(language, part=part)),
        KeyFigure(repeat, _REPEAT.to(language), _REPEATED.to(language, n=seen.repeat_customers, of=seen.customers)),
        KeyFigure(whole(seen.orders, language), _ORDERS.to(language), _BASKET.to(language, mean=mean)),
        KeyFigure(
            money(seen.net, content.currency, language),
            _REVENUE.to(language),
            _REFUNDED.to(language, refunded=refunded, n=seen.refunds),
        ),
    ]


def base_instant(content: ReportContent, language: Language) -> str:
    """The period in words for the lead, or nothing."""
    seen = content.overview
    if seen is None or seen.first_at is None:
        return ""
    return day(seen.first_at.astimezone(content.zone).date(), language)


_PERSONS = Text(en="persons", fr="personnes")
_EMAIL = Text(en="{n} with an e-mail ({part})", fr="{n} avec une adresse e-mail ({part})")
_CUSTOMERS = Text(en="customers", fr="clients")
_OF_PERSONS = Text(en="{part} of persons have bought", fr="{part} des personnes ont acheté")
_REPEAT = Text(en="repeat purchase rate", fr="taux de réachat")
_REPEATED = Text(en="{n} of {of} customers bought again", fr="{n} clients sur {of} ont racheté")
_ORDERS = Text(en="orders", fr="commandes")
_BASKET = Text(en="mean order {mean}", fr="panier moyen {mean}")
_REVENUE = Text(en="net revenue", fr="chiffre d'affaires net")
_REFUNDED = Text(en="after {refunded} given back in {n} refunds", fr="après {refunded} rendus en {n} remboursements")
_DAYS = Text(en="{n} days", fr=f"{{n}}{NB}jours")
_PERIOD = Text(en="of history", fr="d'historique")
_DATES = Text(en="{first} to {last}", fr="du {first} au {last}")
