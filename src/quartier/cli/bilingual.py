"""Click commands whose help is a `Text`: built once, then put into the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from quartier.errors import suggestion
from quartier.language import Alternatives, Language, Said, Text

Callback = Callable[..., Any]


class Command(click.Command):
    """A command whose help is in both languages and ends with an example."""

    def __init__(self, *args: Any, text: Text, example: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.text, self.example = text, example
        self.language: Language = "en"

    def localise(self, language: Language) -> None:
        """Write help, options and headings in one language."""
        _localise(self, language)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line, its heading in the reader's language."""
        _write_usage(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The example."""
        _write_example(self, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, under a heading in the reader's language."""
        _write_options(self, ctx, formatter)


class Group(click.Group):
    """A group of commands whose help is in both languages."""

    command_class = Command

    def __init__(self, *args: Any, text: Text, example: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.text, self.example = text, example
        self.language: Language = "en"

    def localise(self, language: Language) -> None:
        """Write help, options and headings in one language, here and below."""
        _localise(self, language)
        for command in self.commands.values():
            command.localise(language)  # type: ignore[attr-defined]  # every command of ours is bilingual

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line, its heading in the reader's language."""
        _write_usage(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The example."""
        _write_example(self, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and the commands, under headings in the reader's language."""
        _write_options(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(limit=90)) for name in self.list_commands(ctx)]
        with formatter.section(_COMMANDS.to(self.language)):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were added: that of the road."""
        return list(self.commands)


class Option(click.Option):
    """An option whose help is in both languages."""

    def __init__(self, *args: Any, text: Text, **options: Any) -> None:
        super().__init__(*args, **options)
        self.text = text


def command(name: str, text: Text, *, example: str = "") -> Callable[[Callback], Command]:
    """Make a function a command with bilingual help."""
    return click.command(name, cls=Command, text=text, example=example)


def option(*names: str, text: Text, **options: Any) -> Callable[[Callback], Callback]:
    """An option with bilingual help."""
    return click.option(*names, cls=Option, text=text, **options)


def usage_message(error: click.UsageError, language: Language) -> str:
    """What Click found wrong with the command line, in the reader's language."""
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _no_command(error, language)
    for kind, said in _USAGE:
        if isinstance(error, kind):
            return said.to(language, **_fields(error))
    return error.format_message()


def _no_command(error: click.exceptions.NoSuchCommand, language: Language) -> str:
    message = _NO_COMMAND.to(language, name=error.command_name)
    offered = suggestion(error.command_name, error.possibilities or ())
    return f"{message}; {offered.to(language)}" if offered else message


def _localise(target: Command | Group, language: Language) -> None:
    target.language = language
    target.help = target.text.to(language)
    target.short_help = target.help.split("\n\n")[0]
    for parameter in target.params:
        if isinstance(parameter, Option):
            parameter.help = parameter.text.to(language)
    target.add_help_option = True
    target._help_option = Option(
        ["--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
        text=_HELP,
        help=_HELP.to(language),
    )


def _show_help(ctx: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    if is_asked and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def _write_usage(target: Command | Group, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    known = {each.en: each for each in _PIECES}
    found = target.collect_usage_pieces(ctx)
    pieces = [known[each].to(target.language) if each in known else each for each in found]
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_USAGE_HEADING.to(target.language))


def _write_options(target: Command | Group, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = [row for parameter in target.get_params(ctx) if (row := parameter.get_help_record(ctx))]
    with formatter.section(_OPTIONS.to(target.language)):
        formatter.write_dl(rows)


def _write_example(target: Command | Group, formatter: click.HelpFormatter) -> None:
    if target.example:
        with formatter.section(_EXAMPLE.to(target.language)):
            for line in target.example.splitlines():
                formatter.write_text(line)


def _fields(error: click.UsageError) -> Mapping[str, object]:
    fields = {"name": getattr(error, "option_name", None) or getattr(error, "command_name", None) or ""}
    if isinstance(error, click.BadParameter):
        parameter = error.param
        fields["name"] = parameter.human_readable_name if parameter else (error.param_hint or "")
        fields["detail"] = _expected(parameter) or error.message
    return fields


def _expected(parameter: click.Parameter | None) -> Said | None:
    """What a parameter takes, where its type says it."""
    match parameter.type if parameter else None:
        case click.Choice() as choice:
            return _CHOICES.with_(names=Alternatives(tuple(map(str, choice.choices))))
        case click.IntRange() as bounds:
            known = {"low": bounds.min, "high": bounds.max}
            text = _AT_LEAST if bounds.max is None else _FROM_TO
            return text.with_(**known)
    return None


_CHOICES = Text(en="one of {names} is expected", fr="il faut {names}")
_AT_LEAST = Text(en="a whole number of at least {low} is expected", fr="il faut un nombre entier d'au moins {low}")
_FROM_TO = Text(
    en="a whole number from {low} to {high} is expected", fr="il faut un nombre entier entre {low} et {high}"
)
_USAGE_HEADING = Text(en="Usage: ", fr="Utilisation\N{NO-BREAK SPACE}: ")
_OPTIONS = Text(en="Options", fr="Options\N{NO-BREAK SPACE}")  # Click adds the colon
_COMMANDS = Text(en="Commands", fr="Commandes\N{NO-BREAK SPACE}")
_EXAMPLE = Text(en="Example", fr="Exemple\N{NO-BREAK SPACE}")
_PIECES = (Text(en="COMMAND [ARGS]…", fr="COMMANDE [ARGUMENTS]…"),)
_HELP = Text(en="Show this help and exit.", fr="Afficher cette aide et quitter.")
_NO_COMMAND = Text(en="there is no command “{name}”", fr="il n'y a pas de commande « {name} »")
_USAGE: Sequence[tuple[type[click.UsageError], Text]] = (
    (click.NoSuchOption, Text(en="there is no option {name}", fr="il n'y a pas d'option {name}")),
    (click.MissingParameter, Text(en="{name} is missing", fr="il manque {name}")),
    (click.BadParameter, Text(en="{name}: {detail}", fr="{name}\N{NO-BREAK SPACE}: {detail}")),
)
