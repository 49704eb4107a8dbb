"""Asking for help loads none of the heavy libraries."""

import subprocess
import sys

HEAVY = (
    "pandas", "polars", "scipy", "altair", "tea_tasting", "vl_convert", "alembic", "ibis", "pyarrow", "duckdb",
    "sqlalchemy", "numpy",
)  # fmt: skip


def _loaded(program: str) -> set[str]:
    code = f"import sys\n{program}\nprint(' '.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split()) & set(HEAVY)


def test_help_loads_no_engine_and_no_statistics() -> None:
    assert _loaded("from quartier.cli.main import run\nrun(['segment', '--help'], {})") == set()


def test_opening_the_package_loads_no_pandas_and_no_statistics() -> None:
    loaded = _loaded("import quartier\nquartier.open")
    assert loaded == {"ibis", "pyarrow", "duckdb", "sqlalchemy", "numpy"}
