// Numbers as the reader of the page writes them: 1.234,56 on an Italian page.

const language = () => document.documentElement.lang || "it";

function separators() {
	const parts = new Intl.NumberFormat(language()).formatToParts(1234567.8);
	const find = (type, otherwise) => (parts.find((part) => part.type === type) || { value: otherwise }).value;
	return { group: find("group", "."), decimal: find("decimal", ",") };
}

/** Text that was typed → the number as the server reads it ("1234.56"); what is no number comes back as typed. */
export function readNumber(typed) {
	const text = String(typed ?? "")
		.trim()
		.replace(/^€\s*|\s*€$/g, "")
		.replace(/[\s\u00a0\u202f']/g, "");
	if (!text) return "";
	const { group, decimal } = separators();
	const thousands = new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{3})+(\\${decimal}\\d+)?$`);
	const plain = new RegExp(`^[+-]?\\d+(\\${decimal}\\d+)?$`);
	if (thousands.test(text)) return text.split(group).join("").replace(decimal, ".");
	if (plain.test(text)) return text.replace(decimal, ".");
	if (/^[+-]?\d+\.\d+$/.test(text)) return text;
	return String(typed).trim();
}

/** The server's number as the reader writes it; what is no number is shown as it is. */
export function writeNumber(value, decimals) {
	if (value === null || value === undefined || value === "") return "";
	const number = Number(value);
	if (!Number.isFinite(number)) return String(value);
	const options = { minimumFractionDigits: decimals, maximumFractionDigits: Math.max(decimals, 6), useGrouping: "always" };
	try {
		return new Intl.NumberFormat(language(), options).format(number);
	} catch {
		return new Intl.NumberFormat(language(), { ...options, useGrouping: true }).format(number);
	}
}

export function writeDate(value) {
	if (!value) return "";
	const [year, month, day] = String(value).slice(0, 10).split("-").map(Number);
	if (!year || !month || !day) return String(value);
	return new Intl.DateTimeFormat(language(), { timeZone: "UTC" }).format(new Date(Date.UTC(year, month - 1, day)));
}
