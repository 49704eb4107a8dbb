"""`quartier rebuild`: make the engine's tables again."""

from quartier.cli.bilingual import command
from quartier.cli.session import json_option, session
from quartier.cli.words import FILES, MESSAGES, PERSONS, TABLES
from quartier.language import Plural, Text


@command(
    "rebuild",
    Text(
        en="Make the engine's tables again from files and journal. Nothing that was decided is lost.",
        fr="Refaire les tables du moteur à partir des fichiers et du journal. Rien de ce qui a été décidé n'est perdu.",
    ),
    example="quartier -w my-shop rebuild",
)
@json_option
def rebuild(as_json: bool) -> None:
    """Make the engine's tables again."""
    now = session()
    with now.workspace_to_rebuild() as ws, now.progress(_REBUILDING) as advance:
        made = ws.rebuild(progress=advance)
        tables = [each for each in ws.engine.tables() if not each.startswith("quartier_")]  # ours are nobody's concern
        persons = ws.count_everyone()
    if as_json:
        now.print_json({"tables": tables, "persons": persons, **made.as_json()})
        return
    made_of = {"files": FILES.with_(n=made.files), "messages": MESSAGES.with_(n=made.messages)}
    now.say(_DONE, tables=TABLES.with_(n=len(tables)), persons=PERSONS.with_(n=persons), **made_of)
    if made.unanswered:
        now.say(_UNANSWERED, n=len(made.unanswered), models=list(made.unanswered))
    if made.lost:
        now.say(_LOST, first=made.lost.first, last=made.lost.last)


_REBUILDING = Text(en="Rebuilding", fr="Reconstruction")
_DONE = Text(
    en="Made again of {files} and {messages}: {tables}, {persons}.",
    fr="Tout est refait, à partir de {files} et de {messages} : {tables}, {persons}.",
)
_UNANSWERED = Plural(
    one=Text(
        en="The data no longer hold an answer for the model {models}: its traits are empty.",
        fr="Les données ne donnent plus de réponse au modèle {models} : ses traits sont vides.",
    ),
    other=Text(
        en="The data no longer hold an answer for the models {models}: their traits are empty.",
        fr="Les données ne donnent plus de réponse aux modèles {models} : leurs traits sont vides.",
    ),
)
_LOST = Text(
    en="The journal no longer has messages {first} to {last}: they are recorded as lost.",
    fr="Le journal n'a plus les messages {first} à {last} : ils sont notés comme perdus.",
)
