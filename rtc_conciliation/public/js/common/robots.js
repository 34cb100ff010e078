// The check against robots: a moment of computing (ALTCHA), started with the page, by this site alone.

import { el } from "./dom.js";
import { search } from "./proof.js";
import { get } from "./server.js";

const CHALLENGE = "rtc_conciliation.common.api.get_challenge";
/** Milliseconds after which a solution is made anew before it is sent: the server takes it for 20 minutes. */
const FRESH = 15 * 60 * 1000;

export class Robots {
	constructor() {
		this.state = el("p", { class: "rtc-robots", role: "status" });
		// Nobody sees or reaches it; what fills in every field does. By its name no browser and no keeper of passwords does.
		this.trap = el("input", {
			type: "text",
			name: "rtc_remarks",
			tabindex: "-1",
			autocomplete: "off",
			"data-1p-ignore": "",
			"data-bwignore": "",
			"data-lpignore": "true",
			"data-form-type": "other",
		});
		this.element = el(
			"div",
			{ class: "rtc-robots-box" },
			this.state,
			el("div", { class: "rtc-trap", "aria-hidden": "true" }, el("label", {}, __("Leave this field empty"), this.trap))
		);
		this.start();
	}

	/** Also after a refusal: what filled in the trap, if it was the browser, does not do so again. */
	start() {
		this.trap.value = "";
		this.started = Date.now();
		this.tell(__("The check against robots is running: nothing to do."));
		this.solving = this.solve();
		this.solving.catch(() => this.tell(__("The check against robots will be tried again when you send.")));
	}

	async solve() {
		const challenge = await get(CHALLENGE);
		const ready = Date.now() + (challenge.wait + 0.5) * 1000;
		const number = await search(challenge, () => document.hidden);
		await pause(ready - Date.now());
		this.tell(__("The check against robots is done. It collects nothing about you."));
		const { algorithm, salt, signature } = challenge;
		return btoa(JSON.stringify({ algorithm, challenge: challenge.challenge, number, salt, signature }));
	}

	/** A solution, good for one sending. */
	async solution() {
		if (Date.now() - this.started > FRESH) this.start();
		try {
			return await this.solving;
		} catch {
			this.start();
			return this.solving;
		}
	}

	tell(text) {
		this.state.textContent = text;
	}
}

function pause(milliseconds) {
	return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
