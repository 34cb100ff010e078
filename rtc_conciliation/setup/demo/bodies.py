"""The bodies of the demo by their key, with invented codes and addresses that are valid by their form."""

import csv
from functools import cache
from pathlib import Path

from stdnum import luhn
from stdnum.it import codicefiscale

DATA = Path(__file__).parent / "data"
REPRESENTATIVE = "Legale rappresentante pro tempore"
FIRMS = ("Impresa",)
COOPERATIVE, OTHER_ENTITY = "D - Imprese sociali", "G - Altri enti del Terzo settore"
RUNTS_SECTIONS = {
	"Organizzazione di volontariato": "A - Organizzazioni di volontariato",
	"Associazione di promozione sociale": "B - Associazioni di promozione sociale",
	"Cooperativa sociale di tipo A": COOPERATIVE,
	"Cooperativa sociale di tipo B": COOPERATIVE,
	"Cooperativa sociale mista A+B": COOPERATIVE,
	"Consorzio di cooperative sociali": COOPERATIVE,
	"Impresa sociale": COOPERATIVE,
	"Fondazione ETS": OTHER_ENTITY,
}


def rows(name: str) -> list[dict[str, str]]:
	with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
		return list(csv.DictReader(file, delimiter=";"))


def rows_of(name: str, application: str) -> list[dict[str, str]]:
	return [row for row in table(name) if row["application"] == application]


@cache
def table(name: str) -> list[dict[str, str]]:
	return rows(name)


@cache
def bodies() -> dict[str, dict]:
	"""Key → fields as RTC Member and RTC Organisation have them."""
	known = [*table("members"), *table("other_bodies")]
	return {row["key"]: body(number, row) for number, row in enumerate(known, 1)}


def body(number: int, row: dict[str, str]) -> dict:
	kind, address = row["type"], row["key"].replace("_", "-")
	section = RUNTS_SECTIONS.get(kind)
	return {
		"organisation_name": row["name"],
		"organisation_type": kind,
		"tax_code": tax_code(number),
		"vat_number": tax_code(number) if kind in FIRMS else "",
		"runts_section": section or "",
		"runts_number": str(990000 + number) if section else "",
		"address": f"Via dell'Esempio, {number}",
		"municipality": row["municipality"],
		"territory": row.get("territory", ""),
		"pec": f"{address}@pec.example.org",
		"email": f"segreteria@{address}.example.org",
		"phone": f"035 00000{number:02d}",
		"website": f"https://{address}.example.org",
		"legal_representative": row.get("signs") or REPRESENTATIVE,
	}


def tax_code(number: int) -> str:
	"""Eleven digits, valid by checksum; the tax office has not come near 99… in Bergamo (016)."""
	digits = f"99{number:05d}016"
	return digits + luhn.calc_check_digit(digits)


def person_code(number: int) -> str:
	"""The codice fiscale of somebody born on 1 January in a country that does not exist (Z999)."""
	digits = f"XXXYYY{50 + number:02d}A01Z999"
	return digits + codicefiscale.calc_check_digit(digits)
