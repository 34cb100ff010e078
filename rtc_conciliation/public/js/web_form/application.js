// The application form: steps, drafts, live check, sending; read only once it is sent.

import { ask, button, el, paragraphs } from "./dom.js";
import { layOut, markMissing, setValues, valuesOf } from "./layout.js";
import { Notice } from "./notice.js";
import { readOnly } from "./reading.js";
import { Review } from "./review.js";
import { Confirmations } from "./partners.js";
import { post } from "./server.js";
import { Steps } from "./steps.js";

const CHECK = "rtc_conciliation.portal.drafts.check_draft";
const SAVE = "rtc_conciliation.portal.drafts.save_draft";
const SEND = "rtc_conciliation.portal.sending.send";
const APPLY = "frappe.model.workflow.apply_workflow";
const PAUSE = 700; // ms without typing before the server is asked

export function startApplication(place, settings) {
	settings.mode === "read" ? readOnly(place, settings, APPLY) : new ApplicationForm(place, settings);
}

class ApplicationForm {
	constructor(place, settings) {
		Object.assign(this, { place, settings, dirty: false, asked: 0 });
		this.record = settings.record || {};
		this.notice = new Notice();
		this.review = new Review((finding) => this.goTo(finding));
		const { controls, pages } = layOut(settings.pages, this.context());
		this.controls = controls;
		this.steps = new Steps(pages, () => this.entered());
		pages[pages.length - 1].element.append(this.review.element, this.sendArea());
		this.confirmations = new Confirmations(() => this.save(), () => this.record, this.notice);
		pages.find((page) => page.fieldnames.includes("partners"))?.element.append(this.confirmations.element);
		this.budgetStep = pages.findIndex((page) => page.fieldnames.includes("costs"));
		pages[this.budgetStep]?.element.append(this.review.totals());
		this.draw();
		setValues(controls, settings.values);
		this.dirty = false;
		this.callChosen = this.controls.get("call").get();
		if (!this.record.name) this.proposePeriod();
		this.steps.show(0, false);
		if (settings.report) this.told(settings.report);
		else this.check();
		window.addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
	}

	context() {
		const call = () => this.settings.options.calls.find((one) => one.value === this.controls?.get("call").get());
		return {
			options: (source) => this.settings.options[source] || call()?.[source] || [],
			ofCall: (table) => call()?.[table] || [],
			known: (table, fieldname) => {
				const rows = this.controls.get(table).get();
				return [...new Set(rows.map((row) => row[fieldname]).filter(Boolean))];
			},
			onchange: () => this.changed(),
		};
	}

	draw() {
		this.status = el("p", { class: "rtc-status", role: "status" });
		this.heading = el("h1", { tabindex: "-1" }, this.record.title || this.settings.title);
		this.saveButton = button(this.settings.button, () => this.save(), "default");
		const form = el(
			"form",
			{ novalidate: true, "aria-label": this.settings.title },
			this.steps.panels,
			el("div", { class: "rtc-buttons rtc-footer" }, this.steps.back, this.saveButton, this.steps.next, this.status)
		);
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			this.save();
		});
		this.place.replaceChildren(
			el("p", {}, el("a", { href: `/${this.settings.route}/list` }, `← ${__("My Applications")}`)),
			this.heading,
			...paragraphs(this.settings.introduction),
			this.steps.nav,
			this.notice.element,
			form
		);
		this.closing = el("p", { class: "rtc-help" });
		this.controls.get("call").element.append(this.closing);
	}

	sendArea() {
		this.sendButton = button(__("Send the Application"), () => this.send(), "primary", { class: "btn btn-primary btn-lg" });
		this.sendButton.hidden = this.record.can_send === false; // a colleague who may only write
		if (this.sendButton.hidden) return el("p", { class: "rtc-send" }, __("You may write in this draft; sending it stays with who began it."));
		return el(
			"div",
			{ class: "rtc-send" },
			el("p", {}, __("Once sent, the application cannot be changed. It can be withdrawn until the call closes, and another one can be sent then.")),
			this.sendButton
		);
	}

	changed() {
		this.dirty = true;
		this.status.textContent = __("Not saved yet");
		const call = this.controls.get("call").get();
		if (call !== this.callChosen) {
			this.callChosen = call;
			for (const control of this.controls.values()) control.refresh && control.refresh();
			this.proposePeriod();
		}
		this.showClosing();
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.check(), PAUSE);
	}

	/** The period of the call's projects, where the applicant has written none. */
	proposePeriod() {
		const call = this.settings.options.calls.find((one) => one.value === this.callChosen);
		if (!call) return;
		for (const [fieldname, value] of [
			["start_date", call.project_start],
			["end_date", call.project_end],
		]) {
			const control = this.controls.get(fieldname);
			if (control?.isEmpty()) control.set(value);
		}
	}

	showClosing() {
		const call = this.settings.options.calls.find((one) => one.value === this.callChosen);
		this.closing.textContent = !call
			? ""
			: call.is_open
				? __("Applications can be sent until {0}.", [call.closing])
				: __("This call no longer takes applications.");
	}

	values() {
		const values = valuesOf(this.controls);
		if (this.record.name) Object.assign(values, { name: this.record.name, modified: this.record.modified });
		return values;
	}

	/** Asks the rules about what is typed; only the answer to the last question counts. */
	async check() {
		this.showClosing();
		const number = ++this.asked;
		try {
			const report = await post(CHECK, { application: this.values() });
			if (number === this.asked) this.told(report);
		} catch (error) {
			if (number === this.asked) this.review.unknown(error);
		}
	}

	told(report) {
		this.showClosing();
		this.review.tell(report);
		this.controls.get("costs").note?.(report.amounts || []);
		this.steps.count(report.findings);
	}

	entered() {
		clearTimeout(this.timer);
		if (this.steps.isLast()) this.check();
	}

	/** Saves the draft; resolves to false, with the reason at the top, when it was refused. */
	async save() {
		this.notice.clear();
		for (const control of this.controls.values()) control.dropBlank?.();
		if (!this.complete()) return false;
		this.busy(true);
		try {
			const saved = await post(SAVE, { application: this.values() });
			this.kept(saved);
			return true;
		} catch (error) {
			this.notice.refuse(error);
			return false;
		} finally {
			this.busy(false);
		}
	}

	/** A draft needs the call, the title, and the first field of each row. */
	complete() {
		const missing = markMissing(this.controls);
		const rows = [...this.controls.values()].map((control) => control.missing?.()).filter(Boolean);
		if (!missing.length && !rows.length) return true;
		const first = missing[0] || rows[0].field;
		rows[0]?.open();
		this.notice.refuse({
			title: __("The draft cannot be saved yet"),
			lines: [...missing, ...rows.map((row) => row.field)].map((field) => field.df.label),
		});
		this.steps.showElement(first.element);
		first.focus();
		return false;
	}

	kept(saved) {
		const isNew = !this.record.name;
		Object.assign(this.record, { name: saved.name, modified: saved.modified });
		this.confirmations.tell(saved.confirmations);
		for (const [table, names] of Object.entries(saved.rows)) this.controls.get(table)?.keepNames(names);
		this.dirty = false;
		const time = new Date().toLocaleTimeString(document.documentElement.lang || "it");
		this.status.textContent = __("Draft saved at {0}", [time]);
		this.notice.tell(__("Draft {0} saved at {1}. You can go on, or come back to it later from My Applications.", [saved.name, time]));
		if (isNew) history.replaceState(null, "", `/${this.settings.route}/${encodeURIComponent(saved.name)}/edit`);
		this.asked += 1;
		this.told({ ...saved, amounts: this.review.amounts });
	}

	async send() {
		if (!(await this.save())) return;
		const yes = await ask(
			__("Send the application?"),
			__("Once sent, the application cannot be changed. It can be withdrawn until the call closes, and another one can be sent then."),
			__("Send the Application")
		);
		if (!yes) return;
		this.notice.clear();
		this.busy(true);
		try {
			await post(SEND, { application: this.record.name });
			window.location.assign(`/${this.settings.route}/${encodeURIComponent(this.record.name)}`);
		} catch (error) {
			this.notice.refuse(error);
			this.check();
		} finally {
			this.busy(false);
		}
	}

	busy(on) {
		this.saveButton.disabled = on;
		this.sendButton.disabled = on;
	}

	goTo({ rows, field }) {
		const ref = rows[0];
		const control = this.controls.get(ref ? ref.table : field);
		if (!control) return;
		this.steps.showElement(control.element);
		if (ref && control.focusRow) control.focusRow(ref.idx, field);
		else if (control.focus) control.focus();
		else control.element.querySelector("button, input")?.focus();
	}
}
