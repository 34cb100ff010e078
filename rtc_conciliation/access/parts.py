"""SQL by which the rows and the files of a record are seen by whoever sees the record.

`condition` is about the record under the name RECORD; an empty one shows all.
"""

RECORD = "record"


def rows(row: str, doctype: str, condition: str) -> str:
	return condition and f"`tab{row}`.`parent` in {names(doctype, condition)}"


def files(doctype: str, condition: str) -> str:
	return condition and (
		f"(ifnull(`tabFile`.`attached_to_doctype`, '') != '{doctype}' "
		f"or `tabFile`.`attached_to_name` in {names(doctype, condition)})"
	)


def names(doctype: str, condition: str) -> str:
	return f"(select `{RECORD}`.`name` from `tab{doctype}` as `{RECORD}` where {condition})"
