// An application to be read: state, receipt, and all that was written. Nothing can be changed here.

import { fileLink } from "../common/addresses.js";
import { ask, button, el, paragraphs } from "../common/dom.js";
import { guarded } from "../common/faults.js";
import { Notice } from "../common/notice.js";
import { post } from "../common/server.js";
import { isBlank, writeValue } from "../common/values.js";
import { partnersRead } from "./partners.js";
import { progress } from "./progress.js";

const FIGURES = new Set(["money", "number", "date", "check"]);

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
		...(record.requests || []).map(asked),
		record.award ? awarded(record.award) : "",
		progress(record.steps || []),
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
		partnersRead(record),
		...settings.pages.map((page) => readPage(page, settings))
	);
}

/** A request of integration: by when it is to be answered, or what became of it. */
function asked(request) {
	const link = el("a", { href: request.address }, request.name);
	if (!request.waiting) {
		const when = request.answered_on ? __("answered on {0}", [request.answered_on]) : request.state_label.toLowerCase();
		return el("p", {}, __("Request of Integration"), " ", link, `: ${when}`, request.late ? ` (${__("late")})` : "");
	}
	return el(
		"section",
		{ class: `rtc-message ${request.over ? "rtc-message-error" : "rtc-asked-now"}`, "aria-label": __("Request of Integration") },
		el("h2", {}, __("The office asks you for an integration")),
		el(
			"p",
			{},
			request.over
				? __("The term was {0}. You can still answer: it is marked as late.", [request.due_on])
				: __("Answer by {0}.", [request.due_on])
		),
		el("a", { class: "btn btn-primary", href: request.address }, __("Answer the request"))
	);
}

/** The contribution: by when it is to be accepted, or what was answered. */
function awarded(award) {
	if (!award.waiting) {
		const link = el("a", { href: award.address }, __("Contribution of {0}", [award.amount]));
		return el("p", {}, link, `: ${award.state_label} · ${award.answered_on}`);
	}
	return el(
		"section",
		{ class: `rtc-message ${award.over ? "rtc-message-error" : "rtc-asked-now"}`, "aria-label": __("Contribution of {0}", [award.amount]) },
		el("h2", {}, __("The project is funded with {0}", [award.amount])),
		el(
			"p",
			{},
			award.over
				? __("The term to accept was {0}. Write to the office by PEC.", [award.due])
				: __("Accept or renounce the contribution by {0}.", [award.due])
		),
		el("a", { class: "btn btn-primary", href: award.address }, __("Answer about the contribution"))
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
	const files = record.files.map((file) => el("li", {}, file.name, el("br"), el("span", { class: "rtc-digest" }, file.sha256)));
	return el(
		"section",
		{ class: "rtc-message rtc-message-good rtc-receipt", "aria-label": __("Receipt") },
		el("h2", {}, __("Receipt")),
		el("dl", {}, rows.map(([label, value]) => el("div", {}, el("dt", {}, label), el("dd", {}, value)))),
		files.length ? el("details", {}, el("summary", {}, __("Digest of each file ({0})", [files.length])), el("ul", {}, files)) : "",
		el(
			"div",
			{ class: "rtc-buttons" },
			record.receipt ? el("a", { class: "btn btn-default", href: record.receipt }, __("Receipt (PDF)")) : "",
			el("a", { class: "btn btn-default", href: record.verify }, __("Check the receipt"))
		)
	);
}

function readPage(page, settings) {
	const fields = page.sections.flatMap((section) => section.fields).filter((field) => !field.hidden && field.kind !== "html");
	const shown = fields.map((df) => guarded(() => readOne(df, settings))).filter(Boolean);
	if (!shown.length) return "";
	return el("section", { class: "rtc-section" }, el("h2", {}, page.label), shown);
}

function readOne(df, settings) {
	return df.kind === "table" ? readTable(df, settings) : readField(df, settings);
}

function readField(df, settings) {
	const nodes = written(df, settings.values[df.fieldname], settings);
	return el("dl", { class: "rtc-read" }, el("dt", {}, df.label), el("dd", {}, nodes || empty()));
}

function empty() {
	return el("span", { class: "rtc-help" }, __("not filled in"));
}

/** Words stand under the first of them, figures and days in columns (on a phone below it): a table fits page and paper. */
function readTable(df, settings) {
	const rows = settings.values[df.fieldname] || [];
	const heading = el("h3", {}, df.label);
	if (!rows.length) return el("div", {}, heading, el("p", {}, empty()));
	const [first, ...others] = df.columns.filter((column) => rows.some((row) => written(column, row[column.fieldname], settings)));
	const figures = others.filter((column) => FIGURES.has(column.kind));
	const words = others.filter((column) => !FIGURES.has(column.kind));
	const amounts = df.fieldname === "costs" ? settings.record.amounts : [];
	const cell = (column, row) => written(column, row[column.fieldname], settings) || "";
	const notes = (row) =>
		words
			.filter((column) => cell(column, row))
			.map((column) => el("div", { class: "rtc-help" }, `${column.label}: `, cell(column, row)));
	return el(
		"div",
		{ class: "rtc-scroll rtc-rows-read", tabindex: "0", role: "group", "aria-label": df.label },
		heading,
		el(
			"table",
			{ class: "table table-bordered" },
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					[first, ...figures].map((column) => el("th", { scope: "col" }, column.label)),
					amounts.length ? el("th", { scope: "col" }, __("Amount")) : ""
				)
			),
			el(
				"tbody",
				{},
				rows.map((row, index) =>
					el(
						"tr",
						{},
						el("td", {}, cell(first, row), notes(row)),
						figures.map((column) => el("td", { class: `rtc-${column.kind}`, "data-label": column.label }, cell(column, row))),
						amounts.length ? el("td", { class: "rtc-money", "data-label": __("Amount") }, amounts[index] ?? "") : ""
					)
				)
			)
		),
		df.fieldname === "costs" ? totals(settings.record.totals) : ""
	);
}

function totals(rows) {
	return rows.map(([label, value]) => el("dl", { class: "rtc-read" }, el("dt", {}, label), el("dd", {}, el("b", {}, value))));
}

function written(df, value, settings) {
	if (df.kind !== "check" && isBlank(value)) return null;
	if (df.kind === "file") return fileLink(value);
	if (df.kind === "long") return paragraphs(value);
	const text = writeValue(df, value, df.options || settings.options[df.options_from]);
	return df.kind === "money" ? `€ ${text}` : text;
}
