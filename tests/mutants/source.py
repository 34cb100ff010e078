"""The rules with one small mistake each, made by the operators of cosmic-ray: a comparison, a bound, a sign, a constant."""

from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

REPO = Path(__file__).parents[2]
RULES = REPO / "rtc_conciliation" / "rules"
#: for each sign those that are wrong in another way; "is" for "==" and the like would only be noticed by chance
COMPARISONS = (
	"Eq_NotEq",
	"NotEq_Eq",
	"Is_IsNot",
	"IsNot_Is",
	"Lt_LtE",
	"Lt_GtE",
	"LtE_Lt",
	"LtE_Gt",
	"Gt_GtE",
	"Gt_LtE",
	"GtE_Gt",
	"GtE_Lt",
)
#: the union of two types in an annotation has the sign of "or", too: it is left out
CALCULATIONS = (
	"Add_Sub",
	"Sub_Add",
	"Mul_Div",
	"Mul_Add",
	"Div_Mul",
	"FloorDiv_Mul",
	"Mod_Mul",
	"Pow_Mul",
	"BitAnd_BitOr",
)
OPERATORS = (
	"NumberReplacer",
	"AddNot",
	"ReplaceAndWithOr",
	"ReplaceOrWithAnd",
	"ReplaceTrueWithFalse",
	"ReplaceFalseWithTrue",
	"ReplaceContinueWithBreak",
	"ReplaceBreakWithContinue",
	"ReplaceUnaryOperator_Delete_Not",
	"ReplaceUnaryOperator_Delete_USub",
	"ExceptionReplacer",
	"ZeroIterationForLoop",
	*(f"ReplaceComparisonOperator_{kind}" for kind in COMPARISONS),
	*(f"ReplaceBinaryOperator_{kind}" for kind in CALCULATIONS),
)


class Key(NamedTuple):
	"""A mutant by its words, so that it is known again when other lines move."""

	module: str
	line: str
	becomes: str


class Mutant(NamedTuple):
	"""`module` as in "call/thresholds"; `number` of the first line that differs."""

	module: str
	number: int
	operator: str
	occurrence: int
	line: str
	becomes: str

	@property
	def key(self) -> Key:
		return Key(self.module, self.line, self.becomes)

	@property
	def folder(self) -> str:
		return self.module.split("/")[0] if "/" in self.module else "rules"

	def make(self) -> str:
		"""The source of the module with the mistake."""
		return mutate_code(get_path(self.module).read_text(), make_operator(self.operator), self.occurrence)

	def __str__(self) -> str:
		return f"{self.module}.py:{self.number}\n\t{self.line}\n\t{self.becomes}"


def get_path(module: str) -> Path:
	return RULES / f"{module}.py"


def make_operator(name: str):
	return get_operator(f"core/{name}")()


def list_mutants(wanted: str) -> list[Mutant]:
	"""Of every module, or of the folder or module `wanted`; in the order of the lines."""
	names = (str(path.relative_to(RULES).with_suffix("")) for path in RULES.rglob("*.py"))
	found = [mutant for name in names if is_in(name, wanted) for mutant in list_of_module(name)]
	return sorted(found)


def is_in(name: str, wanted: str) -> bool:
	return not wanted or name == wanted or name.startswith(f"{wanted}/")


def list_of_module(module: str) -> list[Mutant]:
	source = get_path(module).read_text()
	tree, found = get_ast(source), {}
	for name in OPERATORS:
		operator = make_operator(name)
		count = sum(len(list(operator.mutation_positions(node))) for node in ast_nodes(tree))
		for occurrence in range(count):
			number, line, becomes = find_difference(source, mutate_code(source, operator, occurrence))
			# two operators may make the same of a line
			found.setdefault((number, becomes), Mutant(module, number, name, occurrence, line, becomes))
	return list(found.values())


def find_difference(source: str, mutated: str) -> tuple[int, str, str]:
	"""(number of the line, the line, what becomes of it)."""
	pairs = zip(source.splitlines(), mutated.splitlines(), strict=False)
	number, line, becomes = next((n, a, b) for n, (a, b) in enumerate(pairs, 1) if a != b)
	return number, " ".join(line.split()), " ".join(becomes.split())
