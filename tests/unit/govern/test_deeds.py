"""The vocabulary of the audit log: one word for one deed, older rows included."""

import re
from pathlib import Path

import quartier
from quartier.govern.deeds import LABELS, OLDER, Deeds, kind_of

SOURCE = Path(quartier.__file__).parent


def test_every_kind_of_deed_has_words_of_its_own_in_both_languages():
    assert set(LABELS) == set(Deeds)
    for language in ("en", "fr"):
        assert len({text.to(language) for text in LABELS.values()}) == len(Deeds)


def test_older_rows_are_read_by_the_word_of_today():
    assert kind_of("saw_sensitive") is Deeds.SENSITIVE_SEEN
    assert kind_of("decided_links") is Deeds.LINK_DECIDED
    assert kind_of("signed_in") is Deeds.SIGNED_IN
    assert kind_of("flew") is None
    assert not set(OLDER) & set(Deeds), "a name that was given up is not given again"


def test_every_kind_of_deed_is_written_somewhere():
    files = [each for each in SOURCE.rglob("*.py") if each.name != "deeds.py"]
    written = set(re.findall(r"Deeds\.([A-Z_]+)", "".join(each.read_text(encoding="utf-8") for each in files)))
    assert written == {each.name for each in Deeds}
