"""The quality of a segmentation: what a set of segments is worth, whatever each of its segments is worth.

Pure modules over bitmaps and columns, one per question; `run` alone reads the engine and the store.
"""

from quartier.evaluate.segmentation.quality import SegmentationQuality, SegmentQuality

__all__ = ["SegmentQuality", "SegmentationQuality"]
