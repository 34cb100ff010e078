"""The one kind of failure that a person is meant to read."""


class RtcError(Exception):
	"""What went wrong, and what to do about it; shown as a single line."""

	def __init__(self, cause: str, remedy: str):
		self.cause = " ".join(cause.split()).rstrip(".")
		self.remedy = " ".join(remedy.split()).rstrip(".")
		super().__init__(f"{self.cause}. {self.remedy}.")
