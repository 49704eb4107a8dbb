"""Passwords: what is good enough to keep others out, and how they are kept (OWASP ASVS 5, sections 6.2 and 11.4)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.low_level import Type
from zxcvbn import zxcvbn

from quartier.errors import Sentence
from quartier.language import Text

SHORTEST, LONGEST = 10, 128
"""Characters of a password."""
STRONG_ENOUGH = 3
"""Of 0 to 4: what stands ten million guesses a second for years is not asked for, what stands some thousands is."""
_LOOKED_AT = 72  # characters that zxcvbn looks at

# OWASP, Password Storage Cheat Sheet: Argon2id with at least 19 MiB, 2 iterations and 1 lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
_NOBODYS = _HASHER.hash("a password that nobody has")


def kept(password: str) -> str:
    """What is kept of a password: salted, slow to guess from."""
    return _HASHER.hash(password)


def is_it(password: str, known: str | None) -> bool:
    """Whether this is the password that was kept. It takes the same time where none was."""
    try:
        return _HASHER.verify(known or _NOBODYS, password[:LONGEST]) and known is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def objection(password: str, *others: str) -> Sentence | None:
    """Why a password cannot be taken; None when it can. `others` are words that somebody who knows the user tries."""
    if len(password) < SHORTEST:
        return _SHORT.with_(n=SHORTEST)
    if len(password) > LONGEST:
        return _LONG.with_(n=LONGEST)
    words = [part for each in others for part in (each, *each.replace("@", " ").replace(".", " ").split()) if part]
    found = zxcvbn(password[:_LOOKED_AT], user_inputs=[*words, "quartier"])
    return None if int(found["score"]) >= STRONG_ENOUGH else _WEAK


_SHORT = Text(en="a password has at least {n} characters", fr="un mot de passe a au moins {n} caractères")
_LONG = Text(en="a password has at most {n} characters", fr="un mot de passe a au plus {n} caractères")
_WEAK = Text(
    en="this password is easy to guess; a few words in a row that have nothing to do with one another are not",
    fr="ce mot de passe se devine facilement ; quelques mots sans rapport, mis bout à bout, résistent bien mieux",
)
