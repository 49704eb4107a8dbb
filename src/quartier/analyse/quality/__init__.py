"""The quality of the data: filled in, valid, fresh, far out, changed; and what in it needs attention."""

from quartier.analyse.quality.attention import Attention, attention
from quartier.analyse.quality.columns import ColumnQuality, EventQuality, Quality, TopValue

__all__ = ["Attention", "ColumnQuality", "EventQuality", "Quality", "TopValue", "attention"]
