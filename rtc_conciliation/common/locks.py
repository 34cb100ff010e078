"""Rows that are held until the transaction ends, so that of two who decide by the same thing the second sees the first.

A transaction reads what was there when it began; only a locking read is of what is there now. Everybody takes rows in
one order, or two would wait for each other: programme, call, application, then the record itself and what hangs on it.
The turn of a DocType comes before its records, but for that of the applications, who write a code: it comes last.
"""

import frappe

#: MariaDB from here on refuses to lock a row that changed since the transaction began, unless it is told not to
REFUSES_SINCE = (11, 6, 2)


class HeldInOrder:
	"""Mixin of a controller, before Document: what it is decided by is held before its own row, by whatever way it comes.

	Core locks the row when it is loaded to be changed: REST first of all, a save at the latest.
	"""

	def load_from_db(self):
		if self.flags.for_update:
			self.hold_others()
		return super().load_from_db()

	def hold_others(self):
		raise NotImplementedError

	def stored(self, fieldname: str):
		"""A field that never changes once the record is there."""
		return frappe.db.get_value(self.doctype, self.name, fieldname)


def take_turn(doctype: str) -> None:
	"""One after the other, all who do with records of `doctype` what needs a look at all of them."""
	hold("DocType", doctype)


def hold(doctype: str, name: str | None, fieldname: str = "name"):
	"""The value of a field as it is now; nobody else changes the row until the end. None where there is no such row."""
	return frappe.db.get_value(doctype, name, fieldname, for_update=True) if isinstance(name, str) else None


def hold_all(doctype: str, names: list[str]) -> None:
	"""The rows of these names, in their order: of two who hold some of the same none waits for the other."""
	table = frappe.qb.DocType(doctype)
	rows = frappe.qb.from_(table).select(table.name).where(table.name.isin(names or [""]))
	rows.orderby(table.name).for_update().run()


def get_names_now(doctype: str, **equal) -> list[str]:
	"""Names of the records with these values as they are now, held. The fields need an index: all of it is locked else."""
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.name).orderby(table.creation).for_update()
	for fieldname, value in equal.items():
		column = table[fieldname]
		query = query.where(column.isin(value) if isinstance(value, list | tuple) else column == value)
	return query.run(pluck=True)


def let_wait() -> None:
	"""`before_request` and `before_job`: who waited for a row goes on with it as it is now, on every MariaDB.

	From 11.6.2 on it would be refused instead (error 1020), the number of every new record first of all. Asked of what
	the server said of itself when it was connected to: older ones cost nothing, requests that only read neither.
	"""
	request = getattr(frappe.local, "request", None)
	if request and request.method in ("GET", "HEAD", "OPTIONS"):
		return
	wait_for_others()


def wait_for_others() -> None:
	if refuses_to_wait():
		frappe.db.sql("set session innodb_snapshot_isolation = off")


def refuses_to_wait() -> bool:
	if frappe.db.db_type != "mariadb":
		return False
	if not frappe.db._conn:
		frappe.db.connect()
	told = frappe.db._conn.get_server_info()
	numbers = told.removeprefix("5.5.5-").split("-")[0].split(".")
	return "MariaDB" in told and tuple(map(int, numbers)) >= REFUSES_SINCE
