"""The words of govern: roles."""

from typing import Literal

Role = Literal["owner", "analyst", "marketer", "sales", "support", "viewer"]
"""What a user is here for; `govern.roles` says what follows from it."""
