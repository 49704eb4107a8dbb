"""Joining persons to accounts that no trait of theirs names: by the domain of their e-mail, and as households.

Both are rules that a workspace switches on; until then what they would do can be asked for.
"""

from quartier.identify.accounts.joining.suggested import Suggestion
from quartier.identify.links import JOINED

__all__ = ["JOINED", "Suggestion"]
