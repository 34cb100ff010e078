(() => {
	frappe.pages["rtc-evaluation"].on_page_load = (wrapper) => {
		const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Evaluation"), single_column: true });
		wrapper.rtc_desk = new EvaluationDesk(page);
	};

	frappe.pages["rtc-evaluation"].on_page_show = (wrapper) => wrapper.rtc_desk.load();

	const SERVER = "rtc_conciliation.evaluation.api";
	const escape = (text) => frappe.utils.escape_html(text || "");

	/** What a member of a panel has to do: to declare, then to score. The office sees how far each panel is. */
	class EvaluationDesk {
		constructor(page) {
			this.page = page;
			this.$body = $('<div class="rtc-evaluation" style="padding: 15px 0 60px"></div>').appendTo(page.main);
			this.$body.on("click", "[data-review]", (event) => open_review(event.currentTarget.dataset.review));
			this.$body.on("click", "[data-begin]", (event) => begin(event.currentTarget.dataset));
			this.$body.on("click", "[data-declare]", (event) => this.declare(event.currentTarget));
			this.$body.on("change", "[data-conflict]", (event) => count_conflicts($(event.currentTarget).closest("form")));
			this.$body.on("submit", "form", () => false);
		}

		async load() {
			const { message } = await frappe.call({ method: `${SERVER}.get_desk`, type: "GET" });
			this.$body.html([...message.calls.map(call_html), panels_html(message.panels)].join("") || nothing_html());
			this.$body.find("form").each((_index, form) => count_conflicts($(form)));
		}

		/** Every application of the form at once: a conflict where ticked, none with the others. */
		declare(button) {
			const $form = $(button).closest("form");
			const conflicts = ticked($form);
			const reason = ($form.find("textarea").val() || "").trim();
			if (!conflicts.length) return this.send_declaration(button, conflicts, reason);
			if (!reason) {
				frappe.msgprint({
					title: __("Reason Missing"),
					message: __("Write in a few words what the conflict is."),
					indicator: "orange",
				});
				return;
			}
			const text = __("You declare a conflict with what you ticked: {0}. It is closed to you for good, and a substitute reviews it. With all the others you declare to have none.", [
				conflicts.map((one) => `<b>${escape(one)}</b>`).join(", "),
			]);
			frappe.confirm(text, () => this.send_declaration(button, conflicts, reason));
		}

		/** Who has no conflict goes on to the first application at once. */
		async send_declaration(button, conflicts, reason) {
			const call = button.dataset.declare;
			button.disabled = true;
			try {
				const { message } = await frappe.call({
					method: `${SERVER}.declare`,
					args: { call, conflicts: JSON.stringify(conflicts), reason },
					freeze: true,
				});
				tell_declared(message);
				await this.load();
				const first = this.$body.find("[data-begin]").toArray().find((one) => one.closest("section").dataset.call === call);
				if (first && !conflicts.length && !message.found) await begin(first.dataset);
			} finally {
				button.disabled = false;
			}
		}
	}

	function tell_declared({ found, free }) {
		if (found) {
			frappe.msgprint({
				title: __("Conflicts Found"),
				message: __("The records tie you to {0} more applications: they are closed to you. If that is wrong, tell the office.", [found]),
				indicator: "orange",
			});
		} else {
			frappe.show_alert({ message: __("Declared. Applications to read and review: {0}", [free]), indicator: "green" });
		}
	}

	function call_html(call) {
		const done = call.rows.filter((row) => row.state === "Submitted").length;
		const head = `<h3>${escape(call.title)}</h3>
			<p class="text-muted" style="margin-bottom: 20px">${__(call.office)} · ${asked_text(call, done)}</p>`;
		return `<section class="frappe-card" data-call="${escape(call.call)}" style="padding: 20px; margin-bottom: 20px">${head}${declare_html(call)}${rows_html(call)}</section>`;
	}

	function asked_text(call, done) {
		if (call.to_declare.length || call.rows.length) {
			return __("{0} to declare, {1} to review, {2} submitted", [call.to_declare.length, call.rows.length - done, done]);
		}
		return call.over
			? __("The evaluation is over. Your submitted reviews: {0}", [call.over])
			: __("No application of this call is under evaluation yet.");
	}

	/** Before anything can be read: who takes part, and nothing else. */
	function declare_html(call) {
		if (!call.to_declare.length) return "";
		const intro = call.hidden
			? __("The names of the applicants are hidden in this call. These bodies take part in its applications: tick those with which you have a conflict of interest, and no others.")
			: __("Before you read them: tick the applications with which you have a conflict of interest, because of one of their bodies or for another reason.");
		const choices = call.hidden
			? call.bodies.map((name) => choice_html(name, escape(name)))
			: call.to_declare.map((row) =>
					choice_html(
						row.application,
						`<b>${escape(row.application)}</b> ${escape(row.title)}<br><span class="text-muted">${row.bodies.map(escape).join(" · ")}</span>`
					)
			  );
		return `<form style="border-left: 4px solid var(--orange-500, #cb5a2a); padding-left: 15px; margin-bottom: 20px">
			<h4>${__("Declare First")}</h4><p>${intro}</p>${choices.join("")}
			<div class="rtc-reason" hidden><label class="control-label" for="reason-${escape(call.call)}">${__("What the conflict is")}</label>
			<textarea id="reason-${escape(call.call)}" class="form-control" rows="2" style="height: 64px"></textarea></div>
			<p class="rtc-declared" style="margin: 10px 0 0"></p>
			<button type="button" class="btn btn-primary btn-sm" style="margin-top: 10px" data-declare="${escape(call.call)}"></button></form>`;
	}

	function choice_html(value, html) {
		return `<div class="checkbox" style="margin: 8px 0"><label style="display: flex; gap: 8px; align-items: flex-start">
			<input type="checkbox" data-conflict="${escape(value)}" style="margin-top: 3px; flex: none"><span>${html}</span></label></div>`;
	}

	const ticked = ($form) => $form.find("[data-conflict]:checked").toArray().map((box) => box.dataset.conflict);

	function count_conflicts($form) {
		const count = ticked($form).length;
		$form.find(".rtc-reason").prop("hidden", !count);
		$form.find("[data-declare]").text(
			count ? __("Declare: conflict with {0}, none with the others", [count]) : __("Declare no conflict with any, and begin")
		);
		const none = count ? "" : `${__("You declare to have no conflict of interest with any of these applications.")} `;
		$form.find(".rtc-declared").text(none + __("The declaration is made under D.P.R. 445/2000 and stays on record."));
	}

	function rows_html(call) {
		if (!call.rows.length) return "";
		const rows = call.rows.map(
			(row) => `<tr><td><b>${escape(row.application)}</b><br>${escape(row.title)}</td>
				<td>${state_html(row, call)}</td><td class="text-right" style="white-space: nowrap">${buttons_html(row)}</td></tr>`
		);
		return `<h4>${__("Review")}</h4><div class="table-responsive"><table class="table table-bordered"><thead><tr>
			<th scope="col">${__("Application")}</th><th scope="col">${__("Your Review")}</th><th></th></tr></thead>
			<tbody>${rows.join("")}</tbody></table></div>`;
	}

	function state_html(row, call) {
		const pill = (text, color) => `<span class="indicator-pill ${color}">${text}</span>`;
		if (row.state === "Submitted") {
			const total = format_number(row.total, null, 2);
			const agreed = row.writes && row.consensus_state !== "Submitted" ? `<br>${pill(__("Consensus to Be Written"), "orange")}` : "";
			return `${pill(__("Submitted"), "green")} <b>${total}</b> / ${format_number(call.most, null, 0)}${agreed}`;
		}
		if (!row.review) return pill(__("To Begin"), "orange");
		return pill(__("{0} of {1} marks", [row.given, call.marks]), "blue");
	}

	function buttons_html(row) {
		const button = (attributes, text, primary) =>
			`<button type="button" class="btn btn-sm ${primary ? "btn-primary" : "btn-default"}" ${attributes}>${text}</button> `;
		const own = row.review
			? button(
					`data-review="${escape(row.review)}"`,
					row.state === "Submitted" ? __("Open the Review") : __("Continue"),
					row.state !== "Submitted"
			  )
			: button(`data-begin="${escape(row.application)}" data-kind="Individual"`, __("Read and Review"), true);
		if (!row.writes) return own;
		return own + button(`data-begin="${escape(row.application)}" data-kind="Consensus"`, __("Consensus"), row.consensus_state !== "Submitted");
	}

	function panels_html(panels) {
		if (!panels.length) return "";
		const rows = panels.map(
			(panel) => `<tr><td><a href="${frappe.utils.get_form_link("RTC Panel", panel.name)}">${escape(panel.title)}</a></td>
				<td>${panel.applications ? __("{0} of {1} applications reviewed", [panel.complete, panel.applications]) : `<span class="text-muted">${__("No application of this call is under evaluation.")}</span>`}</td>
				<td>${panel.flagged ? `<span class="indicator-pill orange">${__("{0} to be discussed", [panel.flagged])}</span>` : ""}</td></tr>`
		);
		return `<section class="frappe-card" style="padding: 20px"><h3>${__("Panels")}</h3>
			<div class="table-responsive"><table class="table table-bordered"><tbody>${rows.join("")}</tbody></table></div></section>`;
	}

	function nothing_html() {
		return `<p class="text-muted">${__("Nothing is assigned to you. A panel is appointed in the record of its call.")}</p>`;
	}

	const open_review = (name) => frappe.set_route("Form", "RTC Review", name);

	async function begin({ begin: application, kind }) {
		const { message } = await frappe.call({ method: `${SERVER}.begin_review`, args: { application, kind }, freeze: true });
		open_review(message);
	}
})();
