// The application form: steps, drafts that save themselves, live check, sending; read only once it is sent.

import { learnNames } from "../common/addresses.js";
import { ask, button, el, paragraphs } from "../common/dom.js";
import { layOut, linkTo, markMissing, setValues, valuesOf } from "../common/layout.js";
import { Notice } from "../common/notice.js";
import { post } from "../common/server.js";
import { Steps } from "../common/steps.js";
import { Budget } from "./budget.js";
import { sayClosing } from "./closing.js";
import { Conflicts } from "./conflicts.js";
import { Corrections } from "./corrections.js";
import { Costs } from "./costs.js";
import { greet } from "./left_pages.js";
import { Names } from "./names.js";
import { News } from "./news.js";
import { Declarations, Documents } from "./papers.js";
import { Confirmations } from "./partners.js";
import { readOnly } from "./reading.js";
import { Review } from "./review.js";
import { Saver } from "./saver.js";
import { sheetTools } from "./sheet.js";
import { SaveStatus } from "./status.js";
import { follow, placeOf } from "./stored_values.js";
import { Unread } from "./unread.js";

const CHECK = "rtc_conciliation.applications.api.check_draft";
const SEND = "rtc_conciliation.applications.api.send_application";
const APPLY = "frappe.model.workflow.apply_workflow";
const CONTROLS = { costs: Costs, declarations: Declarations, attachments: Documents };
/** Columns that choose among what was typed in another table. */
const NAMED = { partner: ["partners", "organisation_name"], action: ["actions", "title"] };
/** Tables that begin with an empty row. */
const SEEDED = ["partners", "actions", "recipients", "costs"];
const PAUSE = 700; // ms without typing before the server is asked
/** What a refusal is about: it stays until the rules, or the next save, are content. */
const [RULES, SAVING] = ["rules", "saving"];

export function startApplication(place, settings) {
	learnNames(settings.files);
	return settings.mode === "read" ? readOnly(place, settings, APPLY) : new ApplicationForm(place, settings);
}

class ApplicationForm {
	constructor(place, settings) {
		Object.assign(this, { place, settings, asked: 0 });
		this.record = settings.record || {};
		this.notice = new Notice();
		this.saveStatus = new SaveStatus();
		this.news = new News(this.record, { isBusy: () => Boolean(this.saver.running), take: () => this.save() });
		this.review = new Review((finding) => this.corrections.goTo(finding));
		this.disputes = new Conflicts(() => this.resolved());
		const { controls, pages } = layOut(settings.pages, this.context());
		this.controls = controls;
		this.unread = new Unread(controls);
		this.steps = new Steps(pages, () => this.entered());
		this.corrections = new Corrections(controls, pages, (element) => this.steps.showElement(element));
		pages[pages.length - 1].element.append(this.review.element, this.sendArea());
		this.confirmations = new Confirmations(() => this.save(), () => this.record, this.notice);
		pages.find((page) => page.fieldnames.includes("partners"))?.element.append(this.confirmations.element);
		this.budget = new Budget(controls, () => this.call());
		this.names = new Names(controls);
		const budgetStep = pages.find((page) => page.fieldnames.includes("costs"))?.element;
		budgetStep?.prepend(this.budget.bar, this.budget.said);
		budgetStep?.append(this.budget.partners);
		this.draw();
		setValues(controls, settings.values);
		this.budget.begin();
		this.names.follow();
		this.callChosen = this.controls.get("call").get();
		if (!this.record.name) this.proposePeriod();
		this.saver = new Saver(this, { person: settings.person, record: this.record, values: settings.values });
		this.steps.show(0, false);
		if (settings.report) this.told(settings.report);
		else this.check();
		greet(this);
		window.addEventListener("beforeunload", (event) => this.saver.wouldLose() && event.preventDefault());
	}

	context() {
		const call = () => this.call();
		return {
			controls: CONTROLS,
			named: NAMED,
			seeded: SEEDED,
			tools: sheetTools,
			options: (source) => this.settings.options[source] || call()?.[source] || [],
			ofCall: (table) => call()?.[table] || [],
			longest: (fieldname, table = "") => call()?.limits[table]?.[fieldname],
			isNeeded: (fieldname, table = "") => Boolean(call()?.needed[table]?.includes(fieldname)),
			known: (table, fieldname) => {
				const rows = this.controls.get(table).get();
				return [...new Set(rows.map((row) => row[fieldname]).filter(Boolean))];
			},
			onchange: () => this.changed(),
			call: () => this.controls.get("call").get(),
			budget: async () => {
				await this.saver.save();
				return `/api/method/rtc_conciliation.applications.api.download_budget?application=${encodeURIComponent(this.record.name)}`;
			},
			refuse: (error) => this.notice.refuse(error),
		};
	}

	call() {
		return this.settings.options.calls.find((one) => one.value === this.controls?.get("call").get());
	}

	draw() {
		this.heading = el("h1", { tabindex: "-1" }, this.record.title || this.settings.title);
		this.saveButton = button(this.settings.button, () => this.save(), "default");
		const form = el(
			"form",
			{ novalidate: true, "aria-label": this.settings.title },
			this.steps.panels,
			el("div", { class: "rtc-buttons rtc-footer" }, this.steps.back, this.saveButton, this.steps.next, this.saveStatus.element, this.news.element)
		);
		form.addEventListener("focusout", (event) => {
			this.names.follow();
			this.corrections.leave(event.target, event.relatedTarget);
			this.tellSteps();
		});
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
			el("p", {}, __("Who sends it has read this:"), " ", el("a", { href: "/informativa-privacy", target: "_blank" }, this.settings.privacy)),
			el("div", { class: "rtc-buttons" }, this.sendButton, button(__("Preview and print"), () => this.preview()))
		);
	}

	changed() {
		if (this.followCall()) this.proposePeriod();
		this.budget.changed();
		this.saver.changed();
		this.showClosing();
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.check(), PAUSE);
	}

	/** Another call has other choices and lengths of texts. */
	followCall() {
		const call = this.controls.get("call").get();
		if (call === this.callChosen) return false;
		this.callChosen = call;
		for (const control of this.controls.values()) control.refresh && control.refresh();
		return true;
	}

	/** The period of the call's projects, where the applicant has written none. */
	proposePeriod() {
		const call = this.call();
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
		const call = this.call();
		this.closing.textContent = call ? sayClosing(call) : "";
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
		this.unread.mark(report.unread || []);
		const findings = this.corrections.tell(report);
		this.notice.settle(RULES, this.corrections.links());
		this.review.tell({ ...report, findings }, this.corrections.isRefused);
		this.report = report;
		this.controls.get("costs").note?.(report.amounts || []);
		this.tellSteps();
	}

	tellSteps() {
		this.steps.tell((page) => this.corrections.stateOf(page));
	}

	entered() {
		for (const table of ["actions", "costs"]) this.controls.get(table).refresh(); // partners may be others now
		clearTimeout(this.timer);
		this.saver.quietly();
		if (this.steps.isLast()) this.check();
	}

	// -- what the saver asks

	values() {
		return valuesOf(this.controls);
	}

	conflicts() {
		return this.disputes.all();
	}

	labelOf(fieldname) {
		return this.controls.get(fieldname)?.df?.label;
	}

	isReady() {
		return !this.controls.get("call").isEmpty() && !this.controls.get("title").isEmpty();
	}

	status(kind, detail) {
		this.saveStatus.show(kind, detail);
	}

	/** The site has `sent` now, and with it what others saved: shown where nothing was typed since. */
	accept(saved, sent) {
		if (!window.location.pathname.endsWith(`/${encodeURIComponent(saved.name)}/edit`)) {
			history.replaceState(null, "", `/${this.settings.route}/${encodeURIComponent(saved.name)}/edit`);
		}
		this.news.clear();
		this.notice.settle(SAVING);
		learnNames(saved.files);
		if (saved.others) this.record.shared = true;
		this.follow(saved, sent);
		saved.conflicts.forEach((conflict) => this.dispute(conflict));
		this.heading.textContent = this.controls.get("title").get() || this.settings.title;
		if (this.disputes.first()) this.tellDisputes();
		else if (saved.changed.length) {
			this.notice.tell(__("Somebody else changed this draft meanwhile; it was joined with yours: {0}.", [[...new Set(saved.changed)].join("; ")]));
		}
		this.followCall();
		this.budget.changed();
		this.confirmations.tell(saved.confirmations);
		this.asked += 1;
		this.told({ ...saved, amounts: this.review.amounts });
	}

	follow(saved, sent) {
		const disputed = new Set(saved.conflicts.map(placeOf));
		for (const [fieldname, value] of Object.entries(saved.values)) {
			const control = this.controls.get(fieldname);
			if (!control || !control.df) continue;
			if (control.reconcile) control.reconcile(sent[fieldname] || [], value, saved.keys[fieldname] || {}, disputed);
			else if (control.held === undefined && !disputed.has(fieldname)) follow(control, sent[fieldname], value);
		}
	}

	tellDisputes() {
		const fields = [...this.disputes.open.keys()];
		this.notice.offer(
			__("Somebody else changed the same fields meanwhile. Nothing was overwritten; choose between the two texts: {0}.", [
				fields.map((field) => field.df.label).join("; "),
			]),
			button(__("Go there"), () => this.goToField(fields[0]), "primary")
		);
	}

	goToField(field) {
		this.steps.showElement(field.element);
		const row = field.element.closest("details");
		if (row) row.open = true;
		field.element.scrollIntoView({ block: "center" });
		field.focus();
	}

	dispute(conflict) {
		const field = this.fieldOf(conflict);
		if (field) this.disputes.add(field, conflict);
	}

	fieldOf({ table, name, field }) {
		return table ? this.controls.get(table)?.fieldOf?.(name, field) : this.controls.get(field);
	}

	resolved() {
		this.disputes.first() ? this.tellDisputes() : this.notice.clear();
		this.changed();
	}

	/** When the page itself failed: nothing typed waits for a next key. */
	keepTyped() {
		this.saver?.leave();
	}

	// -- what the person asks

	/** Saves now; resolves to false, with the reason at the top, when it was refused. */
	async save() {
		this.notice.clear();
		if (!this.complete()) return false;
		this.busy(true);
		try {
			await this.saver.save();
			const { name } = this.record;
			if (!this.notice.isTelling()) {
				this.notice.tell(__("Draft {0} saved at {1}. You can go on, or come back to it later from My Applications.", [name, this.saver.savedAt]));
			}
			return true;
		} catch (error) {
			this.notice.refuse(error, SAVING);
			return false;
		} finally {
			this.busy(false);
		}
	}

	/** A draft needs the call and the title. */
	complete() {
		const missing = markMissing(this.controls);
		if (!missing.length) return true;
		const lines = missing.map((field) => linkTo(field, field.df.label, () => this.goToField(field)));
		this.notice.refuse({ title: __("The draft cannot be saved yet"), lines }, SAVING);
		return false;
	}

	async preview() {
		if (await this.save()) window.location.assign(`/${this.settings.route}/${encodeURIComponent(this.record.name)}`);
	}

	async send() {
		for (const control of this.controls.values()) control.dropBlank?.();
		if (!(await this.save())) return;
		if (this.disputes.first()) {
			this.tellDisputes();
			return this.goToField(this.disputes.first());
		}
		if (this.report.errors) return this.refuseToSend();
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
			const isOfRules = error.kind === "RulesError";
			if (isOfRules) this.corrections.refuse();
			this.notice.refuse(error, isOfRules ? RULES : SAVING);
			this.check();
		} finally {
			this.busy(false);
		}
	}

	/** What the rules said of this very save; the site would refuse it with the same words. */
	refuseToSend() {
		this.corrections.refuse();
		this.told(this.report);
		this.notice.refuse({ title: __("The application cannot be sent yet: things to correct"), lines: this.corrections.links() }, RULES);
	}

	busy(on) {
		this.saveButton.disabled = on;
		this.sendButton.disabled = on;
	}
}
