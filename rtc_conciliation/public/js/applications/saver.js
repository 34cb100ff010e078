// Saves the draft by itself: some seconds after typing stops, at every step, when the page is hidden, again when it
// failed. What the site may not have yet is kept in the browser; a save of unknown fate is repeated as it was sent.

import { knownNames } from "../common/addresses.js";
import { guarded } from "../common/faults.js";
import { newKey, same } from "../common/same.js";
import { isLoggedOut, post } from "../common/server.js";
import { Keeper } from "./keeper.js";

const SAVE = "rtc_conciliation.applications.api.save_draft";
const PAUSE = 3000; // ms without typing
const LONGEST = 20000; // ms of typing without a pause
const KEEP = 400; // ms until the browser keeps what was typed
const AGAIN = [5000, 10000, 20000, 30000]; // ms until a failed save is tried again
const KEEPALIVE = 60000; // bytes that a browser still sends for a page that goes

export class Saver {
	/** `form`: values(), conflicts(), isReady(), accept(saved, sent), status(kind, detail), labelOf(field). */
	constructor(form, { person, record, values }) {
		Object.assign(this, { form, person, record, dirty: false, pending: null, failures: 0, typedSince: 0 });
		this.base = record.name ? values : {};
		this.key = newKey();
		this.keeper = new Keeper(person, this.key);
		this.keeper.name = record.name || "";
		document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.back()));
		window.addEventListener("pagehide", () => this.leave());
		window.addEventListener("online", () => this.back());
		window.addEventListener("focus", () => this.back());
	}

	changed() {
		this.dirty = true;
		this.typedSince = this.typedSince || Date.now();
		clearTimeout(this.keeping);
		this.keeping = setTimeout(() => this.keep(), KEEP);
		const wait = Math.max(0, Math.min(PAUSE, this.typedSince + LONGEST - Date.now()));
		this.plan(wait);
		if (!this.failures) this.form.status(this.form.isReady() ? "unsaved" : "unready");
	}

	plan(wait) {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.quietly(), wait);
	}

	isSafe() {
		return this.record.deleted || (!this.dirty && !this.pending);
	}

	/** Would something be lost, or wait unseen in this browser, if the page went now? */
	wouldLose() {
		return !this.isSafe() && (this.failures > 0 || this.kept === false || !this.form.isReady());
	}

	/** Now, without a word if it is refused: the status says so. */
	quietly() {
		if (this.isSafe() || !this.form.isReady()) return Promise.resolve(false);
		return this.save(false).then(
			() => true,
			() => false
		);
	}

	leave() {
		clearTimeout(this.keeping);
		if (this.isSafe()) return;
		this.keep();
		this.quietly();
	}

	back() {
		if (this.failures) this.quietly();
	}

	keep() {
		if (this.isSafe()) return this.keeper.clear();
		const { base, key, pending } = this;
		this.kept = this.keeper.keep({
			values: this.form.values(),
			conflicts: this.form.conflicts(),
			files: knownNames(),
			base,
			key,
			pending,
			modified: this.record.modified,
		});
	}

	/** Resolves when everything typed until now is on the site; rejects with the refusal. */
	save(byHand = true) {
		this.byHand = this.byHand || byHand;
		this.again = Boolean(this.running);
		if (!this.running) this.running = this.run().finally(() => (this.running = null));
		return this.running;
	}

	async run() {
		clearTimeout(this.timer);
		this.form.status("saving");
		try {
			await this.sendAll();
		} catch (error) {
			this.failed(error);
			throw error;
		}
		this.byHand = false;
		this.keep();
		this.form.status(this.dirty ? "unsaved" : "saved", this.savedAt);
	}

	async sendAll() {
		do {
			const repeated = Boolean(this.pending);
			this.again = false;
			this.pending = this.pending || this.next();
			if (!repeated) Object.assign(this, { dirty: false, typedSince: 0 });
			if (!repeated && !this.byHand && this.record.name && !Object.keys(this.pending.base).length) this.pending = null;
			this.keep();
			if (this.pending) await this.send(this.pending);
			this.again = this.again || (repeated && this.dirty);
		} while (this.again);
	}

	async send(sent) {
		const saved = await post(SAVE, { application: sent.application, base: sent.base }, this.keepalive(sent));
		this.pending = null;
		this.failures = 0;
		this.savedAt = saved.saved_at;
		this.take(saved, sent);
	}

	keepalive(sent) {
		return document.hidden && JSON.stringify(sent).length * 2 < KEEPALIVE;
	}

	/** What is different from what the site has, and what the site had of it. */
	next() {
		const values = this.form.values();
		const application = { person: this.person };
		const base = {};
		if (this.record.name) Object.assign(application, { name: this.record.name, modified: this.record.modified });
		else application.key = this.key;
		for (const [field, value] of Object.entries(values)) {
			if (same(value, this.base[field])) continue;
			application[field] = value;
			base[field] = this.base[field] ?? null;
		}
		return { application, base, values };
	}

	take(saved, sent) {
		if (!this.record.name) this.keeper.rename(saved.name);
		Object.assign(this.record, { name: saved.name, modified: saved.modified });
		if (saved.others) saved.changed.push(...this.news(saved, sent));
		guarded(() => this.form.accept(saved, sent.values)); // the site has it, whatever the page makes of it
		this.base = { ...this.base, ...saved.values };
	}

	/** Where others wrote and this page did not. */
	news(saved, sent) {
		const fields = Object.keys(saved.values).filter((field) => !(field in sent.application) && !same(saved.values[field], this.base[field]));
		return fields.map((field) => this.form.labelOf(field)).filter(Boolean);
	}

	failed(error) {
		this.dirty = true;
		this.byHand = false;
		if (error.isRefusal && !isLoggedOut()) {
			this.pending = null; // the site has it not, and will not take it as it is
			this.failures = 0;
			this.form.status("refused", error);
		} else {
			this.plan(AGAIN[Math.min(this.failures, AGAIN.length - 1)]);
			this.failures += 1;
			this.form.status(isLoggedOut() ? "loggedOut" : "failed", error);
		}
		this.keep();
	}

	/** Goes on from what another page left in this browser. */
	resume(kept) {
		this.base = kept.base || {};
		this.pending = kept.pending || null;
		this.record.modified = kept.modified || this.record.modified;
		if (!this.record.name) this.key = kept.key;
		this.changed();
	}
}
