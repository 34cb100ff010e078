"""SQL by which the rows and the files of a record are seen by whoever sees the record.

`condition` is about the record under the name RECORD; an empty one shows all.
"""

RECORD = "record"


def rows(row: str, doctype: str, condition: str) -> str:
	return condition and f"`tab{row}`.`parent` in {names(doctype, condition)}"


def files(doctype: str, condition: str) -> str:
	"""`condition` is the one of `doctype` itself, about its own table."""
	return condition and (
		f"ifnull(`tabFile`.`attached_to_doctype`, '') != '{doctype}' or `tabFile`.`attached_to_name` in "
		f"(select `tab{doctype}`.`name` from `tab{doctype}` where {condition})"
	)


def names(doctype: str, condition: str, table: str = RECORD) -> str:
	"""`table`: the name that `condition` gives the record, where it stands inside of such a condition itself."""
	return f"(select `{table}`.`name` from `tab{doctype}` as `{table}` where {condition})"
