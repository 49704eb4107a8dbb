"""Who looks at a page: a user in a browser, or somebody who has not signed in."""

from dataclasses import dataclass

from quartier.govern.roles import May, allows
from quartier.govern.run import SignedIn
from quartier.language import Language


@dataclass(frozen=True)
class Visitor:
    """Who asks for a page.

    Attributes:
        signed: the user and the session; None for somebody who has not signed in.
        language: in which language they read.
        csrf: what their forms carry, so that no other site can send them.
        theme: light, dark, or auto for what their system asks for.
    """

    signed: SignedIn | None
    language: Language
    csrf: str
    theme: str = "auto"

    @property
    def author(self) -> str:
        """Under which name their deeds are kept."""
        return self.signed.user.email if self.signed else "quartier"

    def may(self, what: May) -> bool:
        """Whether their role allows something."""
        return self.signed is not None and allows(self.signed.user.role, what)
