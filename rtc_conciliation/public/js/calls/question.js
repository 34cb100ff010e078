// A question about a call, from anybody: no login, a check against robots, and a number for it.

import { el, paragraphs } from "../common/dom.js";
import { lacks, layOut, valuesOf } from "../common/layout.js";
import { Notice } from "../common/notice.js";
import { Robots } from "../common/robots.js";
import { post } from "../common/server.js";

const SEND = "rtc_conciliation.calls.api.send_question";

export function startQuestion(place, settings) {
	const notice = new Notice();
	const { controls, pages } = layOut(settings.pages, { options: () => [], onchange: () => {}, rows: 6 });
	const robots = new Robots();
	const sendButton = el("button", { type: "submit", class: "btn btn-primary btn-lg" }, settings.button);
	const form = el(
		"form",
		{ novalidate: true, "aria-label": settings.title },
		pages.map((page) => page.element),
		robots.element,
		el("div", { class: "rtc-buttons rtc-footer" }, sendButton)
	);
	place.replaceChildren(
		el("p", {}, el("a", { href: settings.address }, `← ${settings.call_title}`)),
		el("h1", { tabindex: "-1" }, settings.title),
		...settings.introduction.map((line) => el("p", {}, line)),
		notice.element,
		form
	);
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (lacks(controls, notice)) return;
		sendButton.disabled = true;
		notice.tell(__("Sending…"));
		try {
			const altcha = await robots.solution();
			const answer = await post(SEND, { call: settings.call, question: valuesOf(controls), altcha, nickname: robots.trap.value });
			thank(place, settings, answer);
		} catch (error) {
			notice.refuse(error);
			robots.start();
		} finally {
			sendButton.disabled = false;
		}
	});
}

function thank(place, settings, answer) {
	const heading = el("h1", { tabindex: "-1" }, __("Question received"));
	place.replaceChildren(
		heading,
		el(
			"div",
			{ class: "rtc-message rtc-message-good" },
			el("p", {}, __("Thank you. The number of the question is {0}.", [answer.number])),
			...paragraphs(
				answer.email
					? __("The answer is published on the page of the call, without names, and mailed to {0}.", [answer.email])
					: __("The answer is published on the page of the call, without names.")
			)
		),
		el("p", {}, el("a", { href: settings.address }, `← ${settings.call_title}`))
	);
	window.scrollTo(0, 0);
	heading.focus();
}
