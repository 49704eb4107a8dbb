"""`quartier verify`, `quartier backup`, `quartier restore`: is everything there, keep a copy, put it back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quartier.cli.bilingual import command, option
from quartier.cli.session import Session, json_option, session
from quartier.errors import WorkspaceDamaged
from quartier.language import Plural, Text

if TYPE_CHECKING:
    from quartier.store.safekeeping import Verification
    from quartier.store.safekeeping.salvage import Salvaged


@command(
    "verify",
    Text(
        en="Check that all that cannot be computed again is there as it was written: journal, store, imported files.",
        fr="Vérifier que tout ce qui ne se recalcule pas est là, tel qu'écrit : journal, base, fichiers importés.",
    ),
    example="quartier -w my-shop verify",
)
@option(
    "--give-up",
    is_flag=True,
    text=Text(
        en="Write the journal again without what is damaged, and record it as lost. The damaged file stays beside it.",
        fr="Réécrire le journal sans ce qui est abîmé, et le noter comme perdu. Le fichier abîmé est gardé à côté.",
    ),
)
@json_option
def verify(give_up: bool, as_json: bool) -> int:
    """Check what is on disk."""
    from quartier.store.folder import existing  # the store takes a while to load
    from quartier.store.safekeeping import verify as check

    now, salvaged = session(), None
    folder = existing(now.folder)
    with now.progress(_CHECKING) as advance:
        found = check(folder, now.clock.now(), advance)
        if give_up and any(each.part in ("journal", "index") for each in found.damages):
            salvaged = _given_up(folder, now)
            found = check(folder, now.clock.now(), advance)
    if as_json:
        now.print_json({**found.as_json(), "given_up": _ranges(salvaged), "set_aside": _aside(salvaged)})
    else:
        _say_given_up(salvaged, now)
        _say_found(found, now)
    return 0 if found.is_well else WorkspaceDamaged.exit_code


@command(
    "backup",
    Text(
        en="Copy a workspace into a new folder, also while it is in use; the copy is read again and checked.",
        fr="Copier un espace de travail dans un dossier neuf, même en service ; la copie est relue et vérifiée.",
    ),
    example="quartier -w my-shop backup backups/2026-11-22",
)
@click.argument("path", type=click.Path(path_type=Path))
@json_option
def backup(path: Path, as_json: bool) -> int:
    """Back a workspace up."""
    from quartier.store.folder import existing
    from quartier.store.safekeeping import back_up

    now = session()
    with now.progress(_COPYING) as advance:
        made = back_up(existing(now.folder), path, now.clock.now(), advance)
    manifest = made.manifest
    if as_json:
        said = {"backup": str(path), "at": manifest.at.isoformat(), "messages": manifest.messages,
                "files": len(manifest.files), "bytes": manifest.bytes, "elsewhere": list(manifest.elsewhere),
                "verification": made.verification.as_json()}  # fmt: skip
        now.print_json(said)
    else:
        size = FILES.with_(n=len(manifest.files))
        now.say(_BACKED_UP, path=str(path), files=size, megabytes=round(manifest.bytes / 1e6, 1))
        if manifest.elsewhere:
            now.say(_ELSEWHERE, n=len(manifest.elsewhere))
        _say_found(made.verification, now)
    return 0 if made.verification.is_well else WorkspaceDamaged.exit_code


@command(
    "restore",
    Text(
        en="Make a workspace of a backup, in a folder that is new or empty. The backup is checked before.",
        fr="Refaire un espace de travail d'une sauvegarde, dans un dossier neuf ou vide. Elle est vérifiée avant.",
    ),
    example="quartier restore backups/2026-11-22 my-shop --verify",
)
@click.argument("backup", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@option(
    "--verify",
    "is_verified",
    is_flag=True,
    text=Text(en="Read everything again afterwards, as `verify` does.", fr="Tout relire ensuite, comme `verify`."),
)
@json_option
def restore(backup: Path, folder: Path, is_verified: bool, as_json: bool) -> int:
    """Make a workspace of a backup."""
    from quartier.store.safekeeping import restore as put_back

    now = session()
    with now.progress(_RESTORING) as advance:
        made = put_back(backup, folder, now.clock.now(), is_verified=is_verified, progress=advance)
    manifest, found = made.manifest, made.verification
    if as_json:
        said = {"workspace": str(folder), "at": manifest.at.isoformat(), "messages": manifest.messages,
                "elsewhere": list(manifest.elsewhere), "verification": found.as_json() if found else None}  # fmt: skip
        now.print_json(said)
    else:
        messages = MESSAGES.with_(n=manifest.messages)
        now.say(_RESTORED, folder=str(folder), at=manifest.at, messages=messages)
        if found:
            _say_found(found, now)
        now.say(_NEXT, folder=str(folder))
    return 0 if found is None or found.is_well else WorkspaceDamaged.exit_code


def _given_up(folder: Path, now: Session) -> "Salvaged":
    from quartier.store.journal import FILE
    from quartier.store.safekeeping.salvage import salvage

    return salvage(folder / FILE, now.clock.now())


def _ranges(salvaged: "Salvaged | None") -> list[dict[str, int]]:
    return [{"first": each.first, "last": each.last} for each in salvaged.lost] if salvaged else []


def _aside(salvaged: "Salvaged | None") -> str | None:
    return str(salvaged.set_aside) if salvaged else None


def _say_given_up(salvaged: "Salvaged | None", now: Session) -> None:
    if salvaged is not None:
        now.say(_WRITTEN_AGAIN, aside=str(salvaged.set_aside))


def _say_found(found: "Verification", now: Session) -> None:
    """All is well, or what is not: always the first line."""
    counts = {"messages": MESSAGES.with_(n=found.messages), "files": FILES.with_(n=found.imports)}
    if found.is_well:
        now.say(_ALL_THERE, **counts)
    else:
        now.say(DAMAGES, n=len(found.damages))
        for each in found.damages:
            now.say(_DAMAGE, file=each.file, what=each.what)
        now.say(_SOUND, **counts)
        now.say(_WAYS_OUT)
    for lost in found.lost:
        now.say(_LOST, n=lost.last - lost.first + 1, first=lost.first, last=lost.last)


MESSAGES = Plural(Text(en="{n} message", fr="{n} message"), Text(en="{n} messages", fr="{n} messages"))
FILES = Plural(Text(en="{n} file", fr="{n} fichier"), Text(en="{n} files", fr="{n} fichiers"))
DAMAGES = Plural(
    Text(en="{n} thing is damaged:", fr="{n} chose est abîmée :"),
    Text(en="{n} things are damaged:", fr="{n} choses sont abîmées :"),
)
_CHECKING = Text(en="Reading everything", fr="Lecture de tout")
_COPYING = Text(en="Copying", fr="Copie")
_RESTORING = Text(en="Restoring", fr="Restauration")
_ALL_THERE = Text(
    en="All is there as it was written: settings, store, journal ({messages}), imports ({files}).",
    fr="Tout est là, tel qu'écrit : réglages, base, journal ({messages}), imports ({files}).",
)
_DAMAGE = Text(en="• {file}: {what}", fr="• {file} : {what}")
_SOUND = Text(
    en="Sound: journal ({messages}), imports ({files}).", fr="Intacts : journal ({messages}), imports ({files})."
)
_WAYS_OUT = Text(
    en="→ restore a backup with `quartier restore`; for the journal alone, `quartier verify --give-up` goes on without "
    "what is damaged",
    fr="→ restaurez une sauvegarde avec `quartier restore` ; pour le journal seul, `quartier verify --give-up` reprend "
    "sans ce qui est abîmé",
)
_LOST = Plural(
    Text(en="Recorded as lost: message {first}.", fr="Noté comme perdu : message {first}."),
    Text(en="Recorded as lost: messages {first} to {last}.", fr="Notés comme perdus : messages {first} à {last}."),
)
_WRITTEN_AGAIN = Text(
    en="The journal was written again; the damaged file is {aside}.",
    fr="Le journal a été réécrit ; le fichier abîmé est {aside}.",
)
_BACKED_UP = Text(
    en="Backed up into {path}: {files}, {megabytes} MB.", fr="Sauvegardé dans {path} : {files}, {megabytes} Mo."
)
_ELSEWHERE = Plural(
    Text(
        en="{n} imported file stays outside of the workspace and is not in the backup: keep it too.",
        fr="{n} fichier importé reste hors de l'espace de travail et n'est pas dans la sauvegarde : gardez-le aussi.",
    ),
    Text(
        en="{n} imported files stay outside of the workspace and are not in the backup: keep them too.",
        fr="{n} fichiers importés restent hors de l'espace de travail et ne sont pas dans la sauvegarde : gardez-les "
        "aussi.",
    ),
)
_RESTORED = Text(
    en="Workspace {folder} holds what had arrived until {at}: {messages} in its journal.",
    fr="L'espace de travail {folder} contient ce qui était arrivé jusqu'au {at} : {messages} dans son journal.",
)
_NEXT = Text(en="Next: quartier -w {folder} rebuild", fr="Ensuite : quartier -w {folder} rebuild")
