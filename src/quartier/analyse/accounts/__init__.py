"""What companies and households do: figures of accounts from the events of their persons."""

from quartier.analyse.accounts.run import Brought, bring

__all__ = ["Brought", "bring"]
