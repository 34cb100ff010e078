// An application to be read: state, receipt, and all that was written. Nothing can be changed here.

import { ask, button, el, paragraphs } from "./dom.js";
import { Notice } from "./notice.js";
import { writeDate, writeNumber } from "./numbers.js";
import { post } from "./server.js";

export function readOnly(place, settings, applyMethod) {
	const { record } = settings;
	const notice = new Notice();
	const withdraw = async () => {
		const yes = await ask(
			__("Withdraw the application?"),
			__("It will no longer take part in the call. You can send another one while the call is open."),
			__("Withdraw the Application")
		);
		if (!yes) return;
		try {
			await post(applyMethod, { doc: { doctype: "RTC Application", name: record.name }, action: "Withdraw" });
			window.location.reload();
		} catch (error) {
			notice.refuse(error);
		}
	};
	place.replaceChildren(
		el("p", {}, el("a", { href: `/${settings.route}/list` }, `← ${__("My Applications")}`)),
		el("h1", { tabindex: "-1" }, record.title),
		el("p", {}, el("span", { class: "rtc-state" }, record.state_label), " ", el("span", { class: "rtc-help" }, record.name)),
		notice.element,
		record.sent ? receipt(record) : draft(),
		el(
			"div",
			{ class: "rtc-buttons" },
			record.can_edit
				? el("a", { class: "btn btn-primary", href: `/${settings.route}/${encodeURIComponent(record.name)}/edit` }, __("Go on filling it in"))
				: "",
			record.can_withdraw ? button(__("Withdraw the Application"), withdraw) : "",
			button(__("Print"), () => window.print()),
			record.paper ? el("a", { class: "btn btn-default", href: record.paper }, record.sent ? __("The application (PDF)") : __("The draft (PDF)")) : "",
			settings.copies
				? el("a", { class: "btn btn-default", href: `/${settings.route}/new?copy=${encodeURIComponent(record.name)}` }, __("Copy into a new application"))
				: ""
		),
		...settings.pages.map((page) => readPage(page, settings))
	);
}

function draft() {
	return el("p", { class: "rtc-message rtc-draft-mark" }, el("b", {}, __("DRAFT")), ` – ${__("Not sent: it has no effect for the call.")}`);
}

function receipt(record) {
	const rows = [
		[__("Number"), record.name],
		[__("Received on"), record.sent_on],
		[__("Protocol"), record.protocol],
		[__("Digest (SHA-256)"), record.digest],
		[__("Reasons"), record.reason],
	].filter(([, value]) => value);
	return el(
		"section",
		{ class: "rtc-message rtc-message-good rtc-receipt", "aria-label": __("Receipt") },
		el("h2", {}, __("Receipt")),
		el("dl", {}, rows.map(([label, value]) => el("div", {}, el("dt", {}, label), el("dd", {}, value)))),
		record.receipt ? el("a", { class: "btn btn-default", href: record.receipt }, __("Receipt (PDF)")) : ""
	);
}

function readPage(page, settings) {
	const fields = page.sections.flatMap((section) => section.fields).filter((field) => !field.hidden && field.kind !== "html");
	const shown = fields.map((df) => (df.kind === "table" ? readTable(df, settings) : readField(df, settings))).filter(Boolean);
	if (!shown.length) return "";
	return el("section", { class: "rtc-section" }, el("h2", {}, page.label), shown);
}

function readField(df, settings) {
	const value = settings.values[df.fieldname];
	const nodes = written(df, value, settings);
	return nodes ? el("dl", { class: "rtc-read" }, el("dt", {}, df.label), el("dd", {}, nodes)) : null;
}

function readTable(df, settings) {
	const rows = settings.values[df.fieldname] || [];
	if (!rows.length) return null;
	const used = df.columns.filter((column) => rows.some((row) => written(column, row[column.fieldname], settings)));
	return el(
		"div",
		{ class: "rtc-scroll", tabindex: "0", role: "group", "aria-label": df.label },
		el("h3", {}, df.label),
		el(
			"table",
			{ class: "table table-bordered" },
			el("thead", {}, el("tr", {}, used.map((column) => el("th", { scope: "col" }, column.label)))),
			el(
				"tbody",
				{},
				rows.map((row) => el("tr", {}, used.map((column) => el("td", { class: `rtc-${column.kind}` }, written(column, row[column.fieldname], settings) || ""))))
			)
		)
	);
}

function written(df, value, settings) {
	if (df.kind === "check") return value ? __("Yes") : __("No");
	if (value === null || value === undefined || value === "") return null;
	if (df.kind === "money") return Number(value) ? `€ ${writeNumber(value, 2)}` : null;
	if (df.kind === "number") return df.fieldname === "year" ? String(value || "") : writeNumber(value, 0);
	if (df.kind === "date") return writeDate(value);
	if (df.kind === "file") return el("a", { href: value, target: "_blank", rel: "noopener" }, decodeURIComponent(value.split("/").pop()));
	if (df.kind === "long") return paragraphs(value);
	if (df.kind === "choice") {
		const options = df.options || settings.options[df.options_from] || [];
		return (options.find((option) => option.value === value) || { label: value }).label;
	}
	return String(value);
}
