"""What binds the provider's answer to the browser that asked: all of it is made from one secret that the browser keeps.

So nothing is kept on the server, and an answer that another browser was given is worth nothing in this one.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Way:
    """One way to the provider and back, from the secret in a browser's cookie."""

    secret: str = field(repr=False)

    @classmethod
    def begun(cls) -> "Way":
        """A new way, which nobody can guess."""
        return cls(secrets.token_urlsafe(32))

    @property
    def state(self) -> str:
        """What the provider gives back beside the code."""
        return self._made("state")

    @property
    def nonce(self) -> str:
        """What the provider writes into the token."""
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        """What proves to the provider that the code comes from who asked for it (RFC 7636)."""
        return self._made("verifier")

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier at first: its digest."""
        return _written(hashlib.sha256(self.verifier.encode()).digest())

    def is_answered_by(self, state: str) -> bool:
        """Whether an answer is to this way."""
        return hmac.compare_digest(state.encode(), self.state.encode())

    def _made(self, use: str) -> str:
        return _written(hmac.new(self.secret.encode(), f"quartier open id {use}".encode(), hashlib.sha256).digest())


def _written(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
