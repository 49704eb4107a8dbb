"""The example shop as tables, each as its file shows it: what a shop would export, with French or English headings."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quartier.example import mails, survey, web
from quartier.example.arrays import Days, Floats, Instants, Whole
from quartier.example.goods import PRODUCTS
from quartier.example.groups import euros
from quartier.example.names import COMPANIES, COMPANY_FORMS, INDUSTRIES, LAST, MEN, WOMEN
from quartier.example.orders import Lines, Orders
from quartier.example.persons import BROWSERS, DEVICES, NO_ACCOUNT, PLANS
from quartier.example.places import CITIES, code_digits
from quartier.example.shop import CURRENCIES, Shop

MAIL_DOMAINS: tuple[str, ...] = ("example.com", "example.org", "example.net")
"""Reserved for examples (RFC 2606): nobody receives mail there."""
PHONE_BLOCKS: tuple[str, ...] = (
    "+33639980000",
    "+33199000000",
    "+33261910000",
    "+33353010000",
    "+33465710000",
    "+33536490000",
)
"""Kept free for fiction by the French regulator (ARCEP), ten thousand numbers each."""
BLOCK_SIZE = 10_000
HAS_PHONE_EVERY = 3
CREDIT_SHARE = 0.02
"""How much of an order comes back as credit."""


def customers(shop: Shop) -> pa.Table:
    """The customers as a French shop exports them: semicolons, decimal commas, days first."""
    persons, everyone = shop.persons, np.arange(len(shop.persons))
    first_name = np.where(persons.is_woman, np.array(WOMEN)[persons.first_name], np.array(MEN)[persons.first_name])
    last_name = np.array(LAST)[persons.last_name]
    countries = np.array([city.country for city in CITIES])
    return pa.table(
        {
            "N° client": _user_ids(everyone),
            "Civilité": np.where(persons.is_woman, "Mme", "M."),
            "Prénom": first_name,
            "Nom": last_name,
            "E-mail": _addresses(first_name, last_name),
            "Téléphone": _phones(countries[persons.city] == "FR"),
            "Date de naissance": _french_days(persons.born),
            "Code postal": _postal_codes(persons.city, persons.postal_code),
            "Ville": _picked([city.name for city in CITIES], persons.city),
            "Pays": countries[persons.city],
            "Inscrit le": _french_days(persons.signed_up),
            "Formule": _picked(PLANS, persons.plan),
            "Newsletter": np.where(persons.has_newsletter, "oui", "non"),
            "Appareil": _picked(DEVICES, persons.device),
            "Navigateur": _picked(BROWSERS, persons.browser),
            "N° compte": _account_ids(persons.account),
            "Avoir fidélité": _french_amounts(_credit(shop)),
        }
    )


def order_lines(shop: Shop) -> pa.Table:
    """Every line of every order, and what came back as lines with a negative quantity, in order of time."""
    bought = _lines(shop.orders, shop.lines, shop.currency, _numbered("O", np.arange(len(shop.orders))))
    refunds, lines = shop.refunds, shop.lines
    returned = Lines(
        np.arange(len(refunds.line)),
        lines.product[refunds.line],
        -lines.quantity[refunds.line],
        lines.price[refunds.line],
    )
    order = lines.order[refunds.line]
    given_back = Orders(shop.orders.person[order], refunds.refunded_at)
    numbers = _numbered("R", np.arange(len(refunds.line)))
    both = pa.concat_tables([bought, _lines(given_back, returned, shop.currency[order], numbers)])
    return both.take(pc.sort_indices(both, [("placed_at", "ascending"), ("order_id", "ascending")]))


def later_order_lines(orders: Orders, lines: Lines) -> pa.Table:
    """The lines of orders placed after the history, all in euros; their numbers do not meet the earlier ones."""
    return _lines(orders, lines, np.zeros(len(orders), dtype=np.int64), _numbered("L", np.arange(len(orders))))


def web_events(shop: Shop) -> pa.Table:
    """The events of the site, with typed columns."""
    events = shop.web_events
    has_product = pa.array(events.product != web.NO_PRODUCT)
    product = np.maximum(events.product, 0)

    def of_product(values: pa.Array) -> pa.Array:
        return pc.if_else(has_product, values, pa.scalar(None, values.type))

    return pa.table(
        {
            "user_id": _user_ids(events.person),
            "event": _picked(web.EVENT_NAMES, events.event),
            "timestamp": pa.array(events.occurred_at).cast(pa.timestamp("us", tz="UTC")),
            "product_id": of_product(_picked([each.product_id for each in PRODUCTS], product)),
            "category": of_product(_picked([each.category for each in PRODUCTS], product)),
            "price": of_product(pa.array(np.array([each.price for each in PRODUCTS])[product])),
            "device": _picked(DEVICES, shop.persons.device[events.person]),
        }
    )


def email_events(shop: Shop) -> pa.Table:
    """What became of each newsletter."""
    events = shop.mails
    return pa.table(
        {
            "event_id": _numbered("E", np.arange(len(events))),
            "user_id": _user_ids(events.person),
            "event": _picked(mails.EVENT_NAMES, events.event),
            "occurred_at": _instants(events.occurred_at),
            "newsletter": _numbered("N", events.newsletter, digits=2),
        }
    )


def answers(shop: Shop) -> pa.Table:
    """The answers to the survey, a row per person who answered."""
    given = shop.answers
    likert = {name: pa.array(given.likert[:, column]) for column, name in enumerate(survey.STATEMENTS)}
    return pa.table(
        {
            "user_id": _user_ids(given.person),
            "answered_on": pa.array(given.answered_on),
            **likert,
            "recommends": pa.array(given.recommends),
            "main_need": _picked(survey.NEEDS, given.need),
            "first_cause": _picked(survey.VALUES, given.value),
            "second_cause": _picked(survey.VALUES, given.second_value),
        }
    )


def accounts(shop: Shop) -> pa.Table:
    """The business accounts with what is known of each company."""
    companies = shop.accounts
    parts = [
        _picked(COMPANIES, companies.activity),
        _picked(LAST, companies.name),
        _picked(COMPANY_FORMS, companies.form),
    ]
    return pa.table(
        {
            "account_id": _numbered("B", np.arange(len(companies)), digits=5),
            "company": pc.binary_join_element_wise(*parts, " "),
            "industry": _picked(INDUSTRIES, companies.industry),
            "employees": pa.array(companies.employees),
            "yearly_revenue": pa.array(companies.yearly_revenue),
            "country": _picked([city.country for city in CITIES], companies.city),
            "city": _picked([city.name for city in CITIES], companies.city),
        }
    )


def _user_ids(positions: Whole) -> pa.Array:
    """As `shop.user_ids`, for a column."""
    return _numbered("C", positions)


def _lines(orders: Orders, lines: Lines, currency: Whole, numbers: pa.Array) -> pa.Table:
    return pa.table(
        {
            "order_id": numbers.take(pa.array(lines.order)),
            "user_id": _user_ids(orders.person[lines.order]),
            "placed_at": _instants(orders.placed_at[lines.order]),
            "product_id": _picked([each.product_id for each in PRODUCTS], lines.product),
            "product_name": _picked([each.name for each in PRODUCTS], lines.product),
            "category": _picked([each.category for each in PRODUCTS], lines.product),
            "quantity": pa.array(lines.quantity),
            "price": pa.array(lines.price),
            "currency": _picked(CURRENCIES, currency[lines.order]),
        }
    )


def _numbered(letter: str, positions: Whole, digits: int = 6) -> pa.Array:
    numbers = pa.array(np.asarray(positions) + 1).cast(pa.string())
    return pc.binary_join_element_wise(letter, pc.utf8_lpad(numbers, digits, "0"), "")


def _picked(names: tuple[str, ...] | list[str], positions: Whole) -> pa.Array:
    return pa.array(names).take(pa.array(positions))


def _instants(values: Instants) -> pa.Array:
    return pc.strftime(pa.array(values.astype("datetime64[s]")), "%Y-%m-%dT%H:%M:%SZ")


def _french_days(values: Days) -> pa.Array:
    return pc.strftime(pa.array(values.astype("datetime64[s]")), "%d/%m/%Y")


def _french_amounts(values: Floats) -> pa.Array:
    cents = np.round(values * 100).astype(np.int64)
    fraction = pc.utf8_lpad(pa.array(cents % 100).cast(pa.string()), 2, "0")
    return pc.binary_join_element_wise(pa.array(cents // 100).cast(pa.string()), fraction, ",")


def _addresses(first_name: np.ndarray, last_name: np.ndarray) -> pa.Array:
    """prenom.nom.1@example.com, with a number that makes each address unique."""
    names = pc.utf8_lower(pc.binary_join_element_wise(pa.array(first_name), pa.array(last_name), "."))
    plain = pc.replace_substring_regex(pc.utf8_normalize(names, "NFD"), "[^a-z.]", "")
    number = pa.array(np.arange(1, len(first_name) + 1)).cast(pa.string())
    local = pc.binary_join_element_wise(plain, number, ".")
    return pc.binary_join_element_wise(
        local, _picked(MAIL_DOMAINS, np.arange(len(first_name)) % len(MAIL_DOMAINS)), "@"
    )


def _phones(is_french: np.ndarray) -> pa.Array:
    """A number of its own for two French persons in three, as long as there are numbers kept for fiction."""
    rank = np.cumsum(is_french) - 1
    number = rank - (rank + 1) // HAS_PHONE_EVERY
    has_phone = is_french & (rank % HAS_PHONE_EVERY != HAS_PHONE_EVERY - 1) & (number < BLOCK_SIZE * len(PHONE_BLOCKS))
    number = np.where(has_phone, number, 0)
    digits = np.array([int(block) for block in PHONE_BLOCKS])[number // BLOCK_SIZE] + number % BLOCK_SIZE
    written = pc.binary_join_element_wise("+", pa.array(digits).cast(pa.string()), "")
    return pc.if_else(pa.array(has_phone), written, pa.scalar(None, pa.string()))


def _postal_codes(city: Whole, code: Whole) -> pa.Array:
    is_long = np.array([code_digits(each.country) == 5 for each in CITIES])[city]
    digits = pa.array(code).cast(pa.string())
    return pc.if_else(pa.array(is_long), pc.utf8_lpad(digits, 5, "0"), pc.utf8_lpad(digits, 4, "0"))


def _account_ids(account: Whole) -> pa.Array:
    numbers = _numbered("B", np.maximum(account, 0), digits=5)
    return pc.if_else(pa.array(account != NO_ACCOUNT), numbers, pa.scalar(None, pa.string()))


def _credit(shop: Shop) -> Floats:
    """Two hundredths of all that each person ordered, in euros."""
    sums = np.bincount(shop.orders.person, euros(shop), minlength=len(shop.persons))
    return sums.astype(np.float64) * CREDIT_SHARE
