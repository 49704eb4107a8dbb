"""One pass over a file before it is read: its digest, its size, its encoding, and whether it is text at all.

The rule for the encoding is the same for every file and every machine: a byte-order mark decides; else UTF-8 when the
whole file is valid UTF-8; else cp1252 when no byte of it is undefined there; else Latin-1.
"""

import codecs
import gzip
import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from quartier.errors import UnreadableFile
from quartier.language import Text

CHUNK = 1 << 20
_HEAD = 1 << 18
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_UNDEFINED_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Survey:
    """What a file is before anything is read: `head` is its first quarter of a megabyte, unpacked."""

    digest: str
    size: int
    encoding: str
    head: bytes
    is_gzip: bool


def survey(path: Path) -> Survey:
    """Look at a whole file once. Raises UnreadableFile when it is missing, empty or damaged."""
    digest, size = _digest_of(path)
    if not size:
        raise UnreadableFile(EMPTY, where=path.name, remedy=_GIVE_ROWS)
    is_gzip = _begins(path) == _GZIP
    head, encoding = _encoding_of(path, is_gzip)
    if not head:
        raise UnreadableFile(EMPTY, where=path.name, remedy=_GIVE_ROWS)
    return Survey(digest, size, encoding, head, is_gzip)


def unpacked(path: Path, is_gzip: bool) -> BinaryIO:
    """The file's bytes, unpacked when it is gzip."""
    return cast(BinaryIO, gzip.open(path, "rb")) if is_gzip else path.open("rb")


def _digest_of(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except FileNotFoundError as error:
        raise UnreadableFile(_MISSING, where=str(path), remedy=_CHECK_PATH) from error
    except IsADirectoryError as error:
        raise UnreadableFile(_FOLDER, where=str(path), remedy=_CHECK_PATH) from error
    except OSError as error:
        raise UnreadableFile(_UNREADABLE, where=str(path), remedy=_CHECK_PATH) from error
    return digest.hexdigest(), size


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(2)


def _encoding_of(path: Path, is_gzip: bool) -> tuple[bytes, str]:
    """The head of the content, and the encoding of all of it."""
    head, decoder, is_utf8, is_cp1252 = b"", codecs.getincrementaldecoder("utf-8")(), True, True
    try:
        with unpacked(path, is_gzip) as file:
            while chunk := file.read(CHUNK):
                head = head or chunk[:_HEAD]
                is_utf8 = is_utf8 and _decodes(decoder, chunk)
                is_cp1252 = is_cp1252 and (is_utf8 or not _UNDEFINED_IN_CP1252.intersection(chunk))
            is_utf8 = is_utf8 and _decodes(decoder, b"", final=True)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableFile(_DAMAGED_GZIP, where=path.name, remedy=_SEND_AGAIN) from error
    marked = next((name for bom, name in _BOMS.items() if head.startswith(bom)), None)
    return head, marked or ("utf-8" if is_utf8 else "cp1252" if is_cp1252 else "latin-1")


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def text_of(head: bytes, encoding: str) -> str:
    """The head as text; a character cut at its end is left out."""
    return io.TextIOWrapper(io.BytesIO(head), encoding=encoding, errors="ignore", newline="").read()


EMPTY = Text(en="the file is empty", fr="le fichier est vide")
_GIVE_ROWS = Text(
    en="give a file with a header line and at least one row",
    fr="donnez un fichier avec une ligne d'en-tête et au moins une ligne",
)
_MISSING = Text(en="there is no such file", fr="ce fichier n'existe pas")
_FOLDER = Text(en="this is a folder, not a file", fr="c'est un dossier, pas un fichier")
_UNREADABLE = Text(en="the file cannot be opened", fr="le fichier ne peut pas être ouvert")
_CHECK_PATH = Text(en="check the path and your right to read it", fr="vérifiez le chemin et votre droit de lecture")
_DAMAGED_GZIP = Text(en="the gzip file is damaged or cut off", fr="le fichier gzip est endommagé ou tronqué")
_SEND_AGAIN = Text(en="copy or download it again", fr="copiez-le ou téléchargez-le de nouveau")
