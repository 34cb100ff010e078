// What the costs come to, in view while they are typed: total, contribution, co-financing against its minimum, caps; and
// the sums of each partner, which its own amounts follow as long as nobody writes others.

import { el } from "../common/dom.js";
import { writeNumber } from "../common/numbers.js";
import { writeEuro } from "./costs.js";
import { ZERO, isOver, isReached, missingTo, shareOf, sumBy, sumRows, toCents, toEuro, toKey } from "./sums.js";

const SIGNS = { good: "✓ ", over: "! ", open: "" };
const percent = (text) => `${writeNumber(text, 0)} %`;

export class Budget {
	/** `call`() gives the chosen call as the site describes it. */
	constructor(controls, call) {
		Object.assign(this, { controls, call, computed: new Map() });
		this.bar = el("dl", { class: "rtc-totals rtc-budget-bar" });
		this.said = el("p", { class: "rtc-hidden", role: "status" });
		this.partners = el("div", { class: "rtc-partner-sums" });
	}

	/** As the form opens: what the partners' amounts follow from now on. */
	begin() {
		this.computed = this.sumPartners();
		this.draw();
	}

	changed() {
		const before = this.computed;
		this.computed = this.sumPartners();
		for (const row of this.controls.get("partners").rows) followSums(row, before, this.computed);
		this.draw();
	}

	sumPartners() {
		return sumBy(this.controls.get("costs").get(), "partner");
	}

	draw() {
		const rows = this.controls.get("costs").get();
		const cells = describe(sumRows(rows), sumBy(rows, "cost_category"), this.call()?.budget);
		this.bar.replaceChildren(...cells.map(drawCell));
		const said = cells.map((cell) => cell.said).filter(Boolean).join(" ");
		if (said !== this.said.textContent) this.said.textContent = said;
		this.drawPartners();
	}

	drawPartners() {
		const names = this.controls.get("partners").get().map((row) => row.organisation_name).filter(Boolean);
		const shown = names.filter((name) => this.computed.has(toKey(name)));
		this.partners.hidden = !shown.length;
		const heads = [__("Partner"), __("Total Cost"), __("Contribution"), __("Co-financing")];
		this.partners.replaceChildren(
			el("h3", {}, __("Sums by partner")),
			el("p", { class: "rtc-help" }, __("Computed from the costs. Budget and co-financing of a partner follow them as long as you do not write others in the step Partnership.")),
			el(
				"div",
				{ class: "rtc-scroll", tabindex: "0", role: "group", "aria-label": __("Sums by partner") },
				el(
					"table",
					{ class: "table table-bordered" },
					el("thead", {}, el("tr", {}, heads.map((label) => el("th", { scope: "col" }, label)))),
					el("tbody", {}, shown.map((name) => drawPartner(name, this.computed.get(toKey(name)))))
				)
			)
		);
	}
}

function drawPartner(name, { total, contribution, cofinancing }) {
	const cells = [total, contribution, cofinancing].map((cents) => el("td", { class: "rtc-money" }, writeEuro(cents)));
	return el("tr", {}, el("th", { scope: "row" }, name), cells);
}

/** [{name, label, value, note, state: good | open | over, said}] of the bar; `rules` are those of the call. */
export function describe(sums, byCategory, rules) {
	const cells = [{ name: "total_cost", label: __("Total Cost"), value: writeEuro(sums.total), state: "open" }];
	cells.push({ name: "requested_contribution", label: __("Requested Contribution"), value: writeEuro(sums.contribution), ...judgeContribution(sums, rules) });
	cells.push({
		name: "cofinancing_amount",
		label: __("Co-financing"),
		value: `${writeEuro(sums.cofinancing)} · ${writeNumber(shareOf(sums.cofinancing, sums.total), 2)} %`,
		...judgeCofinancing(sums, rules),
	});
	if (sums.other) cells.push({ name: "other_income", label: __("Other Income"), value: writeEuro(sums.other), state: "open" });
	for (const cap of rules?.caps || []) cells.push(...describeCap(cap, sums, byCategory));
	return cells;
}

function judgeContribution({ contribution }, rules) {
	const most = [rules?.max_contribution, rules?.endowment].map((text) => toCents(text) || ZERO).filter(Boolean);
	if (!most.length) return { state: "open" };
	const least = most.reduce((one, other) => (one < other ? one : other));
	if (contribution > least) return { state: "over", note: __("{0} more than the call grants", [writeEuro(contribution - least)]) };
	return { state: contribution ? "good" : "open", note: __("at most {0}", [writeEuro(least)]) };
}

function judgeCofinancing({ cofinancing, total }, rules) {
	const least = rules?.min_cofinancing_percent;
	if (!Number(least)) return { state: "open" };
	const note = __("at least {0}", [percent(least)]);
	if (!total) return { state: "open", note };
	if (isReached(cofinancing, total, least)) return { state: "good", note, said: __("The co-financing reaches its minimum.") };
	return { state: "open", note: `${note}: ${__("{0} are missing", [writeEuro(missingTo(cofinancing, total, least))])}` };
}

/** A category with a cap and with costs. */
function describeCap(cap, { total }, byCategory) {
	const spent = byCategory.get(toKey(cap.category))?.total;
	if (!spent) return [];
	const most = toCents(cap.amount) || ZERO;
	const isBeyond = (most && spent > most) || (Number(cap.percent) && isOver(spent, total, cap.percent));
	const limits = [Number(cap.percent) ? percent(cap.percent) : "", most ? writeEuro(most) : ""].filter(Boolean).join(", ");
	return [
		{
			name: "cap",
			label: cap.label,
			value: `${writeEuro(spent)} · ${writeNumber(shareOf(spent, total), 2)} %`,
			note: __("at most {0}", [limits]),
			state: isBeyond ? "over" : "good",
		},
	];
}

function drawCell({ name, label, value, note, state }) {
	const told = note ? el("dd", { class: "rtc-bar-note" }, SIGNS[state], note) : null;
	return el("div", { "data-total": name, "data-state": state }, el("dt", {}, label), el("dd", {}, value), told);
}

/** The amounts of the partner `row` follow its costs where they are what the costs said `before`, or empty. */
function followSums(row, before, now) {
	const fieldOf = (fieldname) => row.fields.find((field) => field.df.fieldname === fieldname);
	const key = toKey(fieldOf("organisation_name").get());
	if (!key || fieldOf("role").get() === "Supporter") return;
	const [old, sums] = [before.get(key), now.get(key)];
	if (!old && !sums) return;
	const inKind = toCents(fieldOf("cofinancing_in_kind").get()) || ZERO;
	const inCash = (of) => (of && of.cofinancing > inKind ? of.cofinancing - inKind : ZERO);
	follow(fieldOf("budget"), old?.total || ZERO, sums?.total || ZERO);
	follow(fieldOf("cofinancing_cash"), inCash(old), inCash(sums));
}

function follow(field, before, now) {
	const has = toCents(field.get());
	if (field.held !== undefined || field.input === document.activeElement || has === null || has === now || (has !== ZERO && has !== before)) return;
	field.set(toEuro(now));
}
