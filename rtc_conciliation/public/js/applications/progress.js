// How far an application is: what happened, what goes on, what comes next and by when. What waits for the reader stands out.

import { el } from "../common/dom.js";

export function progress(steps) {
	if (!steps.length) return "";
	return el(
		"section",
		{ class: "rtc-section", "aria-label": __("Where the application is") },
		el("h2", {}, __("Where the application is")),
		el("ol", { class: "rtc-progress" }, steps.map(item))
	);
}

function item(step) {
	return el(
		"li",
		{ "data-status": step.mine ? "mine" : step.status },
		el("span", { class: "rtc-progress-status" }, step.status_label),
		el(
			"div",
			{},
			el("b", {}, step.address ? el("a", { href: step.address }, step.title) : step.title),
			step.when ? ` · ${step.when}` : "",
			step.note ? el("p", { class: "rtc-help" }, step.note) : ""
		)
	);
}
