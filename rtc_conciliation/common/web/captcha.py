"""A check against robots that follows nobody: the browser spends a moment of computing (ALTCHA proof of work).

The server keeps nothing of a challenge: it is signed, says when it was made and until when it counts. A solution
counts once.
"""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta, timezone

import frappe
from altcha.altcha import ChallengeOptions, create_challenge, extract_params, verify_solution
from frappe import _
from frappe.utils import password

from rtc_conciliation.common.rate_limits import HostileError

LIFETIME = 20 * 60
#: a person needs longer than this to fill in a form
MIN_SECONDS = 2
#: about half a second of a browser's time
MAX_NUMBER = 50_000
LONGEST = 2000


class RobotError(HostileError):
	"""It was not shown that a person sends this."""


def get_challenge() -> dict:
	"""A new challenge; open to all. {"algorithm", "challenge", "maxnumber", "salt", "signature", "wait"}."""
	return {**make_challenge(), "wait": MIN_SECONDS}


def make_challenge(issued: datetime | None = None) -> dict:
	issued = issued or datetime.now(timezone.utc)
	made = create_challenge(
		ChallengeOptions(
			algorithm="SHA-256",
			max_number=MAX_NUMBER,
			hmac_key=get_signing_key(),
			expires=issued + timedelta(seconds=LIFETIME),
			params={"issued": str(issued.timestamp())},
		)
	)
	shown = ("algorithm", "challenge", "salt", "signature")
	return {**{key: getattr(made, key) for key in shown}, "maxnumber": MAX_NUMBER}


def get_signing_key() -> str:
	"""Of this site and for this purpose alone."""
	return hmac.new(password.get_encryption_key().encode(), b"rtc captcha", hashlib.sha256).hexdigest()


def require_empty(trap: str) -> None:
	"""Refuse whoever filled in the field that nobody sees; the page empties it, so that a person's next try passes."""
	if trap:
		refuse_robot(
			_(
				"A hidden field was filled in, as programs do, and perhaps your browser did. Send the form again: now it is empty."
			)
		)


def require_solution(payload: str) -> None:
	"""Refuse a `payload` (base64 JSON of ALTCHA) that does not solve one of our challenges, or did so before."""
	if not payload or len(payload) > LONGEST or not is_solution(payload):
		refuse_robot(
			_("The check against robots was not passed or has expired. Send the form again: it is repeated.")
		)
	if not frappe.cache.set(make_used_key(payload), 1, nx=True, ex=LIFETIME):
		refuse_robot(_("This form was already sent once. If you see no receipt, send it again."))


def is_solution(payload: str) -> bool:
	try:
		solved, _error = verify_solution(payload, get_signing_key(), check_expires=True)
		return bool(solved) and get_seconds_since(payload) >= MIN_SECONDS
	except (ValueError, TypeError, KeyError, AttributeError, IndexError):
		return False


def get_seconds_since(payload: str) -> float:
	issued = extract_params(read(payload))["issued"][0]
	return datetime.now(timezone.utc).timestamp() - float(issued)


def make_used_key(payload: str) -> str:
	return frappe.cache.make_key(f"rtc-captcha:{read(payload)['signature']}")


def read(payload: str) -> dict:
	return json.loads(base64.b64decode(payload))


def refuse_robot(message: str) -> None:
	frappe.throw(message, RobotError, title=_("Check Against Robots"))
