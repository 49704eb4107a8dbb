"""Lists to take away: CSV in which no cell can run, Parquet, JSON; as the command line writes them."""

import tempfile
from pathlib import Path
from typing import Literal

import pyarrow as pa
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from quartier.channels import file

Form = Literal["csv", "parquet", "json"]
MEDIA: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}


def as_file(table: pa.Table, name: str, form: Form) -> Response:
    """A table as a file to be kept under a name, which is ours and holds no path."""
    with tempfile.NamedTemporaryFile(prefix="quartier-", suffix=f".{form}", delete=False) as made:
        path = Path(made.name)
    try:
        file.write(table, path, replace=True)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    done = BackgroundTask(path.unlink, missing_ok=True)
    return FileResponse(path, media_type=MEDIA[form], filename=f"{name}.{form}", headers=headers, background=done)
