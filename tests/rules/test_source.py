"""What the app's source must not do, read from its syntax."""

import ast
from functools import cache, lru_cache
from pathlib import Path

import pytest

from rtc_conciliation.access.methods import LIMITS, METHODS

APP = Path(__file__).parents[2] / "rtc_conciliation"
TRANSLATED = {"_", "_lt"}


def commits(node) -> bool:
	"""A request or job commits once, by itself, or not at all: a commit in between stores half a change."""
	return isinstance(node, ast.Call) and dotted(node.func).endswith("db.commit")


def ignores_permissions(node) -> bool:
	return isinstance(node, ast.keyword) and node.arg == "ignore_permissions"


def translates_what_is_no_literal(node) -> bool:
	"""The translation of a text is looked up by the text itself."""
	if not (isinstance(node, ast.Call) and dotted(node.func) in TRANSLATED and node.args):
		return False
	text = node.args[0]
	filled = isinstance(text, ast.Call) and dotted(text.func).endswith("format")
	return filled or isinstance(text, ast.JoinedStr | ast.BinOp)


def asks_for_permission_without_a_refusal(node) -> bool:
	"""As a statement of its own, a permission that is only asked for refuses nobody."""
	if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
		return False
	call = node.value
	return dotted(call.func).endswith("has_permission") and "throw" not in {
		word.arg for word in call.keywords
	}


def writes_sql_of_its_own(node) -> bool:
	"""A formatted statement lets in what somebody typed."""
	if not (isinstance(node, ast.Call) and dotted(node.func).endswith("db.sql") and node.args):
		return False
	statement = node.args[0]
	formatted = isinstance(statement, ast.Call) and dotted(statement.func).endswith("format")
	return formatted or isinstance(statement, ast.JoinedStr | ast.BinOp)


FORBIDDEN = (
	commits,
	ignores_permissions,
	translates_what_is_no_literal,
	asks_for_permission_without_a_refusal,
	writes_sql_of_its_own,
)
WRONG = {
	commits: "frappe.db.commit()",
	ignores_permissions: "doc.save(ignore_permissions=True)",
	translates_what_is_no_literal: "_('{0} members'.format(a))",
	asks_for_permission_without_a_refusal: "frappe.has_permission('RTC Plan', 'read')",
	writes_sql_of_its_own: "frappe.db.sql('select {}'.format(a))",
}

#: guests may create nothing: the public forms do, once they know that no robot sends them
ALLOWED = {ignores_permissions: {"network/adhesion_form.py", "calls/question_form.py"}}


def dotted(node) -> str:
	"""`frappe.db.sql` of such an expression; of `"…".format` what comes last."""
	if isinstance(node, ast.Attribute):
		return f"{dotted(node.value)}.{node.attr}"
	return node.id if isinstance(node, ast.Name) else ""


def found(tree, forbidden) -> list[int]:
	return [node.lineno for node in ast.walk(tree) if forbidden(node)]


@cache
def syntax(path: Path):
	return ast.parse(path.read_text())


@pytest.mark.parametrize("forbidden", FORBIDDEN, ids=lambda rule: rule.__name__)
def test_the_source_does_not(forbidden):
	assert found(ast.parse(WRONG[forbidden]), forbidden), "the rule finds nothing any more"
	places = [
		f"{path.relative_to(APP)}:{line}"
		for path in sorted(APP.rglob("*.py"))
		if path.relative_to(APP).as_posix() not in ALLOWED.get(forbidden, ())
		for line in found(syntax(path), forbidden)
	]
	assert not places


def list_methods(tree, path: Path) -> dict[str, tuple[str, ...]]:
	"""Dotted path below the app → the limits on it, of each whitelisted method in a file."""
	module = ".".join(path.relative_to(APP).with_suffix("").parts)
	classes = [(f"{node.name}.", node) for node in tree.body if isinstance(node, ast.ClassDef)]
	return {
		f"{module}.{prefix}{node.name}": limits_of(node)
		for prefix, holder in [("", tree), *classes]
		for node in holder.body
		if isinstance(node, ast.FunctionDef) and any(map(is_whitelist, node.decorator_list))
	}


def is_whitelist(decorator) -> bool:
	return dotted(getattr(decorator, "func", decorator)) == "frappe.whitelist"


def limits_of(function: ast.FunctionDef) -> tuple[str, ...]:
	calls = [one for one in function.decorator_list if isinstance(one, ast.Call)]
	return tuple(one.args[0].value for one in calls if dotted(one.func).startswith("limited"))


def test_each_whitelisted_method_is_listed_with_its_limits():
	planted = ast.parse("@frappe.whitelist()\n@limited('x', 1)\ndef planted(): ...")
	assert list_methods(planted, APP / "plan" / "api.py") == {"plan.api.planted": ("x",)}
	found = {}
	for path in sorted(APP.rglob("*.py")):
		found |= list_methods(syntax(path), path)
	assert sorted(found) == sorted(METHODS)
	assert {method: limits for method, limits in found.items() if limits} == LIMITS


def test_no_test_leans_on_another_file_of_tests():
	"""A changed file of tests makes itself run, not those that took something from it: what is shared is no test."""
	tests = Path(__file__).parents[1]
	modules = (
		(file.name, node.module or "", [name.name for name in node.names])
		for file in tests.rglob("*.py")
		for node in ast.walk(ast.parse(file.read_text()))
		if isinstance(node, ast.ImportFrom)
	)
	leaning = [
		(file, module, names)
		for file, module, names in modules
		if any(part.startswith("test_") for part in module.split(".") if module.startswith("tests"))
		or (module.startswith("tests.") and any(name.startswith("test_") for name in names))
	]
	assert not leaning
