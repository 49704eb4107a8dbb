"""Where persons live, as computed traits: derived from what was given, once for each place that differs."""

from quartier.analyse.places.run import bring

__all__ = ["bring"]
