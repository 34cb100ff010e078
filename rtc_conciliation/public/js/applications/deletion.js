// A draft is deleted by who began it, once asked; what was not saved of it goes too.

import { ask, button, el } from "../common/dom.js";
import { Notice } from "../common/notice.js";
import { post } from "../common/server.js";
import { forgetDraft } from "./keeper.js";

const DELETE = "rtc_conciliation.applications.api.delete_draft";

/** `record` is shared with the form: a draft that was just begun has its name with the first saving. */
export class Deletion {
	constructor({ record, person, route }) {
		Object.assign(this, { record, person, route });
		this.notice = new Notice();
		this.button = button(__("Delete the draft"), () => this.delete(), "default", { class: "btn btn-default rtc-delete" });
		this.element = el("div", { class: "rtc-deletion" }, this.notice.element, this.button);
	}

	async delete() {
		this.notice.clear();
		if (!this.record.name) {
			this.notice.tell(__("This draft is not saved yet: leave the page, and nothing of it is kept."));
			return;
		}
		const told = this.record.shared ? __("Those who work at it are told by e-mail.") : "";
		const yes = await ask(
			__("Delete the draft?"),
			[__("The draft {0} and its files are deleted for good: nobody can bring them back.", [this.record.name]), told].filter(Boolean).join(" "),
			__("Delete the draft")
		);
		if (!yes) return;
		this.button.disabled = true;
		try {
			await post(DELETE, { application: this.record.name });
			this.record.deleted = true; // the page that is left asks nothing and keeps nothing
			forgetDraft(this.person, this.record.name);
			window.location.replace(`/${this.route}/list`);
		} catch (error) {
			this.button.disabled = false;
			this.notice.refuse(error);
		}
	}
}
