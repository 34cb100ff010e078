// What a page that was left in the middle kept in this browser is offered again by the next one.

import { learnNames } from "../common/addresses.js";
import { button } from "../common/dom.js";
import { setValues } from "../common/layout.js";
import { forget } from "./keeper.js";
import { isThere } from "./stored_values.js";

/** What there is to say when `form` opens. */
export function greet(form) {
	if (form.settings.notice) {
		form.notice.tell(form.settings.notice);
		form.status("unsaved");
	}
	const [left] = form.saver.keeper.left();
	if (!left) return;
	if (isThere(left.kept.values, form.settings.values)) return forget(left.place);
	const close = (isTaken) => {
		form.notice.clear();
		if (isTaken) restore(form, left.kept);
		forget(left.place);
	};
	const time = new Date(left.kept.at).toLocaleString(document.documentElement.lang || "it", { dateStyle: "short", timeStyle: "short" });
	form.notice.offer(
		__("On this device there is what you wrote until {0} and the site did not get. It is kept only here until it is saved or thrown away.", [time]),
		button(__("Take it back"), () => close(true), "primary"),
		button(__("Throw it away"), () => close(false))
	);
}

function restore(form, kept) {
	learnNames(kept.files);
	setValues(form.controls, { ...form.settings.values, ...kept.values });
	form.callChosen = form.controls.get("call").get();
	for (const conflict of kept.conflicts || []) {
		form.fieldOf(conflict)?.set(conflict.mine);
		form.dispute(conflict);
	}
	form.saver.resume(kept);
	form.check();
}
