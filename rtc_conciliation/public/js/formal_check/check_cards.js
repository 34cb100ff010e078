// The checks of an application as cards: an answer by button or key is stored at once.
/* exported CheckCards */

const ANSWERS = [
	["Passed", "1", "green"],
	["Failed", "2", "red"],
	["Not Applicable", "3", "gray"],
];
/** Milliseconds after the last letter of a note. */
const AFTER_TYPING = 800;
const safe = (text) => frappe.utils.escape_html(text || "");
/** Texts are stored with their < and > as entities: shown as they were typed. */
const as_typed = (text) => safe(frappe.utils.unescape_html(text || ""));

/**
 * Cards of one check. What was answered and is not on the server yet stands in `drafts`: row → {answer, note, seen}, with
 * `seen` what the card showed before. They live as long as the desk, so a new drawing of the form loses none.
 */
class CheckCards {
	constructor(frm) {
		Object.assign(this, { name: frm.docname, drafts: new Map(), overtaken: new Set(), problem: "", sending: false });
	}

	/** Not the form's: it shows another check once that is opened. */
	get rows() {
		return frappe.get_doc("RTC Formal Check", this.name)?.items || [];
	}

	row(name) {
		return this.rows.find((row) => row.name === name);
	}

	/** What the card shows: the draft, else what is stored. */
	shown(row) {
		const draft = this.drafts.get(row.name);
		return draft || { answer: row.answer || "", note: row.note || "" };
	}

	count(answer) {
		return this.rows.filter((row) => this.shown(row).answer === answer).length;
	}

	draw($place, { open, people }) {
		Object.assign(this, { $place, open, people });
		const focus = this.focused();
		$place.html(this.rows.map((row) => this.card_html(row)).join("") + '<p class="rtc-checks-status" role="status"></p>');
		$place.find("textarea").each((_index, area) => grow_note(area));
		if (open) this.bind();
		this.update();
		focus?.();
	}

	card_html(row) {
		const { answer, note } = this.shown(row);
		const id = safe(row.name);
		const choices = this.open ? ANSWERS.map(([value, key]) => choice_html(value, key, answer === value)) : [given_html(answer)];
		const area = this.open
			? `<textarea class="form-control input-sm" rows="1" maxlength="4000" aria-label="${__("Note")}: ${safe(row.item)}">${as_typed(note)}</textarea>`
			: note && `<div class="rtc-check-note">${as_typed(note)}</div>`;
		return `<div class="rtc-check" role="group" tabindex="${this.open ? 0 : -1}" data-check="${id}" aria-labelledby="check-${id}">
			<div><b id="check-${id}">${row.idx}. ${safe(row.item)}</b> <span class="text-muted small">${safe(row.legal_reference)}</span></div>
			${row.description ? `<div class="text-muted small">${safe(row.description)}</div>` : ""}
			<div class="rtc-check-choices">${choices.join(" ")}</div>${area}
			<div class="rtc-check-said small"></div></div>`;
	}

	bind() {
		this.$place.off(".checks");
		this.$place.on("click.checks", "[data-answer]", (event) => this.answer(card_of(event), event.currentTarget.dataset.answer));
		this.$place.on("click.checks", "[data-mine]", (event) => this.insist(card_of(event)));
		this.$place.on("click.checks", "[data-theirs]", (event) => this.give_way(card_of(event)));
		this.$place.on("click.checks", "[data-again]", () => this.send());
		this.$place.on("input.checks", "textarea", (event) => this.type(card_of(event), event.target));
		this.$place.on("change.checks", "textarea", () => this.send());
		this.$place.on("keydown.checks", (event) => this.key(event));
	}

	/** Which card or note has the focus, and how to give it back. */
	focused() {
		const active = document.activeElement;
		const card = active && this.$place?.[0].contains(active) && active.closest("[data-check]");
		if (!card) return null;
		const [name, selection] = [card.dataset.check, active.selectionStart];
		return () => {
			const $card = this.card(name);
			const target = active.tagName === "TEXTAREA" ? $card.find("textarea")[0] : $card[0];
			target?.focus({ preventScroll: true });
			if (target?.setSelectionRange) target.setSelectionRange(selection, selection);
		};
	}

	card(name) {
		return this.$place.find("[data-check]").filter((_index, card) => card.dataset.check === name);
	}

	/** 1, 2, 3 answer the card that has the focus; held down it counts once. */
	key(event) {
		const found = ANSWERS.find(([, key]) => key === event.key);
		if (!found || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.target.tagName === "TEXTAREA") return;
		event.preventDefault();
		event.stopPropagation();
		const name = card_of(event);
		if (!name) return;
		this.answer(name, found[0]);
		if (found[0] === "Failed") return this.card(name).find("textarea").trigger("focus");
		const next = this.next_open(name);
		if (next) this.card(next).trigger("focus");
	}

	next_open(name) {
		const order = this.rows.map((row) => row.name);
		const at = order.indexOf(name);
		return [...order.slice(at + 1), ...order.slice(0, at)].find((one) => !this.shown(this.row(one)).answer);
	}

	answer(name, answer) {
		this.keep(name, { answer });
		if (answer === "Failed" && !this.shown(this.row(name)).note.trim()) this.card(name).find("textarea").trigger("focus");
		this.send();
	}

	type(name, area) {
		grow_note(area);
		this.keep(name, { note: area.value });
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.send(), AFTER_TYPING);
	}

	keep(name, values) {
		const row = this.row(name);
		const seen = this.drafts.get(name)?.seen || [row.answer || "", row.note || ""];
		this.drafts.set(name, { ...this.shown(row), seen, ...values });
		this.update();
	}

	/** All that have no answer yet. */
	pass_others() {
		for (const row of this.rows.filter((one) => !this.shown(one).answer)) this.keep(row.name, { answer: "Passed" });
		return this.send();
	}

	/** What waits for its note, or for a word about what somebody else answered, is not sent. */
	ready() {
		return [...this.drafts].filter(
			([name, draft]) => !this.overtaken.has(name) && (draft.answer !== "Failed" || draft.note.trim())
		);
	}

	/** One request at a time; what is answered meanwhile goes with the next. True once all that is ready is stored. */
	send() {
		clearTimeout(this.timer);
		this.sent = this.sent && this.sending ? this.sent : this.send_all();
		return this.sent;
	}

	async send_all() {
		this.sending = true;
		this.problem = "";
		try {
			for (let ready = this.ready(); ready.length; ready = this.ready()) {
				this.update();
				await this.send_some(Object.fromEntries(ready));
			}
		} catch (error) {
			this.problem = error.message || __("The answers are not stored yet: the site did not answer.");
		}
		this.sending = false;
		this.update();
		return !this.problem;
	}

	async send_some(answers) {
		const message = await post_answers({ application: this.name, answers: JSON.stringify(answers) });
		for (const name of Object.keys(answers)) {
			const [sent, draft] = [answers[name], this.drafts.get(name)];
			if (message.overtaken.includes(name)) this.overtaken.add(name);
			else if (draft === sent) this.drafts.delete(name);
			else draft.seen = [message.rows[name].answer, message.rows[name].note]; // as it is stored: < is an entity there
		}
		this.take(message);
	}

	/** The record as it is on the server now; what is not sent yet stays in the cards. */
	take({ modified, open_items, failed_items, rows }) {
		const doc = frappe.get_doc("RTC Formal Check", this.name);
		if (!doc) return;
		Object.assign(doc, { modified, open_items, failed_items });
		for (const row of doc.items) {
			const { person, ...values } = rows[row.name] || {};
			Object.assign(row, values);
			if (person) this.people[values.answered_by] = person;
		}
		this.taken?.();
	}

	insist(name) {
		const row = this.row(name);
		this.drafts.get(name).seen = [row.answer || "", row.note || ""];
		this.overtaken.delete(name);
		this.send();
	}

	give_way(name) {
		this.drafts.delete(name);
		this.overtaken.delete(name);
		this.card(name).find("textarea").val(frappe.utils.unescape_html(this.row(name).note || ""));
		this.update();
	}

	/** Buttons, what is said below them, and the line of the whole, as things are now. */
	update() {
		if (!this.$place) return;
		for (const row of this.rows) {
			const { answer } = this.shown(row);
			const $card = this.card(row.name).attr("data-state", answer);
			$card.find("[data-answer]").each((_index, button) => {
				button.setAttribute("aria-pressed", button.dataset.answer === answer);
			});
			const waits = answer === "Failed" && !this.shown(row).note.trim();
			$card.find("textarea").attr("placeholder", answer === "Failed" ? __("What is wrong: the applicant reads it") : __("Note"));
			$card.find("textarea").toggleClass("is-invalid", waits).attr("aria-invalid", waits);
			$card.find(".rtc-check-said").html(this.said_html(row, waits));
		}
		this.$place.find(".rtc-checks-status").html(this.status_html());
		this.changed?.();
	}

	said_html(row, waits) {
		const person = safe(this.people[row.answered_by] || row.answered_by);
		if (this.overtaken.has(row.name)) {
			const theirs = row.answer ? `${__(row.answer)} ${as_typed(row.note)}` : __("no answer");
			return `<span role="alert">${__("Meanwhile {0} answered: {1}", [person || __("somebody else"), theirs])}</span>
				<button type="button" class="btn btn-xs btn-default" data-theirs>${__("Leave it so")}</button>
				<button type="button" class="btn btn-xs btn-default" data-mine>${__("Put my answer")}</button>`;
		}
		if (waits) return `<span role="alert">${__("Not stored yet: write what is wrong.")}</span>`;
		if (!row.answered_by) return "";
		return `<span class="text-muted">${person} · ${frappe.datetime.str_to_user(row.answered_on)}</span>`;
	}

	status_html() {
		if (this.problem) {
			return `<span class="text-danger">${safe(this.problem)}</span> <button type="button" class="btn btn-xs btn-default" data-again>${__("Try again")}</button>`;
		}
		if (this.sending) return __("Saving…");
		return this.drafts.size || !this.open ? "" : `<span class="text-muted">${__("Every answer is stored at once.")}</span>`;
	}
}

const choice_html = (value, key, pressed) =>
	`<button type="button" class="btn btn-sm btn-default" data-answer="${value}" aria-pressed="${pressed}" aria-keyshortcuts="${key}">
		<kbd aria-hidden="true">${key}</kbd> ${__(value)}</button>`;

/** For who reads and does not answer. */
function given_html(answer) {
	const [, , colour] = ANSWERS.find(([value]) => value === answer) || ["", "", "orange"];
	return `<span class="indicator-pill ${colour}">${answer ? __(answer) : __("To be answered")}</span>`;
}

const card_of = (event) => event.target.closest("[data-check]")?.dataset.check;

function grow_note(area) {
	area.style.height = "34px";
	if (area.scrollHeight > 38) area.style.height = `${Math.min(area.scrollHeight + 2, 220)}px`;
}

/** A refusal is shown by core; it rejects too, so that nothing counts as stored. */
function post_answers(args) {
	return new Promise((resolve, reject) => {
		frappe.call({
			method: "rtc_conciliation.formal_check.api.answer_checks",
			args,
			callback: ({ message }) => (message ? resolve(message) : reject(new Error(""))),
			error: () => reject(new Error("")),
		});
	});
}
