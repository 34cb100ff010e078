"""What ties a person of the panel to an application, as far as the records tell.

Source: L. 241/1990 art. 6-bis; D.P.R. 62/2013 art. 7. What no record tells the person declares.
"""

from collections.abc import Collection, Iterable

from .values import key

ORGANISATION, DOMAIN, ADDRESS, APPLICANT, COLLEAGUE = (
	"organisation",
	"domain",
	"address",
	"applicant",
	"colleague",
)
#: how a body's certified mail is told from its other mail
_CERTIFIED = ("pec.", "cert.", "postacert.")


def domain(address) -> str:
	"""The domain of a mail address without what only says that it is certified; "" of anything else."""
	name, sign, after = key(address).rpartition("@")
	if not (name and sign and "." in after):
		return ""
	for prefix in _CERTIFIED:
		if after.startswith(prefix) and after.count(".") > 1:
			return after.removeprefix(prefix)
	return after


def providers(written) -> frozenset[str]:
	"""Domains that anybody may have a mailbox at, one on each line."""
	lines = written.splitlines() if isinstance(written, str) else []
	return frozenset(key(line).removeprefix("@") for line in lines if line.strip())


def links(person: dict, application: dict, shared_domains: Collection[str]) -> list[tuple[str, str]]:
	"""[(kind of link, what it is found in)], empty without any.

	`person`: {"user", "email", "organisation", "tax_code"}. `application`: {"applicant", "colleagues": [user or
	address], "bodies": [{"name", "organisation", "tax_code"}], "addresses": [mail address]}.
	"""
	found = []
	mine = {key(person.get(name)) for name in ("user", "email")} - {""}
	if key(application.get("applicant")) in mine:
		found.append((APPLICANT, ""))
	if mine & {key(one) for one in application.get("colleagues") or ()}:
		found.append((COLLEAGUE, ""))
	for body in application.get("bodies") or ():
		if any(person.get(name) and person[name] == body.get(name) for name in ("organisation", "tax_code")):
			found.append((ORGANISATION, body.get("name") or ""))
	return found + list(_mail(mine, application.get("addresses") or (), shared_domains))


def _mail(mine: set[str], addresses: Iterable[str], shared_domains: Collection[str]):
	own = {domain(one) for one in mine} - {""}
	seen = set()
	for address in addresses:
		if key(address) in mine:
			yield ADDRESS, key(address)
		elif (name := domain(address)) in own and name not in seen and not is_shared(address, shared_domains):
			seen.add(name)
			yield DOMAIN, name


def is_shared(address: str, shared_domains: Collection[str]) -> bool:
	return bool({domain(address), key(address).rpartition("@")[2]} & set(shared_domains))
