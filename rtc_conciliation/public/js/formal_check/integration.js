// The answer to a request of integration: each thing that is asked, by text or by file; saved, then sent once.

import { fileLink, learnNames } from "../common/addresses.js";
import { ask, button, el, paragraphs } from "../common/dom.js";
import { makeField } from "../common/fields.js";
import { MISSING, Notice } from "../common/notice.js";
import { post } from "../common/server.js";

const SAVE = "rtc_conciliation.formal_check.api.save_answer";
const SEND = "rtc_conciliation.formal_check.api.send_answer";

export function startIntegration(place, settings) {
	learnNames(settings.files);
	const notice = new Notice();
	place.replaceChildren(
		el("p", {}, el("a", { href: settings.list }, `← ${__("My Applications")}`)),
		el("h1", { tabindex: "-1" }, settings.title),
		el(
			"p",
			{},
			el("span", { class: "rtc-state" }, settings.state_label),
			" ",
			el("span", { class: "rtc-help" }, settings.name)
		),
		el(
			"p",
			{},
			el("a", { href: settings.application.address }, settings.application.title),
			" · ",
			settings.application.call
		),
		told(settings),
		notice.element,
		...paragraphs(settings.introduction),
		settings.can_answer ? new AnswerForm(settings, notice).element : read(settings)
	);
}

/** What the applicant has to know first: by when, or what became of it. */
function told(settings) {
	const letter = el("p", {}, el("a", { href: settings.letter }, __("The letter (PDF)")));
	if (settings.state === "Cancelled") {
		return box("", [__("The office has cancelled this request: nothing has to be answered."), settings.reason], letter);
	}
	if (settings.answered_on) {
		const late = settings.late ? __("After the term of {0}: the office decides whether it counts.", [settings.due_on]) : "";
		const digest = settings.digest ? `${__("Digest (SHA-256)")}: ${settings.digest}` : "";
		return box("good", [__("Answer received on {0}.", [settings.answered_on]), late, digest], letter);
	}
	if (!settings.waiting) return box("", [__("This request is closed and takes no answer any more.")], letter);
	if (settings.over) {
		return box(
			"error",
			[
				__("The term was {0}.", [settings.due_on]),
				__("You can still answer until the office closes the request: the answer is marked as late with its time."),
			],
			letter
		);
	}
	return box("", [__("Answer by {0} (time of Rome).", [settings.due_on]), __("Nothing of the application that you sent changes.")], letter);
}

function box(kind, lines, ...more) {
	const [first, ...rest] = lines.filter(Boolean);
	return el(
		"div",
		{ class: `rtc-message rtc-due ${kind ? `rtc-message-${kind}` : ""}` },
		el("p", {}, el("b", {}, first)),
		rest.map((line) => el("p", {}, line)),
		more
	);
}

class AnswerForm {
	constructor(settings, notice) {
		Object.assign(this, { settings, notice, modified: settings.modified, dirty: false });
		this.rows = settings.items.map((item, index) => this.drawItem(item, index));
		this.status = el("p", { class: "rtc-status", role: "status" });
		this.saveButton = button(__("Save and come back later"), () => this.save());
		this.sendButton = button(__("Send the answer"), () => this.send(), "primary");
		this.element = el(
			"form",
			{ novalidate: true, "aria-label": settings.title },
			this.rows.map((row) => row.element),
			el("div", { class: "rtc-buttons rtc-footer" }, this.saveButton, this.sendButton, this.status)
		);
		this.element.addEventListener("submit", (event) => {
			event.preventDefault();
			this.save();
		});
		this.dirty = false;
		window.addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
	}

	drawItem(item, index) {
		const context = { onchange: () => this.changed(), rows: 5 };
		const controls = {};
		if (item.kind !== "File") {
			controls.answer_text = makeField(
				{ fieldname: "answer_text", kind: "long", label: __("Written answer"), required: item.kind === "Text" },
				context
			);
		}
		if (item.kind !== "Text") {
			controls.answer_file = makeField(
				{
					fieldname: "answer_file",
					kind: "file",
					label: item.kind === "File" ? __("File") : __("File (instead of the text, or with it)"),
					description: __("pdf, p7m, docx, xlsx, odt, ods, jpg or png. Only you and the office see it."),
				},
				context
			);
		}
		for (const [fieldname, control] of Object.entries(controls)) control.set(item[fieldname]);
		const element = el(
			"section",
			{ class: "rtc-section rtc-asked", "data-item": item.name },
			el("h2", {}, `${index + 1}. ${item.what}`),
			...paragraphs(item.why),
			Object.values(controls).map((control) => control.element)
		);
		return { item, controls, element };
	}

	changed() {
		this.dirty = true;
		this.notice.settle(MISSING, titles(this.missing()));
		if (this.status) this.status.textContent = __("Not saved yet");
	}

	values() {
		const answers = {};
		for (const { item, controls } of this.rows) {
			answers[item.name] = Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.get()]));
		}
		return { request: this.settings.name, modified: this.modified, answers };
	}

	async save() {
		return this.busy(async () => {
			const saved = await post(SAVE, this.values());
			this.modified = saved.modified;
			this.dirty = false;
			const time = new Date().toLocaleTimeString(document.documentElement.lang || "it");
			this.status.textContent = __("Saved at {0}", [time]);
			const left = saved.missing.length;
			this.notice.tell(
				left
					? __("Saved, not sent yet. Without an answer: {0}.", [left])
					: __("Saved, not sent yet. Everything has an answer: you can send it.")
			);
		});
	}

	async send() {
		const missing = this.missing();
		if (missing.length) {
			this.notice.refuse({ title: __("Some answers are missing"), lines: titles(missing) }, MISSING);
			return;
		}
		const yes = await ask(
			__("Send the answer?"),
			__("It is sent once and cannot be changed afterwards."),
			__("Send the answer")
		);
		if (!yes) return;
		await this.busy(async () => {
			await post(SEND, this.values());
			this.dirty = false;
			window.location.reload();
		});
	}

	missing() {
		return this.rows.filter(({ controls }) => Object.values(controls).every((control) => control.isEmpty()));
	}

	async busy(work) {
		this.saveButton.disabled = this.sendButton.disabled = true;
		this.notice.clear();
		try {
			await work();
		} catch (error) {
			this.notice.refuse(error);
		} finally {
			this.saveButton.disabled = this.sendButton.disabled = false;
		}
	}
}

/** What was asked, as HTML. */
function titles(rows) {
	return rows.map(({ item }) => item.what.replaceAll("&", "&amp;").replaceAll("<", "&lt;"));
}

function read(settings) {
	return el(
		"div",
		{},
		settings.items.map((item, index) =>
			el(
				"section",
				{ class: "rtc-section" },
				el("h2", {}, `${index + 1}. ${item.what}`),
				...paragraphs(item.why),
				item.answer_text ? el("div", { class: "rtc-answer" }, paragraphs(item.answer_text)) : "",
				item.answer_file ? el("p", {}, fileLink(item.answer_file)) : ""
			)
		)
	);
}
