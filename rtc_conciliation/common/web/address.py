"""From which address a request comes: limits count by it, so nobody may choose it.

`rtc_trusted_proxies` in site_config.json says which proxies are believed: their number, or a list of their addresses
and networks. Without it the one on this machine or in its private network is, as benches and containers have it;
`bench start` has none.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import frappe
from frappe.utils import cint

#: what one subscriber has of IPv6
ONE_SUBSCRIBER = 64


def set_client_address() -> None:
	"""`before_request`: sets core's `request_ip`, which is the first of X-Forwarded-For, whoever wrote it."""
	trusted = frappe.conf.get("rtc_trusted_proxies")
	if trusted is None:
		trusted = 0 if cint(frappe.conf.developer_mode) else 1
	peer = frappe.request.remote_addr or ""
	forwarded = frappe.get_request_header("X-Forwarded-For") or ""
	frappe.local.request_ip = get_client(peer, forwarded, trusted)


def get_client(peer: str, forwarded: str, trusted: int | list[str]) -> str:
	"""The address to count by. `peer` is the other end of the connection; each proxy adds what it saw at the end of
	`forwarded`. An IPv6 address is its network, since everybody there has billions."""
	hops = [*(hop.strip() for hop in forwarded.split(",") if hop.strip()), peer]
	if isinstance(trusted, list):
		found = is_beyond(hops, [ip_network(entry, strict=False) for entry in trusted])
	elif is_near(peer):
		found = hops[max(len(hops) - 1 - cint(trusted), 0)]
	else:
		found = peer
	return is_counted(found) or is_counted(peer) or peer


def is_beyond(hops: list[str], proxies: list) -> str:
	"""The last hop that is none of the proxies."""
	for hop in reversed(hops):
		address = parse_address(hop)
		if not address or not any(address in network for network in proxies):
			return hop
	return hops[0]


def is_near(peer: str) -> bool:
	address = parse_address(peer)
	return bool(address and (address.is_loopback or address.is_private)) or not peer


def is_counted(text: str) -> str:
	address = parse_address(text)
	if isinstance(address, IPv6Address):
		return str(ip_network(f"{address}/{ONE_SUBSCRIBER}", strict=False).network_address)
	return str(address) if address else ""


def parse_address(text: str) -> IPv4Address | IPv6Address | None:
	"""Some proxies add a port."""
	text = text.strip().removeprefix("[").split("]")[0]
	if text.count(":") == 1:
		text = text.split(":")[0]
	try:
		address = ip_address(text.split("%")[0])
	except ValueError:
		return None
	return getattr(address, "ipv4_mapped", None) or address
