"""Columns of e-mail addresses and telephone numbers as they are compared; only odd ones are looked at one by one.

What is written as most are is decided for the whole column at once. Each value becomes what `clean_email` and
`clean_phone` make of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from quartier.identify.cleaning.cleaned import Fault, Kind
from quartier.identify.cleaning.emails import clean_email
from quartier.identify.cleaning.phones import OVERSEAS, clean_phone
from quartier.identify.cleaning.placeholders import typed_runs, words

if TYPE_CHECKING:
    from phonenumbers import PhoneMetadata

IDENTIFYING = {"email": Kind.EMAIL, "phone": Kind.PHONE}
"""The kinds of identifiers that have a clean form."""

_ADDRESS = r"^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9.-]+$"
_SHORT = 60
"""Characters; a longer address is looked at by itself."""

_DOMAIN = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,20}")
_ROWS = ("12345678901234567890", "98765432109876543210")
_SUSPICIOUS = "|".join(
    [*(f"{figure}{{7}}" for figure in range(10)), *(row[place : place + 7] for row in _ROWS for place in range(10))]
)
"""Figures that may be of one key, or a run of keys."""


def comparable_emails(raw: pa.Array) -> pa.Array:
    """Addresses as they are compared; empty where nothing should be compared by one."""
    small = pc.ascii_lower(raw)
    is_usual = pc.and_(pc.match_substring_regex(raw, _ADDRESS), pc.less(pc.binary_length(raw), _SHORT))
    is_usual = pc.and_(is_usual, pc.and_(pc.invert(_has_filler(small)), _has_usual_domain(small)))
    return _with_odd(raw, small, is_usual, odd_email)


def comparable_phones(raw: pa.Array, region: str) -> pa.Array:
    """Numbers as they are compared, those without a country's code as of `region`; empty as for addresses."""
    form = _form(region)
    if form is None:
        return _with_odd(raw, raw, pa.repeat(False, len(raw)), lambda text: odd_phone(text, region))
    figures = pc.replace_substring_regex(raw, "[ .-]", "")
    own = pc.replace_substring_regex(figures, f"^({form.before})", "")
    is_odd = pc.or_(pc.match_substring_regex(own, form.odd), pc.ends_with(raw, ".0"))
    is_usual = pc.and_(pc.match_substring_regex(raw, form.written), pc.invert(is_odd))
    is_in_use, is_not = _is_given_out(own, form), pc.invert(pc.match_substring_regex(own, form.any_use))
    whole = pc.binary_join_element_wise(pa.scalar(form.code), own, "")
    value = pc.if_else(is_in_use, whole, pa.scalar(None, pa.string()))
    return _with_odd(raw, value, pc.and_(is_usual, pc.or_(is_in_use, is_not)), lambda text: odd_phone(text, region))


def comparable(kind: str, raw: pa.Array, region: str) -> pa.Array:
    """Identifiers of a kind as they are compared."""
    return comparable_emails(raw) if kind == "email" else comparable_phones(raw, region)


def spellings(written: str, region: str) -> list[str]:
    """As what identifiers something that somebody wrote may be kept: as it is, in small letters, cleaned."""
    text = written.strip()
    found = (text, text.lower(), odd_email(text), odd_phone(text, region))
    return list(dict.fromkeys(each for each in found if each))


def fault_of(kind: str, raw: str, region: str) -> Fault | None:
    """Why a value is compared by nothing; None where it is."""
    found = clean_email(raw) if kind == "email" else clean_phone(raw, region)
    return found.problem if found.value is None else None


@lru_cache(maxsize=65_536)
def odd_email(text: str) -> str | None:
    """One address as it is compared."""
    return clean_email(text).value


@lru_cache(maxsize=65_536)
def odd_phone(text: str, region: str) -> str | None:
    """One number as it is compared."""
    return clean_phone(text, region).value


def _with_odd(raw: pa.Array, value: pa.Array, usual: pa.Array, clean: Callable[[str], str | None]) -> pa.Array:
    """The values of the usual ones, and what becomes of each that is not."""
    is_usual = pc.fill_null(usual, False)
    is_odd = pc.and_(pc.is_valid(raw), pc.invert(is_usual))
    kept = pc.if_else(is_usual, value, pa.scalar(None, pa.string()))
    odd = raw.filter(is_odd)
    if not len(odd):
        return kept
    return pc.replace_with_mask(kept, is_odd, pa.array([clean(each) for each in odd.to_pylist()], pa.string()))


def _has_filler(small: pa.Array) -> pa.Array:
    """Whether what is before the @ was typed to fill the field."""
    before = pc.replace_substring_regex(small, "@.*$", "")
    plain = pc.utf8_trim(pc.replace_substring_regex(before, "[._+-]+", " "), " ")
    close = pc.replace_substring(plain, " ", "")
    return pc.or_(pc.is_in(plain, value_set=_fillers()), pc.is_in(close, value_set=_runs()))


def _has_usual_domain(small: pa.Array) -> pa.Array:
    coded = pc.replace_substring_regex(small, "^[^@]*@", "").dictionary_encode()
    found = pa.array([_is_usual_domain(each) for each in coded.dictionary.to_pylist()], pa.bool_())
    return found.take(coded.indices)


@lru_cache(maxsize=65_536)
def _is_usual_domain(domain: str) -> bool:
    """Whether a domain is one without doubt: of small letters and figures, not kept for examples, of no list."""
    ending = domain.rpartition(".")[2]
    is_kept = ending in words("reserved", "endings") or ending in _special_endings()
    return bool(_DOMAIN.fullmatch(domain)) and not is_kept and domain not in words("filler", "email_domains")


@cache
def _special_endings() -> frozenset[str]:
    from email_validator import SPECIAL_USE_DOMAIN_NAMES

    return frozenset(each.rpartition(".")[2] for each in SPECIAL_USE_DOMAIN_NAMES)


@cache
def _fillers() -> pa.Array:
    return pa.array(sorted(words("filler", "email_before") | words("filler", "any")), pa.string())


@cache
def _runs() -> pa.Array:
    return pa.array(sorted(typed_runs(_SHORT)), pa.string())


_USES = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan",
         "voicemail")  # fmt: skip


@dataclass(frozen=True)
class _Form:
    """How numbers of a country are written that are one without doubt, as patterns.

    Attributes:
        before: what may be before the number itself.
        written: the whole as it came.
        any_number: every number itself that there may be.
        given_out: of these, fixed and mobile telephones, with the lengths that they may have.
        any_use: more than every number that was given out, for whatever use, overseas too.
        odd: numbers themselves that are to be looked at one by one all the same.
        code: the country's code with a +.
    """

    before: str
    written: str
    any_number: str
    given_out: tuple[tuple[str, tuple[int, ...]], ...]
    any_use: str
    odd: str
    code: str


def _is_given_out(own: pa.Array, form: _Form) -> pa.Array:
    length, found = pc.binary_length(own), pa.repeat(False, len(own))
    for pattern, lengths in form.given_out:
        has_length = pc.is_in(length, value_set=pa.array(lengths, length.type))
        found = pc.or_(found, pc.and_(has_length, pc.match_substring_regex(own, pattern)))
    return pc.and_(found, pc.match_substring_regex(own, form.any_number))


@cache
def _form(region: str) -> _Form | None:
    """None for countries that share their code with others, or whose numbers change as they are written."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    known = PhoneMetadata.metadata_for_region(region)
    code = known.country_code if known else None
    if known is None or code is None or known.general_desc is None or len(COUNTRY_CODE_TO_REGION_CODE[code]) > 1:
        return None
    if known.national_prefix_for_parsing not in (None, "0") or known.national_prefix_transform_rule:
        return None
    home = "0" if known.national_prefix_for_parsing else ""
    before = rf"\+{code}|00{code}|{home}"
    written = rf"^(\+{code} ?|00{code} ?|{home})[1-9]([ .-]?[0-9]){{5,12}}$"
    kinds = [each for each in (known.fixed_line, known.mobile) if each and each.national_number_pattern]
    given_out = tuple((f"^({each.national_number_pattern})$", tuple(each.possible_length)) for each in kinds)
    any_number, odd = f"^({known.general_desc.national_number_pattern})$", _odd_numbers(code)
    return _Form(before, written, any_number, given_out, _any_use(known), odd, f"+{code}")


def _any_use(known: "PhoneMetadata") -> str:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    found = [getattr(known, use) for use in _USES]
    for region in OVERSEAS.get(known.id, ()):
        other = PhoneMetadata.metadata_for_region(region)
        regions = COUNTRY_CODE_TO_REGION_CODE[other.country_code] if other and other.country_code else ()
        found += [PhoneMetadata.metadata_for_region(each).general_desc for each in regions]  # type: ignore[union-attr]  # a region of the list is known
    return "|".join(f"^({each.national_number_pattern})$" for each in found if each and each.national_number_pattern)


def _odd_numbers(code: int) -> str:
    fillers = {each.removeprefix("0") for each in words("filler", "phone")}
    reserved = {each.removeprefix(f"+{code}") for each in words("reserved", "phones") if each.startswith(f"+{code}")}
    return "|".join(
        [_SUSPICIOUS, *(f"^{each}$" for each in sorted(fillers)), *(f"^{each}" for each in sorted(reserved))]
    )
