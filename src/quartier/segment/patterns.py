r"""Patterns of text (`matches`): the regular expressions that mean the same to every engine.

A pattern is read here and written again in a form in which RE2 (DuckDB), PostgreSQL, Java (Spark) and Python agree:
`.` is any character but a line break, `\d`, `\w` and `\s` are those of ASCII, and a sign that stands for itself is
escaped. What they do not share is refused: lookaround, backreferences, flags, `\b`. A pattern is found anywhere in the
text unless `^` and `$` bind it, and letter case matters.
"""

import string
from functools import lru_cache

from quartier.errors import Unusable
from quartier.language import Text

LONGEST, MOST_TIMES, MOST_REPEATED = 500, 255, 1000
"""Characters of a pattern, times that `{n}` may ask for (PostgreSQL's limit), and all such times together (RE2's)."""

_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": " \\t\\n\\r\\f"}
_SIGNS = {"t": "\\t", "n": "\\n", "r": "\\r", "f": "\\f"}
_MEANT = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_SPECIAL = frozenset(".^$*+?()[]{}|\\")


@lru_cache(maxsize=1024)
def portable(pattern: str) -> str:
    """The pattern as every engine understands it. Raises Unusable with the reason why not."""
    if len(pattern) > LONGEST:
        raise Unusable(_TOO_LONG.with_(n=LONGEST), _SIMPLER)
    reader = _Reader(pattern)
    written, repeated = reader.alternatives()
    if not reader.is_done:
        raise Unusable(_UNBALANCED, _ESCAPE)
    if repeated > MOST_REPEATED:
        raise Unusable(_TOO_OFTEN.with_(n=MOST_REPEATED), _SIMPLER)
    return written


class _Reader:
    """A pattern and how far it was read; each method gives what it read, written again, and how often it repeats."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.place = pattern, 0

    @property
    def is_done(self) -> bool:
        return self.place >= len(self.pattern)

    def peek(self) -> str:
        return self.pattern[self.place : self.place + 1]

    def take(self) -> str:
        if self.is_done:
            raise Unusable(_UNFINISHED, _ESCAPE)
        self.place += 1
        return self.pattern[self.place - 1]

    def alternatives(self) -> tuple[str, int]:
        branches = [self._branch()]
        while self.peek() == "|":
            self.take()
            branches.append(self._branch())
        return "|".join(written for written, _ in branches), sum(repeated for _, repeated in branches)

    def _branch(self) -> tuple[str, int]:
        pieces = []
        while not self.is_done and self.peek() not in "|)":
            pieces.append(self._piece())
        if not pieces:
            raise Unusable(_NOTHING, _OPTIONAL)
        return "".join(written for written, _ in pieces), sum(repeated for _, repeated in pieces)

    def _piece(self) -> tuple[str, int]:
        if self.peek() in ("^", "$"):
            anchor = self.take()
            if self.peek() in tuple("*+?{"):
                raise Unusable(_NOTHING_TO_REPEAT, _ESCAPE)
            return anchor, 1
        atom, repeated = self._atom()
        quantifier, times = self._quantifier()
        return atom + quantifier, repeated * times

    def _atom(self) -> tuple[str, int]:
        sign = self.take()
        match sign:
            case "(":
                return self._group()
            case "[":
                return self._class(), 1
            case ".":
                return "[^\\n]", 1
            case "\\":
                return self._escaped(), 1
            case "*" | "+" | "?" | "{":
                raise Unusable(_NOTHING_TO_REPEAT, _ESCAPE)
            case "]" | "}":
                raise Unusable(_UNBALANCED, _ESCAPE)
        return sign, 1

    def _group(self) -> tuple[str, int]:
        """A group, which is only there to hold together: what it finds is not asked for."""
        if self.peek() == "?":
            self.take()
            if self.take() != ":":
                raise Unusable(_NO_SPECIAL_GROUPS, _PLAIN_GROUPS)
        inner, repeated = self.alternatives()
        if self.take() != ")":
            raise Unusable(_UNBALANCED, _ESCAPE)
        return f"({inner})", repeated

    def _escaped(self) -> str:
        sign = self.take()
        if sign.lower() in _CLASSES:
            return f"[{'' if sign.islower() else '^'}{_CLASSES[sign.lower()]}]"
        if sign in _SIGNS:
            return _SIGNS[sign]
        if sign.isalnum():
            raise Unusable(_UNKNOWN_ESCAPE.with_(sign=f"\\{sign}"), _WHAT_THERE_IS)
        return f"\\{sign}" if sign in _SPECIAL else sign

    def _class(self) -> str:
        is_negated = self.peek() == "^"
        if is_negated:
            self.take()
        items = []
        while (sign := self.take()) != "]":
            items.append(self._item(sign))
        if not items:
            raise Unusable(_NOTHING, _ESCAPE)
        return f"[{'^' if is_negated else ''}{''.join(items)}]"

    def _item(self, sign: str) -> str:
        """A character, a range of them or a class of digits, letters or spaces, inside of brackets."""
        if sign == "\\" and self.peek() in tuple(_CLASSES):
            return _CLASSES[self.take()]
        first, low = self._of_class(sign)
        is_range = self.peek() == "-" and self.pattern[self.place + 1 : self.place + 2] not in ("]", "")
        if not is_range:
            return first
        self.take()
        last, high = self._of_class(self.take())
        if low > high:
            raise Unusable(_REVERSED, _ESCAPE)
        return f"{first}-{last}"

    def _of_class(self, sign: str) -> tuple[str, str]:
        """One character of a class as it is written, and itself."""
        if sign == "[":
            raise Unusable(_NO_NAMED_CLASSES, _ESCAPE)
        is_escaped = sign == "\\"
        itself = self.take() if is_escaped else sign
        if is_escaped and itself in _SIGNS:
            return _SIGNS[itself], _MEANT[itself]
        if is_escaped and itself.isalnum():
            raise Unusable(_UNKNOWN_ESCAPE.with_(sign=f"\\{itself}"), _WHAT_THERE_IS)
        return (f"\\{itself}" if itself in string.punctuation else itself), itself

    def _quantifier(self) -> tuple[str, int]:
        """How often: as it is written, and how many copies it makes. Lazy ones find the same texts as greedy ones."""
        written, times = "", 1
        if self.peek() in tuple("*+?"):
            written = self.take()
        elif self.peek() == "{":
            written, times = self._bounds()
        if written and self.peek() == "?":
            self.take()
        if written and self.peek() in tuple("*+?{"):
            raise Unusable(_NOTHING_TO_REPEAT, _ESCAPE)
        return written, times

    def _bounds(self) -> tuple[str, int]:
        end = self.pattern.find("}", self.place)
        inner = self.pattern[self.place + 1 : end] if end > 0 else ""
        low, comma, high = inner.partition(",")
        if not _is_count(low) or (high and not _is_count(high)):
            raise Unusable(_NO_BOUNDS, _ESCAPE)
        if int(high or low) > MOST_TIMES or int(high or low) < int(low):
            raise Unusable(_WRONG_BOUNDS.with_(n=MOST_TIMES), _SIMPLER)
        self.place = end + 1
        return f"{{{int(low)}{comma}{int(high) if high else ''}}}", max(int(high or low), 1)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4


_TOO_LONG = Text(en="a pattern has {n} characters at most", fr="un motif a {n} caractères au plus")
_TOO_OFTEN = Text(en="a pattern repeats {n} signs at most", fr="un motif répète {n} signes au plus")
_SIMPLER = Text(en="write a simpler one", fr="écrivez-en un plus simple")
_UNBALANCED = Text(
    en="a bracket or parenthesis has no partner", fr="un crochet ou une parenthèse n'a pas son correspondant"
)
_UNFINISHED = Text(en="the pattern ends too early", fr="le motif s'arrête trop tôt")
_ESCAPE = Text(
    en="write a backslash before a sign that stands for itself: `\\.`, `\\(`",
    fr="mettez une barre oblique inverse devant un signe pris pour lui-même : `\\.`, `\\(`",
)
_NOTHING = Text(en="a part of the pattern is empty", fr="une partie du motif est vide")
_OPTIONAL = Text(en="what may be missing is written `(…)?`", fr="ce qui peut manquer s'écrit `(…)?`")
_NOTHING_TO_REPEAT = Text(en="there is nothing here to repeat", fr="il n'y a rien à répéter ici")
_NO_SPECIAL_GROUPS = Text(
    en="groups that look around, have a name or set flags mean nothing to some engines",
    fr="les groupes qui regardent autour, portent un nom ou changent d'option ne disent rien à certains moteurs",
)
_PLAIN_GROUPS = Text(en="use plain groups: `(a|b)`", fr="utilisez des groupes simples : `(a|b)`")
_NO_NAMED_CLASSES = Text(
    en="inside of brackets, `[` has to be escaped: `\\[`", fr="entre crochets, `[` doit être précédé de `\\`"
)
_REVERSED = Text(en="a range of characters is the wrong way round", fr="un intervalle de caractères est inversé")
_UNKNOWN_ESCAPE = Text(en="`{sign}` is not known to every engine", fr="`{sign}` n'est pas connu de tous les moteurs")
_WHAT_THERE_IS = Text(
    en="there are \\d, \\w, \\s, \\D, \\W, \\S, \\t, \\n, \\r and \\f; in brackets only the small ones",
    fr="il y a \\d, \\w, \\s, \\D, \\W, \\S, \\t, \\n, \\r et \\f ; entre crochets, seulement les minuscules",
)
_NO_BOUNDS = Text(
    en="curly brackets hold a number of times, such as {{2}} or {{2,5}}",
    fr="les accolades contiennent un nombre de fois, par exemple {{2}} ou {{2,5}}",
)
_WRONG_BOUNDS = Text(
    en="the times to repeat go from a smaller to a greater number, up to {n}",
    fr="les répétitions vont d'un nombre plus petit à un plus grand, jusqu'à {n}",
)
