// Numbers as the reader of the page writes them: 1.234,56 on an Italian page.

const language = () => document.documentElement.lang || "it";

// As rtc_conciliation/rules/numbers.py reads: a group of thousands never begins with 0, and 1,234 has two readings.
const FORMS = [
	[/^([+-]?)([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/, "."],
	[/^([+-]?)([1-9]\d{0,2}(?:,\d{3})+)\.(\d+)$/, ","],
	[/^([+-]?)([1-9]\d{0,2}(?:,\d{3}){2,})$/, ","],
	[/^([+-]?)(\d+)(?:[.,](\d+))?$/, ""],
];
const AMBIGUOUS = /^[+-]?[1-9]\d{0,2},\d{3}$/;
const LONGEST = 30;

/** Text that was typed → the number as the server reads it ("1234.56"); what is none, or two, comes back as typed. */
export function readNumber(typed) {
	const said = String(typed ?? "").trim();
	const text = bare(said);
	if (text.length > LONGEST || AMBIGUOUS.test(text)) return said;
	for (const [form, group] of FORMS) {
		const found = form.exec(text);
		if (!found) continue;
		const [, sign, whole, rest] = found;
		const digits = (group ? whole.split(group).join("") : whole) + (rest ? `.${rest}` : "");
		return sign === "-" && Number(digits) ? `-${digits}` : digits;
	}
	return said;
}

function bare(typed) {
	return typed
		.replace(/[\s\u00a0\u202f'’]/g, "")
		.replace("−", "-")
		.replace(/^(€|EUR)|(€|EUR)$/gi, "");
}

/** The server's number as the reader writes it, such that it is read as the same; what is no number is shown as it is. */
export function writeNumber(value, decimals) {
	if (value === null || value === undefined || value === "") return "";
	if (typeof value !== "number" && !/^[+-]?\d+(\.\d+)?$/.test(value)) return String(value);
	const number = Number(value) || 0; // and no -0
	// three decimals alone, or one group of thousands, could be taken for the other
	const ways = [format(number, decimals, true), format(number, 4, true), format(number, decimals, false)];
	return ways.find((text) => Number(readNumber(text)) === number) ?? ways[0];
}

function format(number, decimals, isGrouped) {
	const options = { minimumFractionDigits: decimals, maximumFractionDigits: Math.max(decimals, 6) };
	try {
		return new Intl.NumberFormat(language(), { ...options, useGrouping: isGrouped && "always" }).format(number);
	} catch {
		return new Intl.NumberFormat(language(), { ...options, useGrouping: isGrouped }).format(number);
	}
}

export function writeDate(value) {
	if (!value) return "";
	const [year, month, day] = String(value).slice(0, 10).split("-").map(Number);
	if (!year || !month || !day) return String(value);
	return new Intl.DateTimeFormat(language(), { timeZone: "UTC" }).format(new Date(Date.UTC(year, month - 1, day)));
}
