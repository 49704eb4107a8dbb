"""What is known of the data: traits, events, properties, families, sensitivity."""

from quartier.catalog.families import Family, Sensitivity
from quartier.catalog.model import (
    SUBJECTS,
    Catalog,
    EventType,
    Label,
    Meaning,
    Property,
    Subject,
    Trait,
    ValueRule,
    ValueType,
    other_subject,
    slug,
)

__all__ = [
    "SUBJECTS",
    "Catalog",
    "EventType",
    "Family",
    "Label",
    "Meaning",
    "Property",
    "Sensitivity",
    "Subject",
    "Trait",
    "ValueRule",
    "ValueType",
    "other_subject",
    "slug",
]
