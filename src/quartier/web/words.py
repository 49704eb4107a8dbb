"""The words of a template: named sentences, said in the reader's language where they are put."""

from collections.abc import Mapping
from typing import Any

from quartier.language import Language, Plural, Said, Text

Sentences = Mapping[str, Text | Plural]


class Words:
    """`w.title` is a sentence in the reader's language, `w("members", n=3)` one with its fields filled in.

    A name that is not among the sentences is an AttributeError: a template cannot ask for words that nobody wrote.
    """

    def __init__(self, language: Language, *groups: Sentences) -> None:
        self._language = language
        self._sentences = {name: text for group in groups for name, text in group.items()}

    def __getattr__(self, name: str) -> str:
        if name.startswith("_") or name not in self._sentences:
            raise AttributeError(name)
        return self(name)

    def __call__(self, name: str, **fields: Any) -> str:
        """A sentence by its name."""
        return self._sentences[name].to(self._language, **fields)

    def __contains__(self, name: str) -> bool:
        return name in self._sentences


def said(value: Any, language: Language) -> str:
    """What exists in both languages in one of them; labels too, and what is a plain string stays so."""
    if isinstance(value, Text | Said):
        return value.to(language)
    if hasattr(value, "to"):
        return str(value.to(language))
    return str(value)
