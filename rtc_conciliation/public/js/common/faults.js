// A fault of the page itself: it is said where the person looks, and what it did not touch goes on.

import { el, newId } from "./dom.js";
import { Refusal } from "./server.js";

let box = null;
let keepWhatIsTyped = () => {};

/** From now on no fault passes unseen: it is told above `place`, and `keep` is called to save what was typed. */
export function watchFaults(place, keep) {
	keepWhatIsTyped = keep;
	box = el("div", { class: "rtc-faults" });
	place.before(box);
	window.addEventListener("error", (event) => isOurs(event) && tellFault(event.error));
	window.addEventListener("unhandledrejection", (event) => event.reason instanceof Error && tellFault(event.reason));
}

/** What browser extensions do, and the browser's own remarks, is nothing of this page. */
function isOurs({ error, filename }) {
	return error instanceof Error && (!filename || filename.startsWith(window.location.origin));
}

/** What `work` gives, or `otherwise` where it fails. */
export function guarded(work, otherwise) {
	try {
		return work();
	} catch (error) {
		tellFault(error);
		return otherwise;
	}
}

export function tellFault(error) {
	console.warn(error);
	show(error);
	try {
		keepWhatIsTyped();
	} catch (again) {
		console.warn(again);
	}
}

function show(error) {
	if (!box || box.childElementCount) return;
	const heading = newId();
	box.append(
		el(
			"div",
			{ class: "rtc-message rtc-message-error", role: "alert", "aria-labelledby": heading },
			el("h2", { id: heading }, __("Something on this page does not work")),
			el("p", {}, __("What you typed is still here. Save it, look at the line that says whether it is saved, then reload the page.")),
			el("p", { class: "rtc-help" }, `${__("If it happens again, tell the office this:")} ${wordsOf(error)}`)
		)
	);
	box.scrollIntoView({ block: "start" });
}

/** In the place of a form that could not be drawn: nothing that looks as if it could be filled in. */
export function showBroken(place, error) {
	console.warn(error);
	place.replaceChildren(
		el(
			"div",
			{ class: "rtc-message rtc-message-error", role: "alert" },
			el("h1", {}, __("This page could not be opened")),
			el("p", {}, __("Nothing is lost: what was saved is on the site, and what this browser kept is offered again. Reload the page.")),
			el("p", { class: "rtc-help" }, `${__("If it happens again, tell the office this:")} ${wordsOf(error)}`)
		)
	);
}

function wordsOf(error) {
	return error instanceof Refusal ? error.title : `${error.name}: ${error.message}`.slice(0, 300);
}
