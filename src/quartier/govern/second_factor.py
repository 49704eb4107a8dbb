"""A second factor that users set up: a code that their telephone makes of a secret and the time (TOTP, RFC 6238)."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from quartier.clock import Clock
from quartier.errors import InvalidRequest, UnknownName
from quartier.govern import passwords
from quartier.govern.deeds import Deeds
from quartier.language import Text
from quartier.store import Store, audit, second_factors
from quartier.store.users import User

EITHER_SIDE = 1
"""Half minutes by which a telephone's clock may differ from ours."""
RECOVERY_CODES = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that is taken for another when it is copied by hand
_GROUP, _GROUPS = 5, 4


@dataclass(frozen=True)
class Begun:
    """What a user gives to their telephone, as text and as the address that a picture of it holds."""

    secret: str
    address: str


class SecondFactors:
    """The second factors of the users of a workspace."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def is_on(self, user: int) -> bool:
        """Whether a user is asked for a code."""
        with self._store.begin() as connection:
            found = second_factors.of(connection, user)
        return found is not None and found.confirmed_at is not None

    def all_on(self) -> set[int]:
        """The users who are asked for a code."""
        with self._store.begin() as connection:
            return second_factors.in_force(connection)

    def codes_left(self, user: int) -> int:
        """How many recovery codes a user has not used."""
        with self._store.begin() as connection:
            return second_factors.codes_left(connection, user)

    def begin(self, user: User) -> None:
        """Draw a secret for a user's telephone. Raises InvalidRequest where one is in force."""
        from pyotp import random_base32

        with self._store.begin() as connection:
            found = second_factors.of(connection, user.id)
            if found and found.confirmed_at:
                raise InvalidRequest(_ON)
            second_factors.begin(connection, user.id, random_base32(), self._clock.now())

    def begun(self, user: User, workspace: str) -> Begun | None:
        """What was drawn and is not in force yet; it is told to the user alone."""
        from pyotp import TOTP

        with self._store.begin() as connection:
            found = second_factors.of(connection, user.id)
        if found is None or found.confirmed_at is not None:
            return None
        address = TOTP(found.secret).provisioning_uri(name=user.email, issuer_name=f"Quartier {workspace}"[:60])
        return Begun(found.secret, address)

    def confirm(self, user: User, code: str, password: str) -> list[str]:
        """Put what was begun in force; the recovery codes, told this once. Raises InvalidRequest."""
        if user.password is not None and not passwords.is_it(password, user.password):
            raise InvalidRequest(_NOT_YOURS)
        drawn = [_drawn() for _ in range(RECOVERY_CODES)]
        with self._store.begin() as connection:
            found = second_factors.of(connection, user.id)
            if found is None or found.confirmed_at is not None:
                raise InvalidRequest(_NOT_BEGUN)
            step = self._step(found.secret, code)
            if step is None or not second_factors.take_step(connection, user.id, step):
                raise InvalidRequest(_WRONG)
            at = self._clock.now()
            second_factors.confirm(connection, user.id, at, [_digest(user.id, each) for each in drawn])
            audit.add(connection, Deeds.SECOND_FACTOR_SET.value, {"user": user.id}, author=user.email, at=at)
        return drawn

    def takes(self, user: User, code: str) -> bool:
        """Whether a code is one of the telephone or of recovery; it is used up by that."""
        written = "".join(code.split()).replace("-", "").lower()
        with self._store.begin() as connection:
            found = second_factors.of(connection, user.id)
            if found is None or found.confirmed_at is None:
                return False
            step = self._step(found.secret, written)
            if step is not None:
                return second_factors.take_step(connection, user.id, step)
            at = self._clock.now()
            if not second_factors.take_code(connection, user.id, _digest(user.id, written), at):
                return False
            left = {"left": second_factors.codes_left(connection, user.id)}
            audit.add(connection, Deeds.RECOVERY_CODE_USED.value, left, author=user.email, at=at)
        return True

    def take_off(self, user: User, *, author: str) -> None:
        """Ask a user for no code any more. Raises UnknownName where they were asked for none."""
        with self._store.begin() as connection:
            if not second_factors.remove(connection, user.id):
                raise UnknownName(_NONE)
            at = self._clock.now()
            audit.add(connection, Deeds.SECOND_FACTOR_REMOVED.value, {"user": user.id}, author=author, at=at)

    def _step(self, secret: str, code: str) -> int | None:
        """The half minute whose code this is, among those around now."""
        from pyotp import TOTP

        counted = TOTP(secret)
        now = counted.timecode(self._clock.now())
        written = "".join(code.split())
        near = range(now - EITHER_SIDE, now + EITHER_SIDE + 1)
        held = [each for each in near if hmac.compare_digest(counted.generate_otp(each).encode(), written.encode())]
        return held[-1] if held else None


def _drawn() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _digest(user: int, code: str) -> str:
    """What is kept of a recovery code: with 99 random bits it is not guessed from its digest."""
    return hashlib.sha256(f"{user} {code.replace('-', '')}".encode()).hexdigest()


_ON = Text(
    en="you have a second factor already; take it off first", fr="vous avez déjà un second facteur ; retirez-le d'abord"
)
_NOT_BEGUN = Text(en="begin again: there is nothing to confirm", fr="recommencez : il n'y a rien à confirmer")
_WRONG = Text(
    en="this code does not hold; type the one that your telephone shows now",
    fr="ce code ne convient pas ; tapez celui que votre téléphone affiche maintenant",
)
_NOT_YOURS = Text(en="this is not your password", fr="ce n'est pas votre mot de passe")
_NONE = Text(en="this user has no second factor", fr="cet utilisateur n'a pas de second facteur")
