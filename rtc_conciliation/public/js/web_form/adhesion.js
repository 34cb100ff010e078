// The form with which an organisation joins the network.

import { el, paragraphs } from "./dom.js";
import { layOut, markMissing, setValues, valuesOf } from "./layout.js";
import { Notice } from "./notice.js";
import { post } from "./server.js";

const ACCEPT = "frappe.website.doctype.web_form.web_form.accept";

export function startAdhesion(place, settings) {
	let dirty = false;
	const notice = new Notice();
	const context = {
		options: (source) => settings.options[source],
		onchange: () => (dirty = true),
	};
	const { controls, pages } = layOut(settings.pages, context);
	const sendButton = el("button", { type: "submit", class: "btn btn-primary btn-lg" }, settings.button);
	const form = el(
		"form",
		{ novalidate: true, "aria-label": settings.title },
		pages.map((page) => page.element),
		el("div", { class: "rtc-buttons rtc-footer" }, sendButton)
	);
	place.replaceChildren(
		el("h1", { tabindex: "-1" }, settings.title),
		el("p", { class: "rtc-programme" }, settings.programme),
		...paragraphs(settings.introduction),
		notice.element,
		form
	);
	setValues(controls, settings.values);

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const missing = markMissing(controls);
		if (missing.length) {
			notice.refuse({
				title: __("Some fields are missing"),
				lines: missing.map((control) => control.df.label),
			});
			return;
		}
		sendButton.disabled = true;
		try {
			const data = JSON.stringify(valuesOf(controls));
			const member = await post(ACCEPT, { web_form: settings.web_form, data });
			dirty = false;
			thank(place, settings, member);
		} catch (error) {
			notice.refuse(error);
		} finally {
			sendButton.disabled = false;
		}
	});
	window.addEventListener("beforeunload", (event) => dirty && event.preventDefault());
}

function thank(place, settings, member) {
	const heading = el("h1", { tabindex: "-1" }, __("Adhesion received"));
	const mail = settings.office_email
		? el("p", {}, __("Questions or corrections:"), " ", el("a", { href: `mailto:${settings.office_email}` }, settings.office_email))
		: null;
	place.replaceChildren(
		heading,
		el(
			"div",
			{ class: "rtc-message rtc-message-good" },
			el("p", {}, __("Thank you. The adhesion of {0} was received.", [member.organisation_name])),
			el("p", { class: "rtc-number" }, __("Number"), " ", el("b", {}, member.name))
		),
		el("h2", {}, __("What happens next")),
		el(
			"ol",
			{},
			el("li", {}, __("The office checks the data and may ask you to complete them.")),
			el("li", {}, __("{0} decides on the admission and enters the organisation in the list of members.", [settings.office])),
			el("li", {}, __("The outcome is sent to {0}.", [member.pec]))
		),
		el("p", {}, __("Keep the number: it identifies the adhesion in every message.")),
		mail
	);
	window.scrollTo(0, 0);
	heading.focus();
}
