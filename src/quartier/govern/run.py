"""Who signs in, and what they did: users, sessions, links that work once, the audit log."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from quartier.clock import Clock
from quartier.config import OpenId
from quartier.errors import InvalidRequest, UnknownName, suggestion
from quartier.govern import passwords
from quartier.govern.deeds import Deeds
from quartier.govern.elsewhere.admitting import admitted
from quartier.govern.elsewhere.tokens import Introduced
from quartier.govern.roles import ROLES
from quartier.govern.second_factor import SecondFactors
from quartier.language import LANGUAGES, Text
from quartier.store import Store, audit, invitations, sessions, users
from quartier.store.audit import Deed
from quartier.store.invitations import Invitation
from quartier.store.sessions import Session
from quartier.store.users import User

IDLE, LONGEST = dt.timedelta(hours=12), dt.timedelta(days=7)
"""A session ends when it was not used for so long, and after so long in any case."""
SETUP_LASTS, INVITE_LASTS, PASSWORD_LASTS = dt.timedelta(days=1), dt.timedelta(days=7), dt.timedelta(hours=4)
SEEN_EVERY = dt.timedelta(minutes=5)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
_LONGEST_NAME = 200


@dataclass(frozen=True)
class SignedIn:
    """A user in a browser."""

    user: User
    session: Session


class Users:
    """The users of a workspace. They need the store alone, and work while a server has the workspace."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self.second_factors = SecondFactors(store, clock)

    # ---- signing in

    def known(self, email: str, password: str) -> User | None:
        """The user whose e-mail and password these are; None where they are those of nobody who may sign in."""
        with self._store.begin() as connection:
            found = users.by_email(connection, folded(email))
        is_it = passwords.is_it(password, found.password if found and found.is_open else None)
        return found if is_it else None

    def introduced(self, person: Introduced, settings: OpenId, *, language: str | None = None) -> User:
        """The user whom the provider introduced; who is invited becomes one. Raises NotLetIn."""
        known = language if language in LANGUAGES else None
        with self._store.begin() as connection:
            found, is_new = admitted(connection, person, settings, now=self._clock.now(), language=known)
            if is_new:
                told = {"user": found.id, "role": found.role, "by": "provider"}
                self._note(connection, Deeds.USER_MADE, told, found.email)
        return found

    def begin(self, user: User, agent: str, *, by: str = "") -> str:
        """The token of a new session of a user who has shown who they are, `by` their password or something else."""
        with self._store.begin() as connection:
            token = sessions.begin(connection, user.id, agent, self._clock.now())
            self._note(connection, Deeds.SIGNED_IN, {"by": by} if by else {}, user.email)
        return token

    def signed_in(self, token: str) -> SignedIn | None:
        """Who the token of a cookie stands for; None where its session has ended or its user is closed."""
        now = self._clock.now()
        with self._store.begin() as connection:
            session = sessions.find(connection, token)
            if session is None:
                return None
            if now - session.seen_at > IDLE or now - session.created_at > LONGEST:
                sessions.end(connection, session.digest, now)
                return None
            user = users.of(connection, session.user)
            if user is None or not user.is_open:
                return None
            if now - session.seen_at > SEEN_EVERY:
                sessions.see(connection, session.digest, now)
        return SignedIn(user, session)

    def sign_out(self, signed: SignedIn) -> None:
        """End a session."""
        with self._store.begin() as connection:
            sessions.end(connection, signed.session.digest, self._clock.now())

    def sessions(self, user: int) -> list[Session]:
        """Where a user is signed in."""
        with self._store.begin() as connection:
            return sessions.of_user(connection, user)

    def sign_out_elsewhere(self, signed: SignedIn) -> int:
        """End a user's other sessions; how many there were."""
        with self._store.begin() as connection:
            return sessions.end_all(connection, signed.user.id, self._clock.now(), but=signed.session.digest)

    # ---- links that work once

    @property
    def is_new(self) -> bool:
        """Whether nobody can sign in yet."""
        with self._store.begin() as connection:
            return not users.is_any(connection)

    def set_up(self) -> str | None:
        """The token by which the first owner comes in; None once there is a user. Each one replaces the one before."""
        with self._store.begin() as connection:
            if users.is_any(connection):
                return None
            at = self._clock.now()
            return invitations.draw(connection, "setup", at=at, lasts=SETUP_LASTS, author="quartier", role="owner")

    def invite(self, email: str, role: str, *, author: str) -> str:
        """The token of a link with which somebody becomes a user. Raises InvalidRequest."""
        written, known = _email(email), _role(role)
        with self._store.begin() as connection:
            if users.by_email(connection, written) is not None:
                raise InvalidRequest(_TAKEN)
            self._note(connection, Deeds.INVITED, {"role": known}, author)
            return invitations.draw(
                connection, "invite", at=self._clock.now(), lasts=INVITE_LASTS, author=author, email=written, role=known
            )

    def offer_password(self, email: str, *, author: str) -> str:
        """The token of a link with which a user chooses another password. Raises UnknownName."""
        with self._store.begin() as connection:
            found = self._user(connection, email)
            self._note(connection, Deeds.PASSWORD_OFFERED, {"user": found.id}, author)
            at, lasts = self._clock.now(), PASSWORD_LASTS
            return invitations.draw(connection, "password", at=at, lasts=lasts, author=author, email=found.email)

    def invitation(self, token: str) -> Invitation | None:
        """What a link is for; None where it was used, has expired or never was."""
        with self._store.begin() as connection:
            return invitations.find(connection, token, self._clock.now())

    def invitations(self) -> list[Invitation]:
        """The links that can still be used."""
        with self._store.begin() as connection:
            return invitations.open_ones(connection, self._clock.now())

    def accept(self, token: str, *, email: str, name: str, password: str, language: str | None = None) -> User:
        """Use a link up: the user that it makes, or whose password it changes.

        Raises UnknownName for a link that cannot be used, InvalidRequest for what was typed; the link stays usable.
        """
        now = self._clock.now()
        with self._store.begin() as connection:
            found = invitations.find(connection, token, now)
            if found is None or (found.purpose == "setup" and users.is_any(connection)):
                raise UnknownName(_USED)
            written, called = _email(found.email or email), _name(name if found.purpose != "password" else "-")
            if objection := passwords.objection(password, written, called):
                raise InvalidRequest(objection)
            if not invitations.use(connection, found.digest, now):
                raise UnknownName(_USED)
            if found.purpose == "password":
                return self._with_password(connection, written, password)
            if users.by_email(connection, written) is not None:
                raise InvalidRequest(_TAKEN)
            made = users.add(
                connection, email=written, name=called, role=_role(found.role or "viewer"), at=now,
                password=passwords.kept(password), language=language if language in LANGUAGES else None,
            )  # fmt: skip
            self._note(connection, Deeds.USER_MADE, {"user": made.id, "role": made.role}, found.author)
            return made

    # ---- users

    def all(self) -> list[User]:
        """Every user, those who may no longer sign in too."""
        with self._store.begin() as connection:
            return users.all_of(connection)

    def add(self, *, email: str, name: str, role: str, password: str | None = None, author: str) -> User:
        """A new user. Raises InvalidRequest for an e-mail that is taken, or a password that is easy to guess."""
        written, called, known = _email(email), _name(name), _role(role)
        if password is not None and (objection := passwords.objection(password, written, called)):
            raise InvalidRequest(objection)
        with self._store.begin() as connection:
            if users.by_email(connection, written) is not None:
                raise InvalidRequest(_TAKEN)
            made = users.add(
                connection, email=written, name=called, role=known, at=self._clock.now(),
                password=passwords.kept(password) if password else None,
            )  # fmt: skip
            self._note(connection, Deeds.USER_MADE, {"user": made.id, "role": made.role}, author)
            return made

    def give_role(self, number: int, role: str, *, author: str) -> None:
        """Give a user another role. Raises InvalidRequest when no owner would be left."""
        known = _role(role)
        self._changed(number, Deeds.ROLE_GIVEN, lambda user: replace(user, role=known), author, role=known)

    def close(self, number: int, *, author: str) -> None:
        """Let a user sign in no more, and end their sessions. Raises InvalidRequest when no owner would be left."""
        now = self._clock.now()
        self._changed(number, Deeds.USER_CLOSED, lambda user: replace(user, closed_at=now), author, closed_at=now)
        with self._store.begin() as connection:
            sessions.end_all(connection, number, now)

    def reopen(self, number: int, *, author: str) -> None:
        """Let a user sign in again."""
        self._changed(number, Deeds.USER_REOPENED, lambda user: replace(user, closed_at=None), author, closed_at=None)

    def forget_provider(self, number: int, *, author: str) -> None:
        """Let a user come in by another account of the provider, the next that has their e-mail."""
        self._changed(number, Deeds.PROVIDER_FORGOTTEN, lambda user: replace(user, subject=None), author, subject=None)

    def of(self, number: int) -> User | None:
        """The user of a number who may sign in; None where there is none."""
        with self._store.begin() as connection:
            found = users.of(connection, number)
        return found if found and found.is_open else None

    def prefer(self, number: int, *, language: str | None, theme: str | None) -> None:
        """Keep in which language and light a user reads; None: as their browser asks."""
        with self._store.begin() as connection:
            users.change(connection, number, language=language, theme=theme)

    def rename(self, number: int, name: str) -> None:
        """Keep what a user is called. Raises InvalidRequest for what is no name."""
        called = _name(name)
        with self._store.begin() as connection:
            users.change(connection, number, name=called)

    def change_password(self, signed: SignedIn, old: str, new: str) -> None:
        """Change one's own password; other sessions end. Raises InvalidRequest."""
        if not passwords.is_it(old, signed.user.password):
            raise InvalidRequest(_WRONG)
        if objection := passwords.objection(new, signed.user.email, signed.user.name):
            raise InvalidRequest(objection)
        with self._store.begin() as connection:
            users.change(connection, signed.user.id, password=passwords.kept(new))
            sessions.end_all(connection, signed.user.id, self._clock.now(), but=signed.session.digest)
            self._note(connection, Deeds.PASSWORD_CHANGED, {"user": signed.user.id}, signed.user.email)

    # ---- audit

    def note(self, deed: Deeds, *, author: str, **about: object) -> None:
        """Write down what a user did: names and counts, never the data of a person."""
        with self._store.begin() as connection:
            self._note(connection, deed, about, author)

    def deeds(self, most: int = 50, before: int | None = None) -> list[Deed]:
        """What users did last, the newest first."""
        with self._store.begin() as connection:
            return audit.latest(connection, most, before)

    def first_changed_deed(self) -> int | None:
        """The number of the first row of the audit log that is not as it was written; None where all are."""
        with self._store.begin() as connection:
            return audit.first_changed(connection)

    def _changed(
        self, number: int, deed: Deeds, changed: Callable[[User], User], author: str, **values: object
    ) -> None:
        with self._store.begin() as connection:
            known = {each.id: each for each in users.all_of(connection)}
            if number not in known:
                raise UnknownName(_NOBODY)
            known[number] = changed(known[number])
            if not any(each.role == "owner" and each.is_open for each in known.values()):
                raise InvalidRequest(_LAST_OWNER)
            users.change(connection, number, **values)
            self._note(connection, deed, {"user": number, "role": known[number].role}, author)

    def _with_password(self, connection: sa.Connection, email: str, password: str) -> User:
        found = self._user(connection, email)
        users.change(connection, found.id, password=passwords.kept(password))
        sessions.end_all(connection, found.id, self._clock.now())
        self._note(connection, Deeds.PASSWORD_CHANGED, {"user": found.id}, found.email)
        return found

    def _user(self, connection: sa.Connection, email: str) -> User:
        found = users.by_email(connection, folded(email))
        if found is None or not found.is_open:
            raise UnknownName(_NOBODY)
        return found

    def _note(self, connection: sa.Connection, deed: Deeds, about: dict[str, object], author: str) -> None:
        audit.add(connection, deed.value, about, author=author, at=self._clock.now())


def folded(email: str) -> str:
    """An e-mail as it is kept and compared."""
    return email.strip().casefold()


def _email(written: str) -> str:
    found = folded(written)
    if not _EMAIL.fullmatch(found):
        raise InvalidRequest(_NO_EMAIL)
    return found


def _name(written: str) -> str:
    found = " ".join(written.split())
    if not found.isprintable() or not 0 < len(found) <= _LONGEST_NAME:
        raise InvalidRequest(_NO_NAME.with_(n=_LONGEST_NAME))
    return found


def _role(written: str) -> str:
    if written not in ROLES:
        raise InvalidRequest(_NO_ROLE, remedy=suggestion(written, ROLES))
    return written


_TAKEN = Text(en="somebody has this e-mail already", fr="quelqu'un a déjà cet e-mail")
_USED = Text(
    en="this link was used already, or has expired; ask for another one",
    fr="ce lien a déjà servi ou a expiré ; demandez-en un autre",
)
_NOBODY = Text(en="there is no such user", fr="cet utilisateur n'existe pas")
_LAST_OWNER = Text(
    en="at least one owner must be left; make somebody else an owner first",
    fr="il doit rester au moins un propriétaire ; nommez-en d'abord un autre",
)
_WRONG = Text(en="this is not your password", fr="ce n'est pas votre mot de passe")
_NO_EMAIL = Text(en="this is not an e-mail", fr="ceci n'est pas un e-mail")
_NO_NAME = Text(en="a name has 1 to {n} visible characters", fr="un nom a de 1 à {n} caractères visibles")
_NO_ROLE = Text(en="there is no such role", fr="ce rôle n'existe pas")
