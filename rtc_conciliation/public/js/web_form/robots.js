// The check against robots: a moment of computing (ALTCHA), started with the page, by this site alone.

import { el } from "./dom.js";
import { get } from "./server.js";
import { sha256 } from "./sha256.js";

const CHALLENGE = "rtc_conciliation.portal.captcha.challenge";
const AT_ONCE = 512;
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
		const number = await search(challenge);
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

async function search({ challenge, salt, maxnumber }) {
	const encoder = new TextEncoder();
	for (let first = 0; first <= maxnumber; first += AT_ONCE) {
		const numbers = Array.from({ length: AT_ONCE }, (_unused, index) => first + index);
		const digests = await Promise.all(numbers.map((number) => digest(encoder.encode(salt + number))));
		const found = digests.findIndex((bytes) => hex(bytes) === challenge);
		if (found >= 0) return first + found;
		if (!subtle) await pause(0); // the page stays usable
	}
	throw new Error("no solution");
}

// Browsers offer it on https and localhost only.
const subtle = window.crypto && window.crypto.subtle;

function digest(bytes) {
	return subtle ? subtle.digest("SHA-256", bytes).then((buffer) => new Uint8Array(buffer)) : sha256(bytes);
}

function hex(bytes) {
	let text = "";
	for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
	return text;
}

function pause(milliseconds) {
	return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
