"""The calls by which the program scopes and checks, each of which can be taken out as it runs.

Nothing is written to the source: an import hook compiles each of them so that it passes through
`CALLS.passing`. A call that is taken out is still made, so that no test fails for want of a query,
but nobody hears its answer. How they are all tried: tests/taking_out.py.
"""

import ast
import builtins
import sys
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import Q

HERE = Path(__file__).parent.parent
APPS = ("auditsite", "reporting", "moderation", "audits", "actions", "cases", "accounts")
PASSING = "passing_scope_call"

SCOPES = {
    *("visible_to", "listed_to", "let_in", "opened_by", "restrictable_by", "overseen_by"),
    *("published_for", "answerable_by", "_of", "_of_cases_of", "_of_rounds_of"),
}
"""Methods of querysets that narrow them to what one person may have."""
CONDITIONS = {"reach", "drafts_of", "unbarred", "_may_answer"}
"""Functions whose condition does."""
RULES = {"require", "check"}
ANSWERING = {"check", "can"}
"""Kinds that say no; in a test where they said it to nobody, nothing depends on them."""

KEPT = {
    "audits/views/glass.py opened_case Audit.objects.visible_to 1": (
        "each row is asked for by can_audit_view_returned, which lets less through"
    ),
    "moderation/views/importing.py audit_imports AuditImport.objects.visible_to 1": (
        "whoever passes the check in front sees every import that was made"
    ),
    "reporting/domain/backups/restoring.py restore _check_target 1": (
        "a real process tries it: tests/reporting/test_backups.py"
    ),
}
"""Calls that are left in, and why. Two scopes let through what another call lets through. They
stay: what a page reads begins at `visible_to`, so that it holds when the other one changes."""


class Site(NamedTuple):
    """A call, and where it stands. Its name stays when lines above it come and go."""

    name: str
    kind: str
    line: int

    @property
    def place(self) -> str:
        return f"{self.name.partition(' ')[0]}:{self.line}"

    def is_far_from(self, test: str) -> int:
        """0 for a test of its own module by name, 1 for one of its app, 2 for others."""
        path = Path(self.name.partition(" ")[0])
        module, app = test.partition("::")[0], f"tests/{path.parts[0]}/"
        return 2 if app not in module else int(path.stem not in module)


def kind_of(call: ast.Call, *, stands_alone: bool) -> str:
    """What is lost when this call is taken out; "" where it has nothing to do with permissions."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in SCOPES and isinstance(call.func, ast.Attribute):
        return "scope"
    if name in CONDITIONS:
        return "condition"
    is_name = isinstance(call.func, ast.Name)
    is_rule = name in RULES and is_name
    if stands_alone and (is_rule or name.lstrip("_").startswith("check_")):
        return "check"
    return "can" if name.startswith("can_") and is_name else ""


class Marking(ast.NodeTransformer):
    """Makes `f(user)` into `passing_scope_call("name", "kind", f)(user)`, and lists them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.within: list[str] = []
        self.sites: list[Site] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._within(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._within(node)

    def _within(self, node: ast.ClassDef | ast.FunctionDef) -> ast.AST:
        self.within.append(node.name)
        self.generic_visit(node)
        self.within.pop()
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Call):
            self.visit_Call(node.value, stands_alone=True)
            return node
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call, *, stands_alone: bool = False) -> ast.AST:
        kind, called = kind_of(node, stands_alone=stands_alone), ast.unparse(node.func)
        self.generic_visit(node)
        if kind:
            site = self._site(kind, f"{self.path} {'.'.join(self.within)} {called}", node.lineno)
            named = [ast.Constant(site.name), ast.Constant(kind), node.func]
            node.func = ast.Call(ast.Name(PASSING, ast.Load()), named, [])
        return node

    def _site(self, kind: str, name: str, line: int) -> Site:
        alike = sum(site.name.rpartition(" ")[0] == name for site in self.sites)
        self.sites.append(Site(f"{name} {alike + 1}", kind, line))
        return self.sites[-1]


def marked(source: str | bytes, path: str) -> tuple[ast.Module, list[Site]]:
    """A module whose calls can be taken out, and its calls."""
    marking = Marking(path)
    tree = marking.visit(ast.parse(source))
    return ast.fix_missing_locations(tree), marking.sites


def all_sites() -> list[Site]:
    """Every such call of the program, by app and file."""
    files = [path for app in APPS for path in sorted((HERE / app).rglob("*.py"))]
    return [
        site
        for path in files
        if "migrations" not in path.parts
        for site in marked(path.read_bytes(), str(path.relative_to(HERE)))[1]
    ]


class Calls:
    """What was reached, which of it said no, and what is taken out."""

    def __init__(self) -> None:
        self.reached: set[str] = set()
        self.refused: set[str] = set()
        self.without = ""

    def forget(self) -> None:
        self.reached.clear()
        self.refused.clear()

    def passing(self, name: str, kind: str, call: Callable) -> Callable:
        """The call itself, or what stands in its place."""
        self.reached.add(name)
        if name == self.without:
            return TAKEN_OUT[kind](call)
        return self._listened_to(name, call) if kind in ANSWERING else call

    def _listened_to(self, name: str, call: Callable) -> Callable:
        def heard(*args: Any, **kwargs: Any) -> Any:
            try:
                answer = call(*args, **kwargs)
            except Exception:
                self.refused.add(name)
                raise
            if answer is False:
                self.refused.add(name)
            return answer

        return heard


def _unheard(call: Callable) -> Callable:
    def unheard(*args: Any, **kwargs: Any) -> None:
        try:
            call(*args, **kwargs)
        except Exception:
            return

    return unheard


def _instead(answer: Callable[[Callable], Any]) -> Callable:
    def taken_out(call: Callable) -> Callable:
        def replaced(*args: Any, **kwargs: Any) -> Any:
            call(*args, **kwargs)
            return answer(call)

        return replaced

    return taken_out


TAKEN_OUT = {
    "check": _unheard,
    "can": _instead(lambda call: True),
    "condition": _instead(lambda call: Q(pk__isnull=False)),
    "scope": _instead(lambda call: call.__self__.all()),
}


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> Any:
        path = Path(self.get_filename(fullname))
        tree, _ = marked(path.read_bytes(), str(path.relative_to(HERE)))
        return compile(tree, path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in APPS or ".migrations" in fullname:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def install(calls: Calls) -> None:
    """From here on modules of the program are compiled so; none may be imported yet."""
    setattr(builtins, PASSING, calls.passing)
    sys.meta_path.insert(0, _Finder())
