"""A command loads the heavy libraries that it needs, and no others."""

import subprocess
import sys
from pathlib import Path

import quartier

HEAVY = (
    "pandas", "polars", "scipy", "altair", "tea_tasting", "vl_convert", "alembic", "ibis", "pyarrow", "duckdb",
    "sqlalchemy", "numpy", "sqlglot", "pydantic", "psycopg", "pyspark", "ibis.backends.sql.compilers",
    "quartier.workspace", "quartier.analyse.run", "quartier.segment.answering",
)  # fmt: skip


def _loaded(program: str) -> set[str]:
    code = f"import sys\n{program}\nprint(' '.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split()) & set(HEAVY)


def test_help_loads_no_engine_and_no_statistics() -> None:
    assert _loaded("from quartier.cli.main import run\nrun(['segment', '--help'], {})") == {"pydantic"}
    assert _loaded("from quartier.cli.main import run\nrun(['--help'], {})") == {"pydantic"}


def test_the_package_by_itself_loads_nothing_heavy() -> None:
    assert _loaded("import quartier") == set()


def test_making_a_workspace_loads_its_store_alone() -> None:
    assert _loaded("import quartier\nquartier.create") == {"pydantic", "sqlalchemy"}


def test_opening_a_workspace_loads_no_compiler_no_other_engine_and_no_statistics(tmp_path: Path) -> None:
    quartier.create(tmp_path / "shop")
    quartier.open(tmp_path / "shop").close()  # its tables are made
    loaded = _loaded(f"import quartier\nquartier.open({str(tmp_path / 'shop')!r}).close()")
    store_and_engine = {"ibis", "pyarrow", "duckdb", "sqlalchemy", "numpy", "sqlglot", "pydantic"}
    assert loaded == store_and_engine | {"quartier.workspace"}
