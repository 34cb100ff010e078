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

	/** `isRefused`: was a sending refused? Until then what is missing is simply still to be done. */
	tell(report, isRefused) {
		this.isRefused = isRefused;
		this.amounts = report.amounts || this.amounts;
		for (const cells of this.tables) {
			for (const [name, cell] of cells) cell.textContent = report.totals[name] ?? "–";
		}
		const { errors, warnings } = report;
		const look = isRefused ? "rtc-result-bad" : "";
		this.result.className = `rtc-result ${errors ? look : "rtc-result-good"}`;
		const missing = isRefused ? __("To be corrected before sending: {0}", [errors]) : __("Still to be done before sending: {0}", [errors]);
		this.result.replaceChildren(
			errors ? missing : __("Nothing stops the sending."),
			warnings ? ` ${__("To be looked at: {0}", [warnings])}` : ""
		);
		this.list.replaceChildren(...report.findings.map((finding) => this.item(finding)));
	}

	item(finding) {
		const error = finding.severity === "error";
		const toDo = this.isRefused ? __("To be corrected") : __("To do");
		const goes = finding.rows.length || finding.field;
		return el(
			"li",
			{ class: `rtc-finding rtc-finding-${finding.severity}`, "data-rule": finding.rule, "data-refused": error && this.isRefused },
			el("span", { class: "rtc-tag" }, error ? toDo : __("To be looked at")),
			finding.place ? el("b", { class: "rtc-where" }, finding.place) : null,
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
