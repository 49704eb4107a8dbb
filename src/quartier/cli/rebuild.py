"""`quartier rebuild`: make the engine's tables again."""

from quartier.cli.bilingual import command
from quartier.cli.session import json_option, session
from quartier.cli.words import PERSONS, TABLES
from quartier.language import Text


@command(
    "rebuild",
    Text(
        en="Make the engine's tables again from the imported files. Nothing that was decided is lost.",
        fr="Refaire les tables du moteur à partir des fichiers importés. Rien de ce qui a été décidé n'est perdu.",
    ),
    example="quartier -w my-shop rebuild",
)
@json_option
def rebuild(as_json: bool) -> None:
    """Make the engine's tables again."""
    now = session()
    with now.workspace() as ws, now.progress(_REBUILDING) as advance:
        ws.rebuild(progress=advance)
        tables = [each for each in ws.engine.tables() if not each.startswith("quartier_")]  # ours are nobody's concern
        persons = ws.count_everyone()
    if as_json:
        now.print_json({"tables": tables, "persons": persons})
    else:
        now.say(_DONE, tables=TABLES.with_(n=len(tables)), persons=PERSONS.with_(n=persons))


_REBUILDING = Text(en="Rebuilding", fr="Reconstruction")
_DONE = Text(en="Made again: {tables}, {persons}.", fr="Tout est refait : {tables}, {persons}.")
