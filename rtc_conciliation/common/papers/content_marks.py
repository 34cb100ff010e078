"""The marks around what a page draws, which tie text to the tree of tags, one beside the other.

WeasyPrint 59 puts marks into marks, and gives to running heads those of the document. Here text is marked by the
innermost of them, lines and grounds are no content at all, nor is what stands in the margins (ISO 14289-1, 7.1, 7.8).
"""

from collections.abc import Callable

import pydyf

#: operators that paint the path before them; "n" only ends it, as what cuts the drawing does
PAINTERS = frozenset((b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*"))
ENDERS = PAINTERS | {b"n"}
BEGINNERS = (b" m", b" re")
ARTIFACT = "Artifact"


class Marks:
	"""Writes the operators of a page anew; `pieces` has the owner of each mark, by its number.

	`owner_of` gives the owner of a mark as it was, None for what is no content; `draws` says whether the paths of an
	owner are content, as those of a picture are; `tag_of` gives an owner's tag.
	"""

	def __init__(self, owner_of: Callable, draws: Callable, tag_of: Callable):
		self.owner_of, self.draws, self.tag_of = owner_of, draws, tag_of
		self.written: list = []
		self.pieces: list = []
		self.owners: list = []
		self.now = None  # what the open mark is for
		self.path: list = []

	def rewrite(self, operators: list) -> list:
		waiting = iter(operators)
		for operator in waiting:
			if isinstance(operator, str) and operator.startswith("/"):
				self.begin(next(waiting))
				next(waiting)  # "BDC"
			elif operator == b"EMC":
				self.owners.pop()
			else:
				self.write(operator)
		self.mark(None)
		return self.written

	def begin(self, properties: dict) -> None:
		self.owners.append(self.owner_of(properties["MCID"]))

	def write(self, operator) -> None:
		if operator == b"BT":  # a path that nothing painted
			self.written += self.path
			self.path = []
		if self.path or is_beginning(operator):
			self.path.append(operator)
			if operator in ENDERS:
				self.end_path(operator)
			return
		if operator == b"BT" or is_image(operator):
			self.mark(self.owner() or ARTIFACT)
		self.written.append(operator)

	def end_path(self, operator) -> None:
		owner = self.owner()
		if operator in PAINTERS:
			self.mark(owner if owner and self.draws(owner) else ARTIFACT)
		self.written += self.path
		self.path = []

	def owner(self):
		return self.owners[-1] if self.owners else None

	def mark(self, owner) -> None:
		"""End the open mark and begin that of `owner`, unless it is the same."""
		if owner is self.now:
			return
		if self.now is not None:
			self.written.append(b"EMC")
		self.now = owner
		if owner is ARTIFACT:
			self.written += [f"/{ARTIFACT}", b"BMC"]
		elif owner is not None:
			self.written += [self.tag_of(owner), pydyf.Dictionary({"MCID": len(self.pieces)}), b"BDC"]
			self.pieces.append(owner)


def is_beginning(operator) -> bool:
	return isinstance(operator, bytes) and operator.endswith(BEGINNERS)


def is_image(operator) -> bool:
	return isinstance(operator, bytes) and operator.endswith(b" Do")
