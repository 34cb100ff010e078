"""Rete Territoriale di Conciliazione: network, calls, applications and the Plan, on Frappe."""

__version__ = "0.1.0"
