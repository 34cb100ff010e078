// The steps of a long form: one is shown, all are listed: to do, begun, complete, and what was refused in each.

import { button, el } from "./dom.js";

export class Steps {
	constructor(pages, onenter) {
		Object.assign(this, { pages, onenter, current: 0 });
		this.panels = pages.map((page, index) => {
			page.heading = el("h2", { class: "rtc-step-heading", tabindex: "-1" }, `${index + 1}. ${page.label}`);
			return el("div", { class: "rtc-panel", hidden: true }, page.heading, page.element);
		});
		this.links = pages.map((page, index) => {
			page.badge = el("span", { class: "rtc-badge", hidden: true });
			page.standing = el("span", { class: "rtc-step-state" });
			const name = el("span", {}, `${index + 1}. ${page.label} `);
			return button([name, page.badge, page.standing], () => this.show(index), "link", { class: "rtc-step" });
		});
		this.where = el("summary", {});
		// On a phone the list is folded under the name of the current step.
		this.folded = el(
			"details",
			{ open: window.matchMedia("(min-width: 641px)").matches },
			this.where,
			el("ol", { class: "rtc-steps" }, this.links.map((link) => el("li", {}, link)))
		);
		this.nav = el("nav", { class: "rtc-steps-nav", "aria-label": __("Steps") }, this.folded);
		this.back = button(__("Back"), () => this.show(this.current - 1));
		this.next = button(__("Next step"), () => this.show(this.current + 1), "primary");
	}

	show(index, focus = true) {
		this.current = Math.max(0, Math.min(index, this.pages.length - 1));
		this.panels.forEach((panel, at) => (panel.hidden = at !== this.current));
		this.links.forEach((link, at) =>
			at === this.current ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current")
		);
		this.where.textContent = __("Step {0} of {1}: {2}", [
			this.current + 1,
			this.pages.length,
			this.pages[this.current].label,
		]);
		if (focus && !window.matchMedia("(min-width: 641px)").matches) this.folded.open = false;
		this.back.hidden = this.current === 0;
		this.next.hidden = this.isLast();
		this.onenter();
		if (focus) {
			this.nav.scrollIntoView({ block: "start" });
			this.pages[this.current].heading.focus({ preventScroll: true });
		}
	}

	isLast() {
		return this.current === this.pages.length - 1;
	}

	showElement(element) {
		const index = this.panels.findIndex((panel) => panel.contains(element));
		if (index >= 0 && index !== this.current) this.show(index, false);
	}

	/** `stateOf` (page) → {state: one of STATES, wrong: number of what is shown as wrong there}. */
	tell(stateOf) {
		for (const page of this.pages) {
			const { state, wrong } = stateOf(page);
			page.standing.dataset.state = state;
			page.standing.textContent = STATES[state]();
			page.badge.hidden = !wrong;
			page.badge.replaceChildren(
				el("span", { "aria-hidden": "true" }, String(wrong)),
				el("span", { class: "rtc-hidden" }, __("{0} to be corrected", [wrong]))
			);
		}
	}
}

const STATES = {
	todo: () => __("to do"),
	begun: () => __("begun"),
	complete: () => __("complete"),
};
