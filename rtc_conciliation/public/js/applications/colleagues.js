// Who works at an application: listed for all of them, invited and revoked by who began it.

import { ask, button, el } from "../common/dom.js";
import { Notice } from "../common/notice.js";
import { get, post } from "../common/server.js";

const APPLICATIONS = "rtc_conciliation.applications.api.";

/** `record` is shared with the form: its name comes with the first saving. */
export class Colleagues {
	constructor(record) {
		this.record = record;
		this.notice = new Notice();
		this.body = el("div", {});
		this.element = el(
			"details",
			{ class: "rtc-colleagues" },
			el("summary", {}, el("h2", {}, __("Who works at this application"))),
			this.notice.element,
			this.body
		);
		this.element.addEventListener("toggle", () => this.element.open && this.load());
	}

	async load() {
		if (!this.record.name) {
			this.body.replaceChildren(el("p", { class: "rtc-help" }, __("Save the draft first: then you can invite colleagues to it.")));
			return;
		}
		try {
			this.show(await get(`${APPLICATIONS}list_colleagues?application=${encodeURIComponent(this.record.name)}`));
		} catch (error) {
			this.notice.refuse(error);
		}
	}

	show(told) {
		this.record.shared = told.people.length > 0;
		this.body.replaceChildren(
			el(
				"ul",
				{ class: "rtc-people" },
				el("li", {}, el("b", {}, told.applicant.name), ` ${told.applicant.email} · ${__("began the application")}`),
				told.people.map((person) => this.item(person, told))
			),
			told.may_invite ? this.form() : ""
		);
	}

	item(person, told) {
		const leave = person.may_send ? __("writes, sends and withdraws") : __("writes");
		const text = [person.full_name ? person.email : "", leave, person.state_label, person.since].filter(Boolean).join(" · ");
		const tools = [];
		if (told.may_invite) {
			const change = person.may_send ? __("Only write") : __("Let send");
			tools.push(this.small(change, person, () => post(`${APPLICATIONS}change_colleague`, { colleague: person.name, may_send: person.may_send ? 0 : 1 })));
			tools.push(this.small(__("Revoke"), person, () => this.revoke(person)));
		} else if (person.name === told.me) {
			tools.push(this.small(__("Leave this application"), person, () => this.leave(person)));
		}
		return el("li", {}, el("span", {}, el("b", {}, person.full_name || person.email), ` ${text}`), el("span", { class: "rtc-buttons" }, tools));
	}

	small(label, person, act) {
		const attributes = { class: "btn btn-default btn-sm", "aria-label": `${label}: ${person.full_name || person.email}` };
		return button(label, () => this.act(act), "default", attributes);
	}

	async revoke(person) {
		const yes = await ask(
			__("Revoke {0}?", [person.full_name || person.email]),
			__("The application is no longer seen by this person from now on. What was written stays."),
			__("Revoke")
		);
		return yes && post(`${APPLICATIONS}revoke_colleague`, { colleague: person.name });
	}

	async leave(person) {
		const yes = await ask(__("Leave this application?"), __("You will no longer see it. Who began it can invite you again."), __("Leave this application"));
		if (yes) {
			await post(`${APPLICATIONS}revoke_colleague`, { colleague: person.name });
			window.location.assign("/domanda/list");
		}
		return null;
	}

	async act(doing) {
		this.notice.clear();
		try {
			const told = await doing();
			if (told) this.show(told);
		} catch (error) {
			this.notice.refuse(error);
		}
	}

	form() {
		const email = el("input", { id: "rtc-colleague-email", type: "email", class: "form-control", autocomplete: "off", "aria-required": "true" });
		const send = el("input", { id: "rtc-colleague-send", type: "checkbox", class: "rtc-check" });
		const sendButton = el("button", { type: "submit", class: "btn btn-default" }, __("Invite"));
		const form = el(
			"form",
			{ class: "rtc-invite", novalidate: true, "aria-label": __("Invite a colleague") },
			el("h3", {}, __("Invite a colleague")),
			el("div", { class: "rtc-field" }, el("label", { for: email.id }, __("E-mail address")), email),
			el("div", { class: "rtc-check-line" }, send, el("label", { for: send.id }, __("May also send and withdraw the application"))),
			el("p", { class: "rtc-help" }, __("A mail with a link goes to this address; whoever has no account yet makes one with it.")),
			sendButton
		);
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			sendButton.disabled = true; // the mail takes a moment to write, and is wanted once
			this.act(async () => {
				this.notice.tell(__("Sending…"));
				const told = await post(`${APPLICATIONS}invite_colleague`, {
					application: this.record.name,
					email: email.value,
					may_send: send.checked ? 1 : 0,
				});
				this.invited(email.value, told);
				return told;
			}).finally(() => (sendButton.disabled = false));
		});
		return form;
	}

	invited(email, told) {
		const text = told.mailed ? __("The invitation was mailed to {0}.", [email]) : __("This site sends no mail: hand over the link yourself.");
		this.notice.element.replaceChildren(
			el(
				"div",
				{ class: "rtc-message rtc-message-good" },
				el("p", {}, text),
				el("p", { class: "rtc-help" }, __("If the mail does not arrive, this is the link; it works for that address only:"), " ", el("span", { class: "rtc-link" }, told.link))
			)
		);
	}
}
