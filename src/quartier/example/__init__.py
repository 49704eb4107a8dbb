"""The example shop: synthetic persons, orders and events, and a campaign whose true effect is known.

It knows no stage of the road: it makes the files that a shop would have, and everything after them goes the way of
any other data.
"""

from quartier.example.campaign import Aftermath, TrueEffect, Truth, respond, truth
from quartier.example.files import mapping_of, write, write_aftermath, write_shop
from quartier.example.groups import GROUPS, members_of_groups
from quartier.example.shop import PERSONS, SYNTHETIC, Shop, generate

__all__ = [
    "GROUPS",
    "PERSONS",
    "SYNTHETIC",
    "Aftermath",
    "Shop",
    "TrueEffect",
    "Truth",
    "generate",
    "mapping_of",
    "members_of_groups",
    "respond",
    "truth",
    "write",
    "write_aftermath",
    "write_shop",
]
