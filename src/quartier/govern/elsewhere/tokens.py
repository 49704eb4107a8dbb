"""What a provider signed: read and verified as OpenID Connect Core 1.0 asks (3.1.3.7), by Authlib.

Only signatures with a public key are taken: a token that is not signed, or with the secret, is not read at all.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
LEEWAY = 60
"""Seconds by which our clock and the provider's may differ."""


class Untrue(Exception):
    """A token that cannot be taken; the message is the kind of the error, never what the token holds."""


class UnknownKey(Untrue):
    """A token signed with a key that is not among those that are known: the provider may have new ones."""


@dataclass(frozen=True)
class Introduced:
    """Who somebody is, as the provider said it.

    Attributes:
        subject: a digest of the issuer and of what it calls them for ever.
        email: their address, verified by the provider; None where it did not verify one.
        name: what they are called; empty where it did not say.
    """

    subject: str
    email: str | None
    name: str


def read(token: str, keys: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, now: int) -> Introduced:
    """Who a token speaks of. `now` is in seconds since 1970. Raises Untrue, UnknownKey."""
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError, JoseError
    from joserfc.jwk import KeySet

    try:
        known = KeySet.import_key_set(dict(keys))  # type: ignore[arg-type]  # what came is checked by it
        found = jwt.decode(token, known, algorithms=list(ALGORITHMS))
        claims = CodeIDToken(
            found.claims, found.header,
            options={
                "iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id},
                "nonce": {"essential": True, "value": nonce}, "sub": {"essential": True}, "exp": {"essential": True},
            },
            params={"nonce": nonce, "client_id": client_id},
        )  # fmt: skip
        claims.validate(now=now, leeway=LEEWAY)
    except InvalidKeyIdError as error:
        raise UnknownKey(type(error).__name__) from error
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Untrue(type(error).__name__) from error
    return _introduced(claims, issuer)


def _introduced(claims: Mapping[str, Any], issuer: str) -> Introduced:
    subject, email, name = claims["sub"], claims.get("email"), claims.get("name")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise Untrue("sub")
    is_verified = claims.get("email_verified") is True and isinstance(email, str)
    known = hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()
    return Introduced(known, str(email) if is_verified else None, name if isinstance(name, str) else "")
