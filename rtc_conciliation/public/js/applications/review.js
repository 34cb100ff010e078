// What the rules say of the form as it stands: sums, and a list of what is wrong and what to do.

import { button, el, messageNodes } from "../common/dom.js";

const SUMS = [
	["total_cost", () => __("Total Cost")],
	["requested_contribution", () => __("Requested Contribution")],
	["cofinancing_amount", () => __("Co-financing")],
	["cofinancing_percent", () => __("Co-financing (%)")],
	["other_income", () => __("Other Income")],
	["counting_partners", () => __("Bodies that count")],
	["counting_areas", () => __("Areas that count")],
];

export class Review {
	constructor(ongo) {
		this.ongo = ongo;
		this.amounts = [];
		this.tables = [];
		this.result = el("p", { class: "rtc-result", role: "status" });
		this.list = el("ol", { class: "rtc-findings-list" });
		this.element = el(
			"section",
			{ class: "rtc-review" },
			this.totals(),
			el("h3", {}, __("Check of the Rules")),
			this.result,
			this.list
		);
	}

	totals() {
		const cells = new Map(SUMS.map(([name]) => [name, el("dd", {}, "–")]));
		this.tables.push(cells);
		return el(
			"dl",
			{ class: "rtc-totals" },
			SUMS.map(([name, label]) => el("div", { "data-total": name }, el("dt", {}, label()), cells.get(name)))
		);
	}

	tell(report) {
		this.amounts = report.amounts || this.amounts;
		for (const cells of this.tables) {
			for (const [name, cell] of cells) cell.textContent = report.totals[name] ?? "–";
		}
		const { errors, warnings } = report;
		this.result.className = `rtc-result ${errors ? "rtc-result-bad" : "rtc-result-good"}`;
		this.result.replaceChildren(
			errors ? __("To be corrected before sending: {0}", [errors]) : __("Nothing stops the sending."),
			warnings ? ` ${__("To be looked at: {0}", [warnings])}` : ""
		);
		this.list.replaceChildren(...report.findings.map((finding) => this.item(finding)));
	}

	item(finding) {
		const error = finding.severity === "error";
		const goes = finding.rows.length || finding.field;
		return el(
			"li",
			{ class: `rtc-finding rtc-finding-${finding.severity}`, "data-rule": finding.rule },
			el("span", { class: "rtc-tag" }, error ? __("To be corrected") : __("To be looked at")),
			finding.where ? el("b", { class: "rtc-where" }, messageNodes(finding.where)) : null,
			el("p", {}, messageNodes(finding.message)),
			el("p", {}, el("b", {}, __("What to do:")), " ", messageNodes(finding.remedy)),
			finding.legal_reference ? el("p", { class: "rtc-help" }, messageNodes(finding.legal_reference)) : null,
			goes ? button(__("Go there"), () => this.ongo(finding), "default", { class: "btn btn-default btn-sm" }) : null
		);
	}

	unknown(error) {
		this.result.className = "rtc-result rtc-result-bad";
		this.result.replaceChildren(...(error.lines || [error.message]).flatMap((line) => messageNodes(line)));
	}
}

/** A finding as the refusal of a sending lists it; its texts are HTML of the server. */
export const asLine = ({ where, message, remedy, legal_reference: law }) =>
	[where && `<b>${where}</b>:`, message, remedy, law && `<span class="text-muted">(${law})</span>`].filter(Boolean).join(" ");
