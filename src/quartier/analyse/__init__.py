"""What is there to see: models that write traits (RFM), and findings about the base for the report.

Pure modules build expressions and read their answers; `run` alone touches store and engine.
"""

from quartier.analyse.classes import CLASS_BY_ID, CLASSES, RfmClass, class_of
from quartier.analyse.concentration import Concentration, LorenzPoint, TopShare
from quartier.analyse.definition import Rfm
from quartier.analyse.grid import BinRange, Cell, ClassRow, RfmGrid
from quartier.analyse.modelling.kinds import read_model
from quartier.analyse.overlap import Overlap, overlap
from quartier.analyse.overview import EventCount, Month, Overview
from quartier.analyse.profile import Difference, Interval, MeanDifference, Profile, ShareDifference
from quartier.analyse.quality import ColumnQuality, EventQuality, Quality, TopValue
from quartier.analyse.worth import Worth

__all__ = [
    "CLASSES",
    "CLASS_BY_ID",
    "BinRange",
    "Cell",
    "ClassRow",
    "ColumnQuality",
    "Concentration",
    "Difference",
    "EventCount",
    "EventQuality",
    "Interval",
    "LorenzPoint",
    "MeanDifference",
    "Month",
    "Overlap",
    "Overview",
    "Profile",
    "Quality",
    "Rfm",
    "RfmClass",
    "RfmGrid",
    "ShareDifference",
    "TopShare",
    "TopValue",
    "Worth",
    "class_of",
    "overlap",
    "read_model",
]
