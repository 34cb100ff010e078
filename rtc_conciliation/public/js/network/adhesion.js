// The form with which an organisation joins the network.

import { el, paragraphs } from "../common/dom.js";
import { lacks, layOut, setValues, valuesOf } from "../common/layout.js";
import { Notice } from "../common/notice.js";
import { Robots } from "../common/robots.js";
import { sendForm } from "../common/server.js";
import { actOf, PaperForm } from "./paper_form.js";
import { SignedForm } from "./signed_form.js";

const SEND = "rtc_conciliation.network.api.send_adhesion";

function fieldNamed(pages, name) {
	const fields = pages.flatMap((page) => page.sections).flatMap((section) => section.fields);
	return fields.find((field) => field.fieldname === name) || {};
}

export function startAdhesion(place, settings) {
	let dirty = false;
	const notice = new Notice();
	const context = {
		options: (source) => settings.options[source],
		onchange: () => (dirty = true),
	};
	fieldNamed(settings.pages, "privacy_accepted").notice = settings.notice;
	const { controls, pages } = layOut(settings.pages, context);
	const signed = new SignedForm(settings.largest_form, () => (dirty = true), () => valuesOf(controls));
	const paper = new PaperForm(settings, () => valuesOf(controls), notice);
	const robots = new Robots();
	const sendButton = el("button", { type: "submit", class: "btn btn-primary btn-lg" }, settings.button);
	const form = el(
		"form",
		{ novalidate: true, "aria-label": settings.title },
		pages.map((page) => page.element),
		paper.element,
		signed.element,
		robots.element,
		el("div", { class: "rtc-buttons rtc-footer" }, sendButton)
	);
	place.replaceChildren(
		el("h1", { tabindex: "-1" }, settings.title),
		el("p", { class: "rtc-programme" }, settings.programme),
		...paragraphs(settings.introduction),
		actOf(settings),
		el("p", {}, el("a", { href: settings.network }, __("See who belongs to the network"))),
		notice.element,
		form
	);
	setValues(controls, settings.values);

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const fits = signed.fits();
		if (lacks(controls, notice) || !fits) return;
		sendButton.disabled = true;
		notice.tell(__("Sending…"));
		try {
			const body = new FormData();
			body.append("adhesion", JSON.stringify(valuesOf(controls)));
			body.append("altcha", await robots.solution());
			body.append("nickname", robots.trap.value);
			if (signed.file) body.append("form", signed.file, signed.file.name);
			const receipt = await sendForm(SEND, body);
			dirty = false;
			thank(place, settings, receipt);
		} catch (error) {
			if (!lacks(controls, notice, error.fields)) notice.refuse(error);
			robots.start();
		} finally {
			sendButton.disabled = false;
		}
	});
	window.addEventListener("beforeunload", (event) => dirty && event.preventDefault());
}

function thank(place, settings, receipt) {
	const heading = el("h1", { tabindex: "-1" }, __("Adhesion received"));
	const mail = settings.office_email
		? el("p", {}, __("Questions or corrections:"), " ", el("a", { href: `mailto:${settings.office_email}` }, settings.office_email))
		: null;
	const rows = [
		[__("Number"), el("b", {}, receipt.number), "rtc-number"],
		[__("Received on"), receipt.received_on],
		[__("Signed form"), receipt.form],
	].filter(([, value]) => value);
	place.replaceChildren(
		heading,
		el(
			"div",
			{ class: "rtc-message rtc-message-good rtc-receipt" },
			el("p", {}, __("Thank you. The adhesion of {0} was received.", [receipt.organisation_name])),
			el("dl", {}, rows.map(([label, value, kind]) => el("div", { class: kind }, el("dt", {}, label), el("dd", {}, value))))
		),
		el("h2", {}, __("What happens next")),
		el(
			"ol",
			{},
			el(
				"li",
				{},
				receipt.mailed
					? __("Open the link that was mailed to {0} and confirm: it is valid for 7 days.", [receipt.email])
					: __("The office writes to {0} to have the address confirmed.", [receipt.email])
			),
			el("li", {}, __("The office checks the data and may ask you to complete them.")),
			el("li", {}, __("{0} decides on the admission and enters the organisation in the list of members.", [settings.office])),
			el("li", {}, __("The outcome is sent to {0}.", [receipt.pec]))
		),
		el("p", {}, __("Keep the number: it identifies the adhesion in every message.")),
		el("p", {}, el("a", { href: settings.network }, __("See who belongs to the network"))),
		mail
	);
	window.scrollTo(0, 0);
	heading.focus();
}
