"""E-mail addresses, by email-validator, without asking the network whether they receive."""

import re
from functools import lru_cache

from quartier.identify.cleaning.cleaned import Cleaned, Fault, Kind, faulty
from quartier.identify.cleaning.placeholders import either, is_filler, stand_in, words
from quartier.identify.cleaning.texts import MOST_CHARACTERS, folded, tidied

_AROUND = re.compile(r"^.*<(?P<inside>[^<>]+)>[\s;,.]*$")
_PLAIN = re.compile(r"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$", re.IGNORECASE)
_MOST_BEFORE, _MOST = 64, 254
"""RFC 5321, 4.5.3.1; with the two angle brackets of a path 256."""


def clean_email(raw: str) -> Cleaned:
    """An address; capitals do not count for comparing, dots and what follows a + do.

    An address that is kept for examples keeps its value: it reaches nobody, and still tells persons apart.
    """
    text = _bare(raw)
    if not text:
        return faulty(Fault.EMPTY)
    before, at, domain = text.rpartition("@")
    if not at:
        return faulty(stand_in(text, Kind.EMAIL) or Fault.WRONG_KIND)
    return _cleaned(before, domain) if len(text) <= MOST_CHARACTERS else faulty(Fault.NOT_VALID)


def is_filler_address(address: str) -> bool:
    """Whether an address is typed to get past the field: `test@test.fr`."""
    before, _, domain = address.rpartition("@")
    return _is_filler(before, domain)


def _bare(raw: str) -> str:
    """The address out of `Jeanne <jeanne@laposte.net>`, `mailto:` and the signs around it."""
    text = tidied(raw)
    found = _AROUND.match(text)
    bare = found["inside"] if found else text
    return re.sub(r"^mailto:", "", bare.strip(), flags=re.IGNORECASE).strip(" '\"<>[]();,.:")


def _cleaned(before: str, domain: str) -> Cleaned:
    local, told = _local(before), _domain(domain.lower())
    if _is_filler(before, domain.lower()):
        return faulty(Fault.PLACEHOLDER)
    if local is None or told is None:
        reserved = domain.lower().rpartition(".")[2] in words("reserved", "endings")
        return faulty(Fault.RESERVED if local and reserved else Fault.NOT_VALID)
    if len(f"{local}@{told}") > _MOST:
        return faulty(Fault.NOT_VALID)
    problem = Fault.RESERVED if told in words("reserved", "domains") else None
    return Cleaned(tidied(f"{local}@{told}".lower()), f"{local}@{told}", problem)


def _is_filler(before: str, domain: str) -> bool:
    plain = folded(before)
    is_typed = plain in either("filler", "any", "email_before") or is_filler(plain)
    return is_typed or domain in words("filler", "email_domains")


def _local(before: str) -> str | None:
    """What is before the @, as it is to be written; plain ones are common, and decided here."""
    if _PLAIN.match(before) and len(before) <= _MOST_BEFORE:
        return before
    if before.isascii():
        return None
    normal = _validated(f"{before}@laposte.net")
    return normal.rpartition("@")[0] if normal else None


@lru_cache(maxsize=65_536)  # a few domains have most of the addresses
def _domain(domain: str) -> str | None:
    normal = _validated(f"a@{domain}")
    return normal.rpartition("@")[2].lower() if normal else None


def _validated(address: str) -> str | None:
    from email_validator import EmailNotValidError, validate_email

    try:
        return str(validate_email(address, check_deliverability=False).normalized)
    except EmailNotValidError:
        return None
