"""What ties a person of the panel to an application, as far as the records tell.

Source: L. 241/1990 art. 6-bis; D.P.R. 62/2013 art. 7. What no record tells the person declares.
"""

from collections.abc import Collection, Iterable

from rtc_conciliation.rules.values import to_key

ORGANISATION, DOMAIN, ADDRESS, APPLICANT, COLLEAGUE = (
	"organisation",
	"domain",
	"address",
	"applicant",
	"colleague",
)
#: how a body's certified mail is told from its other mail
_CERTIFIED = ("pec.", "cert.", "postacert.")


def get_domain(address) -> str:
	"""The domain of a mail address without what only says that it is certified; "" of anything else."""
	name, sign, after = to_key(address).rpartition("@")
	if not (name and sign and "." in after):
		return ""
	for prefix in _CERTIFIED:
		if after.startswith(prefix) and after.count(".") > 1:
			return after.removeprefix(prefix)
	return after


def parse_providers(written) -> frozenset[str]:
	"""Domains that anybody may have a mailbox at, one on each line."""
	lines = written.splitlines() if isinstance(written, str) else []
	return frozenset(to_key(line).removeprefix("@") for line in lines if line.strip())


def find_links(person: dict, application: dict, shared_domains: Collection[str]) -> list[tuple[str, str]]:
	"""[(kind of link, what it is found in)], empty without any.

	`person`: {"user", "email", "organisation", "tax_code"}. `application`: {"applicant", "colleagues": [user or
	address], "bodies": [{"name", "organisation", "tax_code"}], "addresses": [mail address]}.
	"""
	found = []
	mine = {to_key(person.get(name)) for name in ("user", "email")} - {""}
	if to_key(application.get("applicant")) in mine:
		found.append((APPLICANT, ""))
	if mine & {to_key(one) for one in application.get("colleagues") or ()}:
		found.append((COLLEAGUE, ""))
	bodies = [body for body in application.get("bodies") or () if _is_same_body(person, body)]
	found += [(ORGANISATION, body.get("name") or "") for body in bodies]
	return found + list(_mail(mine, application.get("addresses") or (), shared_domains))


def _is_same_body(person: dict, body: dict) -> bool:
	return any(person.get(name) and person[name] == body.get(name) for name in ("organisation", "tax_code"))


def _mail(mine: set[str], addresses: Iterable[str], shared_domains: Collection[str]):
	own = {get_domain(one) for one in mine} - {""}
	seen = set()
	for address in addresses:
		if to_key(address) in mine:
			yield ADDRESS, to_key(address)
		elif (
			(name := get_domain(address)) in own
			and name not in seen
			and not is_shared(address, shared_domains)
		):
			seen.add(name)
			yield DOMAIN, name


def is_shared(address: str, shared_domains: Collection[str]) -> bool:
	return bool({get_domain(address), to_key(address).rpartition("@")[2]} & set(shared_domains))
