"""What is said when a command fails, as text or as JSON, and with which exit code.

Everything here was foreseen: what was given, what the file system refuses, what another process holds. The rest is a
defect, and its traceback is left alone.
"""

import errno
import json
from dataclasses import dataclass
from typing import Any

import click

from quartier.cli.bilingual import usage_message
from quartier.errors import QuartierError
from quartier.language import Language, Text

USAGE, INTERRUPTED = 2, 130


@dataclass(frozen=True)
class Failure:
    """Why a command stopped, in one language."""

    exit_code: int
    text: str
    details: dict[str, Any]

    def as_json(self) -> str:
        """One line with the stable keys `error.kind`, `error.exit_code`, `error.message`, and the details."""
        return json.dumps(
            {"error": {"exit_code": self.exit_code, "message": self.text, **self.details}}, ensure_ascii=False
        )


def told(error: Exception, language: Language) -> Failure | None:
    """What to say of an error that was foreseen; None for a defect."""
    match error:
        case QuartierError():
            is_defect = error.exit_code == QuartierError.exit_code
            return None if is_defect else Failure(error.exit_code, error.to(language), error.as_json(language))
        case click.exceptions.NoArgsIsHelpError():
            return _plain(USAGE, "usage", error.format_message())
        case click.UsageError():
            return _usage(error, language)
        case click.ClickException():
            return _plain(USAGE, "usage", error.format_message())
        case click.exceptions.Abort():
            return _plain(INTERRUPTED, "interrupted", _STOPPED.to(language))
        case OSError() if error.errno in _REFUSALS:
            said = _REFUSALS[error.errno].to(language)
            colon = {"en": ": ", "fr": "\N{NO-BREAK SPACE}: "}[language]
            where = str(error.filename) if error.filename else None
            text = f"{where}{colon}{said}" if where else said
            return Failure(USAGE, text, {"kind": "refused_by_system", "what": said, "where": where, "remedy": None})
    return None


def _plain(exit_code: int, kind: str, text: str) -> Failure:
    return Failure(exit_code, text, {"kind": kind, "what": text, "where": None, "remedy": None})


def _usage(error: click.UsageError, language: Language) -> Failure:
    what = usage_message(error, language)
    if error.ctx is None:
        return _plain(USAGE, "usage", what)
    remedy = _TRY.to(language, command=f"{error.ctx.command_path} --help")
    details = {"kind": "usage", "what": what, "where": error.ctx.command_path, "remedy": remedy}
    return Failure(USAGE, f"{what}\n  → {remedy}", details)


_TRY = Text(en="try `{command}`", fr="essayez `{command}`")
_STOPPED = Text(en="Stopped.", fr="Arrêté.")
_REFUSALS = {
    errno.EACCES: Text(
        en="the system does not let you write or read here", fr="le système ne vous laisse pas écrire ou lire ici"
    ),
    errno.EPERM: Text(
        en="the system does not let you write or read here", fr="le système ne vous laisse pas écrire ou lire ici"
    ),
    errno.EROFS: Text(en="this place can only be read", fr="cet endroit est en lecture seule"),
    errno.ENOSPC: Text(en="the disk is full", fr="le disque est plein"),
    errno.EDQUOT: Text(en="the disk is full", fr="le disque est plein"),
    errno.ENOTDIR: Text(en="this is not a folder", fr="ce n'est pas un dossier"),
    errno.EISDIR: Text(en="this is a folder", fr="c'est un dossier"),
    errno.EEXIST: Text(en="this is there already", fr="ceci existe déjà"),
    errno.ENOENT: Text(en="this is not there", fr="ceci n'existe pas"),
    errno.ENAMETOOLONG: Text(en="this name is too long", fr="ce nom est trop long"),
}
