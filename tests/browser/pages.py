"""The public pages that every test of pages opens."""


def list_public(records) -> list[str]:
	"""Addresses; `records` has a call and the token of a partner's confirmation."""
	return [
		"/rete",
		"/rete/manifesto",
		"/bandi",
		f"/bandi/{records.call}",
		f"/bandi/{records.call}/domande",
		"/adesione/new",
		"/graduatorie",
		"/progetti",
		"/trasparenza",
		f"/quesito/{records.call}",
		f"/partenariato/conferma?token={records.token}",
		"/verifica",
		"/accessibilita",
		"/informativa-privacy",
	]
