"""Values made comparable, column by column: what `identify.cleaning` knows of each kind, without judging it. Pure.

Cleaning says what is wrong with a value; here a value that is wrong is still compared, since a mistyped date is nearly
the date that was meant. Only what stands for nothing is left out. The value as it was collected stays where it is.
"""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from quartier.identify.cleaning.addresses import alike_words
from quartier.identify.cleaning.birth_dates import DEFAULT_DAYS
from quartier.identify.cleaning.cleaned import Fault
from quartier.identify.cleaning.cleaned import Kind as Cleaned
from quartier.identify.cleaning.companies import compared_company
from quartier.identify.cleaning.emails import is_filler_address
from quartier.identify.cleaning.phones import is_filler_number
from quartier.identify.cleaning.placeholders import is_filler, stand_in
from quartier.identify.cleaning.texts import closed_up, digits
from quartier.identify.matching.kinds import Kind
from quartier.identify.matching.profile import as_text

_NATIONAL = 9
"""Digits of a phone that are compared, the last ones: with or without the prefix of a country, it is the same phone."""
_DEFAULT_DAYS = pa.array(sorted(each.strftime("%Y%m%d") for each in DEFAULT_DAYS))


def cleaned(column: pa.ChunkedArray, kind: Kind) -> pa.ChunkedArray:
    """A column as it is compared, each value that differs cleaned once; what stands for nothing is null."""
    coded = as_text(column).combine_chunks().dictionary_encode()
    clean = _CLEAN.get(kind, closed_up)
    found = [None if _stands_for_nothing(each, kind) else clean(each) or None for each in coded.dictionary.to_pylist()]
    values = pa.chunked_array([pa.array(found, pa.string()).take(coded.indices)])
    return _days(values) if kind is Kind.DATE else values


def sorted_words(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The words of each value in alphabetical order, each once: order is what lists change most."""
    return pa.chunked_array(
        [pa.array([each and " ".join(sorted(set(each.split()))) for each in column.to_pylist()], pa.string())]
    )


def before_at(emails: pa.ChunkedArray) -> pa.ChunkedArray:
    """What stands before the @ of an e-mail."""
    return pc.replace_substring_regex(emails, "@.*$", "")


def only_names(local: pa.ChunkedArray, *names: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whether what stands before the @ holds nothing but the person's own names, and perhaps a number."""
    texts = _bare_letters(local)
    for each in names:
        texts = [
            text if not text or not name else text.replace(name, "", 1)
            for text, name in zip(texts, _bare_letters(each), strict=True)
        ]
    return pa.chunked_array([pa.array([text is not None and len(text) < 2 for text in texts])])


def _bare_letters(text: pa.ChunkedArray) -> list[str | None]:
    bare = pc.replace_substring_regex(pc.utf8_normalize(text, "NFKD"), r"[^a-z]+", "")
    return list(bare.to_pylist())


def _stands_for_nothing(raw: str, kind: Kind) -> bool:
    """Whether a value is a word for no value; of texts, whether it is a filler as well: a house may have number 111."""
    if kind in _SIGNED:
        return False
    found = stand_in(raw, _KNOWN_AS.get(kind, Cleaned.PERSON_NAME))
    return found is Fault.NO_VALUE or (found is not None and kind in _TEXTS)


def _email(raw: str) -> str | None:
    bare = "".join(raw.lower().split()).removeprefix("mailto:")
    return bare if "@" in bare and not is_filler_address(bare) else None


def _phone(raw: str) -> str | None:
    figures = digits(raw)
    return None if len(figures.strip("0")) < 4 or is_filler_number(figures) else figures[-_NATIONAL:]


def _code(raw: str) -> str:
    return closed_up(raw).replace(" ", "").lstrip("0")


def _number(raw: str) -> str | None:
    code = _code(raw)
    return None if is_filler(code) else code


def _day_as_written(raw: str) -> str:
    return raw.strip().lower()


def _days(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Year, month and day as eight digits; the day comes first unless some value can only be read the other way."""
    year_first = pc.replace_substring_regex(text, r"^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})([t ].*)?$", r"\1-0\2-0\3")
    pattern = r"^(\d{1,2})[-/. ](\d{1,2})[-/. ]((18|19|20)?\d\d)([t ].*)?$"
    is_month_first = pc.any(pc.match_substring_regex(text, r"^(0?\d|1[0-2])[-/. ](1[3-9]|2\d|3[01])[-/. ]")).as_py()
    order = r"\3-0\1-0\2" if is_month_first else r"\3-0\2-0\1"
    dashed = pc.replace_substring_regex(year_first, pattern, order)
    century = pc.replace_substring_regex(dashed, r"^([3-9]\d)-", r"19\1-")
    padded = pc.replace_substring_regex(
        pc.replace_substring_regex(century, r"^([0-2]\d)-", r"20\1-"), r"-0?(\d\d)-0?(\d\d)$", r"\1\2"
    )
    figures = pc.replace_substring_regex(padded, r"\D+", "")
    is_day = pc.and_(pc.equal(pc.utf8_length(figures), 8), pc.invert(pc.is_in(figures, _DEFAULT_DAYS)))
    return pc.if_else(is_day, figures, pa.scalar(None, pa.string()))


_CLEAN: dict[Kind, Callable[[str], str | None]] = {
    Kind.COMPANY: compared_company,
    Kind.ADDRESS: alike_words,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.DATE: _day_as_written,
    Kind.NUMBER: _number,
    Kind.POSTAL_CODE: _code,
    Kind.STREET_NUMBER: _code,
}
_SIGNED = frozenset([Kind.EMAIL, Kind.PHONE, Kind.DATE])
"""What no word can be taken for: it has an @ or figures."""
_TEXTS = frozenset(Kind) - {Kind.NUMBER, Kind.POSTAL_CODE, Kind.STREET_NUMBER}
_KNOWN_AS = {
    Kind.COMPANY: Cleaned.COMPANY,
    Kind.ADDRESS: Cleaned.ADDRESS,
    Kind.POSTAL_CODE: Cleaned.POSTAL_CODE,
    Kind.CITY: Cleaned.CITY,
}
"""The kinds of cleaning, of which each has words of its own that stand for nothing."""
