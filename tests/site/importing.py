"""Rows of a list of members, as a Data Import takes them."""

START = "frappe.core.doctype.data_import.data_import.form_start_import"
FIELDS = (
	"programme channel organisation_name organisation_type tax_code municipality pec email legal_representative territory"
).split()


def row(
	name: str,
	tax_code: str,
	programme: str,
	kind: str = "Associazione di promozione sociale",
	channel: str = "PEC",
	territory: str = "Bergamo",
) -> list[str]:
	return [
		programme,
		channel,
		name,
		kind,
		tax_code,
		"Bergamo",
		"a@pec.example.org",
		"a@example.org",
		"Ada Prova",
		territory,
	]
