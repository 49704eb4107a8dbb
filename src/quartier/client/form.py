"""A file as a form sends it (`multipart/form-data`, RFC 7578), read while it is sent: its size needs no memory."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

CHUNK = 256 * 1024


@dataclass(frozen=True)
class Form:
    """A file and the fields beside it; each time that it is iterated, the bytes to send."""

    path: Path
    fields: Mapping[str, str]
    boundary: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def media_type(self) -> str:
        """What the body says that it is."""
        return f"multipart/form-data; boundary={self.boundary}"

    def __len__(self) -> int:
        return len(self._head()) + self.path.stat().st_size + len(self._tail())

    def __iter__(self) -> Iterator[bytes]:
        yield self._head()
        with self.path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
        yield self._tail()

    def _head(self) -> bytes:
        fields = [self._part(f'name="{name}"') + value + "\r\n" for name, value in self.fields.items()]
        file = self._part(f'name="file"; filename="{_quoted(self.path.name)}"', "application/octet-stream")
        return ("".join(fields) + file).encode()

    def _part(self, disposition: str, media_type: str = "text/plain; charset=utf-8") -> str:
        first = f"--{self.boundary}\r\nContent-Disposition: form-data; {disposition}\r\n"
        return f"{first}Content-Type: {media_type}\r\n\r\n"

    def _tail(self) -> bytes:
        return f"\r\n--{self.boundary}--\r\n".encode()


def _quoted(name: str) -> str:
    """The name of a file as browsers write it: nothing in it ends the line or the quotes."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
