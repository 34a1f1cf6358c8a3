"""What the guards ask of a file of code, read once for all of them."""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass
class CodeFacts:
    """The top packages it imports, its functions with their lines, the names it binds and uses."""

    imports: set[str] = field(default_factory=set)
    functions: list[tuple[str, int]] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    bound_names: set[str] = field(default_factory=set)


def facts_of(path: Path) -> CodeFacts:
    return _facts_of(path, path.stat().st_mtime_ns)


@cache
def _facts_of(path: Path, _written_at: int) -> CodeFacts:
    facts = CodeFacts()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        _note(node, facts)
    return facts


def _note(node: ast.AST, facts: CodeFacts) -> None:
    match node:
        case ast.Import():
            facts.imports |= {alias.name.partition(".")[0] for alias in node.names}
        case ast.ImportFrom(level=0):
            facts.imports.add((node.module or "").partition(".")[0])
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            # docstring included, decorators not
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            facts.functions.append((node.name, length))
            facts.bound_names.add(node.name)
        case ast.ClassDef():
            facts.classes.add(node.name)
            facts.bound_names.add(node.name)
        case ast.Attribute():
            facts.attributes.add(node.attr)
        case ast.Name(ctx=ast.Store()):
            facts.bound_names.add(node.id)
        case ast.arg():
            facts.bound_names.add(node.arg)
