"""Values made comparable: capitals, accents, signs and words that stand for nothing are taken away. Pure.

What is cleaned here is only compared; the value as it was collected stays where it is.
"""

import pyarrow as pa
import pyarrow.compute as pc

from quartier.catalog.recognise import MISSING
from quartier.identify.matching.kinds import Kind
from quartier.identify.matching.profile import as_text

_PLACEHOLDERS = sorted(MISSING | {"xxx", "xxxx", "test", "aucun", "missing", "not available", "no name", "sans objet"})
_LEGAL = (
    r"\b(sarl|sas|sasu|sa|eurl|snc|scop|sci|gmbh|ag|kg|ltd|limited|llc|inc|incorporated|corp|corporation|co|plc|bv|nv"
    r"|srl|spa|societe|the|association|assoc)\b"
)
_STREETS = (
    (r"\b(street|str)\b", "st"),
    (r"\b(avenue|aven|av)\b", "ave"),
    (r"\broad\b", "rd"),
    (r"\b(boulevard|bld|bvd|bd)\b", "blvd"),
    (r"\b(place|plc)\b", "pl"),
    (r"\bdrive\b", "dr"),
    (r"\b(north|nord)\b", "n"),
    (r"\b(south|sud)\b", "s"),
    (r"\b(west|ouest)\b", "w"),
    (r"\b(east|est)\b", "e"),
)
_NATIONAL = 9
"""Digits of a phone that are compared, the last ones: with or without the prefix of a country, it is the same phone."""


def cleaned(column: pa.ChunkedArray, kind: Kind) -> pa.ChunkedArray:
    """A column as it is compared; what stands for nothing is null."""
    text = pc.utf8_lower(pc.utf8_trim_whitespace(as_text(column)))
    text = pc.if_else(pc.is_in(text, pa.array(_PLACEHOLDERS)), pa.scalar(None, pa.string()), text)
    return _filled(_CLEAN.get(kind, _words)(text))


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


def _words(text: pa.ChunkedArray) -> pa.ChunkedArray:
    bare = pc.replace_substring_regex(pc.utf8_normalize(text, "NFKD"), r"\p{M}+", "")
    bare = pc.replace_substring_regex(bare, r"['’`]", "")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(bare, r"[^\p{L}\d]+", " "))


def _company(text: pa.ChunkedArray) -> pa.ChunkedArray:
    words = _words(pc.replace_substring(text, ".", ""))
    short = pc.utf8_trim_whitespace(
        pc.replace_substring_regex(pc.replace_substring_regex(words, _LEGAL, " "), r"\s+", " ")
    )
    return pc.if_else(pc.equal(pc.utf8_length(short), 0), words, short)


def _address(text: pa.ChunkedArray) -> pa.ChunkedArray:
    words = _words(text)
    for written, short in _STREETS:
        words = pc.replace_substring_regex(words, written, short)
    return words


def _email(text: pa.ChunkedArray) -> pa.ChunkedArray:
    bare = pc.replace_substring_regex(text, r"\s+|^mailto:", "")
    return pc.if_else(pc.match_substring(bare, "@"), bare, pa.scalar(None, pa.string()))


def _code(text: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.utf8_ltrim(pc.replace_substring_regex(text, r"[^\p{L}\d]+", ""), "0")


def _digits(text: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(text, r"\D+", "")


def _phone(text: pa.ChunkedArray) -> pa.ChunkedArray:
    digits = _digits(text)
    varied = pc.greater(pc.utf8_length(pc.utf8_trim(digits, "0")), 3)
    return pc.if_else(varied, pc.utf8_slice_codeunits(digits, -_NATIONAL), pa.scalar(None, pa.string()))


def _date(text: pa.ChunkedArray) -> pa.ChunkedArray:
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
    digits = _digits(padded)
    return pc.if_else(pc.equal(pc.utf8_length(digits), 8), digits, pa.scalar(None, pa.string()))


def _filled(text: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pc.greater(pc.utf8_length(text), 0), text, pa.scalar(None, pa.string()))


_CLEAN = {
    Kind.COMPANY: _company,
    Kind.ADDRESS: _address,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.DATE: _date,
    Kind.NUMBER: _code,
    Kind.POSTAL_CODE: _code,
    Kind.STREET_NUMBER: _code,
}
