// Tells who writes that the draft was saved by somebody else, or in another window, without touching what is typed.
// Only a draft that several people share is asked about again and again, at no exact pace and only while the page is
// seen; any other when its person comes back to it.

import { button, el } from "../common/dom.js";
import { get } from "../common/server.js";

const SINCE = "rtc_conciliation.applications.api.get_edits_since";
const PACE = 45000; // ms between two questions, give or take a third
const AWAY = 20000; // ms after which coming back asks at once

export class News {
	/** `record` is shared with the form; `isBusy`(): a save is under way; `take`(): saves, and so takes the changes in. */
	constructor(record, { isBusy, take }) {
		Object.assign(this, { record, isBusy, asked: Date.now() });
		this.text = el("span", {});
		this.takeButton = button(__("Show the changes now"), take, "default", { class: "btn btn-default btn-sm" });
		this.element = el("p", { class: "rtc-news", role: "status", hidden: true }, this.text, " ", this.takeButton);
		document.addEventListener("visibilitychange", () => this.back());
		window.addEventListener("focus", () => this.back());
		this.plan();
	}

	plan() {
		clearTimeout(this.timer);
		if (!this.over) this.timer = setTimeout(() => this.pass(), PACE * (2 / 3 + (Math.random() * 2) / 3));
	}

	pass() {
		if (this.record.shared && !document.hidden) this.ask();
		this.plan();
	}

	back() {
		if (document.hidden || Date.now() - this.asked < AWAY) return;
		this.ask();
		this.plan();
	}

	async ask() {
		const { name, modified } = this.record;
		if (!name || this.over || this.isBusy()) return;
		this.asked = Date.now();
		const known = this.told || modified;
		try {
			const news = await get(`${SINCE}?application=${encodeURIComponent(name)}&modified=${encodeURIComponent(known)}`);
			// A save that came in between knows more than this answer.
			if (news.modified && modified === this.record.modified && !this.isBusy()) this.tell(news);
		} catch (error) {
			if (error.isRefusal) this.over = true; // removed, or no longer shared: the next save says so
		}
	}

	tell(news) {
		this.told = news.modified;
		if (!news.own) this.record.shared = true;
		this.over = Boolean(news.sent);
		this.takeButton.hidden = this.over;
		this.text.textContent = words(news);
		this.element.hidden = false;
	}

	/** The form has what the site has. */
	clear() {
		this.told = "";
		this.element.hidden = true;
		this.text.textContent = "";
	}
}

function words({ by, own, sent, at }) {
	if (sent) return own ? __("You sent this application at {0} from another window.", [at]) : __("{0} sent this application at {1}.", [by, at]);
	return own
		? __("You saved this draft at {0} in another window: those changes come in with the next save.", [at])
		: __("{0} saved this draft at {1}: those changes come in with your next save.", [by, at]);
}
