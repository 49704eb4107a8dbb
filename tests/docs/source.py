"""The source as the tests of documents read it: every sentence in it, every function, every module."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.needs import REPOSITORY

SRC = REPOSITORY / "src"
PACKAGE = SRC / "quartier"
SIGNS = {"NB": "\N{NO-BREAK SPACE}", "NBSP": "\N{NO-BREAK SPACE}", "NNB": "\N{NARROW NO-BREAK SPACE}"}
"""Names under which modules write signs that cannot be seen; a test holds them against the modules."""


@dataclass(frozen=True)
class Sentence:
    """One `Text(en=..., fr=...)` or `Label(en=..., fr=...)` written out in the source."""

    file: str
    line: int
    en: str
    fr: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} en={self.en!r} fr={self.fr!r}"


@dataclass(frozen=True)
class Function:
    """One function and how many lines it has, docstring not counted."""

    file: str
    name: str
    lines: int


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Every module of the package with its path from `src/`."""
    return tuple(
        (path.relative_to(SRC).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every sentence whose two languages are written out in the source."""
    return tuple(each for each in _all_sentences() if isinstance(each, Sentence))


@cache
def computed_sentences() -> tuple[str, ...]:
    """Where a sentence is made of something other than two texts written out, as `file:line`."""
    return tuple(each for each in _all_sentences() if isinstance(each, str))


@cache
def functions() -> tuple[Function, ...]:
    """Every function and method."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return tuple(
        Function(file, node.name, _length(node))
        for file, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    )


def lines_of(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def _all_sentences() -> Iterator[Sentence | str]:
    for file, tree in modules():
        makers = {"Text": ("en", "fr"), "Label": ()} | _local_makers(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) in makers:
                yield from _sentence(file, node, makers[_called(node)])


def _local_makers(tree: ast.Module) -> dict[str, tuple[str, ...]]:
    """Functions of a module that are given both languages, as `_words(en, fr)`, with the order of their arguments."""
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    found = {each.name: tuple(argument.arg for argument in each.args.args) for each in functions}
    return {name: arguments for name, arguments in found.items() if {"en", "fr"} <= set(arguments)}


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _sentence(file: str, node: ast.Call, order: tuple[str, ...]) -> Iterator[Sentence | str]:
    given = dict(zip(order, node.args, strict=False)) | {each.arg: each.value for each in node.keywords if each.arg}
    match given.get("en"), given.get("fr"):
        case (None, None) | (ast.Name(id="en"), ast.Name(id="fr")):
            return  # another Label, or the inside of a maker whose callers are read instead
        case ast.expr() as english, ast.expr() as french:
            en, fr = _written_out(english), _written_out(french)
            yield f"{file}:{node.lineno}" if en is None or fr is None else Sentence(file, node.lineno, en, fr)
        case _:
            yield f"{file}:{node.lineno}"


def _written_out(node: ast.expr) -> str | None:
    """The text of an expression that holds nothing but texts and names of signs: f"de{NB}la"; None for any other."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return SIGNS.get(name)
        case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
            return _written_out(value)
        case ast.JoinedStr(values=parts):
            texts = [_written_out(part) for part in parts]
            return None if None in texts else "".join(filter(None, texts))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            texts = [_written_out(left), _written_out(right)]
            return None if None in texts else "".join(filter(None, texts))
    return None


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines
