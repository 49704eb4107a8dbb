"""A Python client of the REST API, for programs that run elsewhere: the standard library and nothing of the server.

>>> from quartier.client import Client
>>> shop = Client("https://quartier.example.org", key)             # doctest: +SKIP
>>> [each.segment for each in shop.segments.list()]                # doctest: +SKIP

Each subject is an attribute of the client: `segments`, `persons`, `accounts`, `campaigns`, `models`, `imports`, `jobs`.
"""

from quartier.client.client import Client
from quartier.client.failures import ApiProblem, ClientError, Flaw, StillRunning, UnexpectedAnswer, Unreachable
from quartier.client.members import Members
from quartier.client.results import (
    Campaign,
    DryRun,
    Exported,
    Exposure,
    FoundAccount,
    FoundPerson,
    FrozenAudience,
    History,
    Import,
    Imported,
    Job,
    Preview,
    Run,
    Segment,
    Size,
    Standing,
    Validation,
    Version,
)

__all__ = [
    "ApiProblem",
    "Campaign",
    "Client",
    "ClientError",
    "DryRun",
    "Exported",
    "Exposure",
    "Flaw",
    "FoundAccount",
    "FoundPerson",
    "FrozenAudience",
    "History",
    "Import",
    "Imported",
    "Job",
    "Members",
    "Preview",
    "Run",
    "Segment",
    "Size",
    "Standing",
    "StillRunning",
    "UnexpectedAnswer",
    "Unreachable",
    "Validation",
    "Version",
]
