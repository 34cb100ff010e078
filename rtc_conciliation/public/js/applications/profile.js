// The organisation of the applicant, kept once for all its applications.

import { el, paragraphs } from "../common/dom.js";
import { lacks, layOut, setValues, valuesOf } from "../common/layout.js";
import { Notice } from "../common/notice.js";
import { post } from "../common/server.js";

const SAVE = "rtc_conciliation.applications.api.save_profile";

export function startProfile(place, settings) {
	let dirty = false;
	const notice = new Notice();
	const { controls, pages } = layOut(settings.pages, {
		options: (source) => settings.options[source],
		onchange: () => (dirty = true),
	});
	const saveButton = el("button", { type: "submit", class: "btn btn-primary" }, settings.button);
	const form = el(
		"form",
		{ novalidate: true, "aria-label": settings.title },
		pages.map((page) => page.element),
		el("div", { class: "rtc-buttons rtc-footer" }, saveButton)
	);
	place.replaceChildren(el("h1", { tabindex: "-1" }, settings.title), ...paragraphs(settings.introduction), notice.element, form);
	setValues(controls, settings.values);
	dirty = false;

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (lacks(controls, notice)) return;
		saveButton.disabled = true;
		try {
			await post(SAVE, { profile: valuesOf(controls) });
			dirty = false;
			notice.tell(__("Saved. Your next application begins with these data."));
			place.querySelector("h1").scrollIntoView({ block: "start" });
		} catch (error) {
			notice.refuse(error);
		} finally {
			saveButton.disabled = false;
		}
	});
	window.addEventListener("beforeunload", (event) => dirty && event.preventDefault());
}
