"""A shop of five persons and six orders, and the command line run in this process."""

import io
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quartier.cli.main import run

CUSTOMERS = """\
customer_id,email,first_name,country,birth_date,signup_date,newsletter
C1,ana@example.com,Ana,FR,1990-03-14,2025-01-10,yes
C2,bob@example.com,Bob,BE,1985-07-02,2025-02-11,no
C3,cleo@example.com,Cléo,FR,2000-12-31,2025-03-12,yes
C4,dan@example.com,Dan,CH,1970-01-01,2025-04-13,no
C5,eve@example.com,Eve,FR,1999-05-20,2025-05-14,yes
"""
ORDERS = """\
order_id,customer_id,order_date,total,currency
O1,C1,2026-01-05 10:00,50.00,EUR
O2,C1,2026-02-05 11:00,70.00,EUR
O3,C1,2026-03-05 12:00,30.00,EUR
O4,C2,2026-03-20 13:00,500.00,EUR
O5,C3,2025-06-01 09:00,20.00,EUR
O6,C4,2026-03-30 18:00,15.50,EUR
"""
AT = "2026-04-01T12:00+00:00"


@dataclass(frozen=True)
class Said:
    """What one command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be JSON and nothing else."""
        return json.loads(self.out)


@dataclass
class CommandLine:
    """Runs `quartier -w shop …` in this process; `typed` is what somebody answers."""

    capsys: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    folder: Path
    environ: Mapping[str, str]

    def __call__(self, *arguments: str | Path, typed: str = "", at: str = AT) -> Said:
        """One command in the workspace."""
        return self.bare("-w", self.folder / "shop", "--at", at, *arguments, typed=typed)

    def bare(self, *arguments: str | Path, typed: str = "") -> Said:
        """One command line, as it stands."""
        self.patch.setattr(sys, "stdin", io.StringIO(typed))
        self.capsys.readouterr()
        code = run([str(each) for each in arguments], self.environ)
        caught = self.capsys.readouterr()
        return Said(code, caught.out, caught.err)

    def write(self, name: str, content: str | bytes) -> Path:
        """A file beside the workspace."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path
