// Where the partners stand with their confirmation, and the buttons that ask for it.

import { button, el } from "../common/dom.js";
import { post } from "../common/server.js";

const ASK = "rtc_conciliation.applications.api.ask_partners";

export class Confirmations {
	/** save: keeps the draft, resolves to false when it was refused; record: the record as it is now. */
	constructor(save, record, notice) {
		Object.assign(this, { save, record, notice });
		this.list = el("ul", { class: "rtc-confirmations" });
		this.said = el("p", { role: "status" });
		this.all = button(__("Ask all partners"), () => this.ask(""), "default");
		this.element = el(
			"section",
			{ class: "rtc-section" },
			el("h2", {}, __("Confirmation of the partners")),
			el(
				"p",
				{ class: "rtc-help" },
				__("Each partner gets a link at its contact e-mail. There it reads its part, and confirms or declines without a login. When you change its role, activities or amounts afterwards, it has to confirm again.")
			),
			this.list,
			this.all,
			this.said
		);
		this.tell(record().confirmations || []);
	}

	tell(rows) {
		if (!rows) return;
		this.all.disabled = !rows.length;
		this.list.replaceChildren(
			...(rows.length ? rows.map((row) => this.item(row)) : [el("li", { class: "rtc-help" }, __("Add partners besides the lead and save the draft."))])
		);
	}

	item(row) {
		const label = { "": __("Ask"), Asked: __("Send the link again"), Declined: __("Ask again"), "Changed Since": __("Ask again") }[row.state];
		return el(
			"li",
			{ "data-state": row.state || "Not Asked" },
			...standing(row),
			label ? button(label, () => this.ask(row.row), "default", { class: "btn btn-default btn-sm", "aria-label": `${label}: ${row.name}` }) : ""
		);
	}

	/** What is on the screen is what the partner reads: the draft is kept first. */
	async ask(row) {
		if (!(await this.save())) return;
		this.said.textContent = __("Sending…");
		try {
			const answer = await post(ASK, { application: this.record().name, row });
			this.tell(answer.confirmations);
			const lines = [
				answer.asked.length ? __("A link was mailed to: {0}.", [answer.asked.join(", ")]) : "",
				...answer.refused.map((one) => `${one.name}: ${one.reason}`),
				answer.notice,
			].filter(Boolean);
			this.said.replaceChildren(...(lines.length ? lines : [__("Nobody is left to be asked.")]).flatMap((line) => [line, el("br")]));
		} catch (error) {
			this.said.textContent = "";
			this.notice.refuse(error);
		}
	}
}

function standing(row) {
	return [
		el("b", {}, row.name || __("to be filled in")),
		" ",
		el("span", { class: "rtc-state" }, row.label),
		el("span", { class: "rtc-help" }, [row.when, row.by, row.reason].filter(Boolean).join(" · ")),
	];
}

/** The same to be read only, where somebody was asked at all. */
export function partnersRead(record) {
	const rows = (record.confirmations || []).filter((row) => row.state);
	if (!rows.length) return "";
	return el(
		"section",
		{ class: "rtc-section" },
		el("h2", {}, __("Confirmation of the partners")),
		el("ul", { class: "rtc-confirmations" }, rows.map((row) => el("li", { "data-state": row.state }, standing(row))))
	);
}
