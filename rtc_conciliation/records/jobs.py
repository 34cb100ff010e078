"""Whether anybody takes the background jobs: a bench without a worker would let them wait for ever, in silence."""

from frappe.utils.background_jobs import get_queue, get_workers


def is_taken(queue: str = "long") -> bool:
	"""Is a worker there that takes the jobs of this queue?"""
	return bool(get_workers(get_queue(queue)))
