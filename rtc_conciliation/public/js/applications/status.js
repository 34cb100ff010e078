// Whether what is on the page is on the site. Quiet while all is well; what needs the person is said aloud.

import { el, plain } from "../common/dom.js";

export class SaveStatus {
	constructor() {
		this.element = el("p", { class: "rtc-status", role: "status" });
	}

	show(kind, detail) {
		const troubled = ["failed", "refused", "loggedOut"].includes(kind);
		this.element.setAttribute("aria-live", troubled ? "polite" : "off");
		this.element.className = `rtc-status${troubled ? " rtc-status-bad" : ""}`;
		this.element.dataset.kind = kind;
		this.element.replaceChildren(...WORDS[kind](detail));
	}
}

const WORDS = {
	unready: () => [__("Not saved yet: choose the call and write the title")],
	unsaved: () => [__("Not saved yet")],
	saving: () => [__("Saving…")],
	saved: (time) => [time ? __("Draft saved at {0}", [time]) : __("Everything is saved")],
	failed: () => [__("Saving failed, trying again. What you wrote is kept in this browser.")],
	loggedOut: () => [
		`${__("Your session has ended. What you wrote is kept in this browser.")} `,
		el("a", { href: "/login", target: "_blank", rel: "noopener" }, __("Log in again in another tab")),
	],
	refused: (error) => [`${__("Not saved:")} ${(error.lines || [error.message]).map(plain).join(" ")}`],
};
