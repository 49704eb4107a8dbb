"""What is remembered in a tiny world, as an evaluation asks for it."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pyroaring import BitMap

from quartier.segment.memory import Moved, Reached, Was
from quartier.testing.worlds import TinyMemory, TinyWorld


class TinyMemories:
    """The memory of a tiny world that was loaded, with the keys that it was given."""

    def __init__(self, world: TinyWorld, keys: Mapping[str, int] | None = None) -> None:
        self.world = world
        accounts = {account.id: number for number, account in enumerate(world.accounts)}
        self.keys = keys or accounts | {person.id: number for number, person in enumerate(world.persons)}

    def changes(self, segment: str) -> Sequence[Moved]:
        """Who was found, entered and left, instant by instant."""
        instants = sorted({each.at for each in self._of(segment, "found", "entered", "left")})
        return [each for at in instants for each in self._at(segment, at)]

    def is_of_this_version(self, _segment: str) -> bool:
        """A tiny world has one version of each segment."""
        return True

    def reached(self, campaign: str, was: Was) -> Sequence[Reached]:
        """One by one."""
        return [Reached(each.at, BitMap([self.keys[each.person]])) for each in self._of(campaign, was)]

    def _at(self, segment: str, at: dt.datetime) -> list[Moved]:
        found, entered, left = (
            BitMap(self.keys[each.person] for each in self._of(segment, kind) if each.at == at)
            for kind in ("found", "entered", "left")
        )
        moved = [Moved(at, entered, left)] if entered or left else []
        return [Moved(at, found, is_as_found=True), *moved] if found else moved

    def _of(self, name: str, *kinds: str) -> list[TinyMemory]:
        return [each for each in self.world.remembered if each.name == name and each.kind in kinds]
