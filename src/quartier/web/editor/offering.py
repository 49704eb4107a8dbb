"""What the editor can offer to a visitor: segments, campaigns, and frequent values that they may see."""

from collections.abc import Callable
from dataclasses import dataclass, field

from quartier.catalog import EventType, Property, Sensitivity, Subject, Trait
from quartier.govern.roles import May
from quartier.segment.remembering import campaigns
from quartier.web.editor.leaf_rows import Offered, Surroundings
from quartier.web.editor.typed import text_of
from quartier.web.visitor import Visitor
from quartier.workspace import Workspace

Named = tuple[str, str, Subject]
_MOST_KEPT = 1000


@dataclass
class Offers:
    """Makes what the editor offers; frequent values are looked up once a minute."""

    _kept: dict[object, Offered] = field(default_factory=dict)

    def around(self, ws: Workspace, visitor: Visitor) -> Surroundings:
        """What can be offered to a visitor now."""
        return Surroundings(
            ws.catalog, visitor.language, self.segments(ws, visitor), sorted(campaigns(ws.store)),
            self._values_of(ws, visitor),
        )  # fmt: skip

    def segments(self, ws: Workspace, visitor: Visitor) -> list[Named]:
        """The segments in force by their labels."""
        found = [
            (each.name, each.label.to(visitor.language) if each.label else each.name, each.subject)
            for each in ws.definitions()
        ]
        return sorted(found, key=lambda each: each[1].casefold())

    def _values_of(self, ws: Workspace, visitor: Visitor) -> Callable[[Trait | tuple[EventType, str]], Offered]:
        minute = int(ws.clock.now().timestamp()) // 60

        def values_of(asked: Trait | tuple[EventType, str]) -> Offered:
            declared = asked if isinstance(asked, Trait) else asked[0].property(asked[1])
            if declared is None or not may_see(declared, visitor):
                return ()
            name = asked.name if isinstance(asked, Trait) else (asked[0].name, asked[1])
            key = (str(ws.folder), minute, declared.type, getattr(declared, "of", ""), name)
            if key not in self._kept:
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = _frequent(ws, asked)
            return self._kept[key]

        return values_of


def _frequent(ws: Workspace, asked: Trait | tuple[EventType, str]) -> Offered:
    """Values that occur more than once: what is each person's own is not worth offering."""
    drafting = ws.drafting
    found = drafting.values_of_trait(asked) if isinstance(asked, Trait) else drafting.values_of_property(*asked)
    return tuple((text_of(value), n) for value, n in found if n > 1)


def may_see(declared: Trait | Property, visitor: Visitor) -> bool:
    """Whether a visitor may see values of a trait or a property."""
    if declared.sensitivity.is_masked:
        return visitor.may(May.SEE_SENSITIVE)
    return declared.sensitivity is not Sensitivity.PERSONAL or visitor.may(May.SEE_PERSONS)
