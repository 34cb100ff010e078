(() => {
	frappe.pages["rtc-today"].on_page_load = (wrapper) => {
		const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Today"), single_column: true });
		wrapper.rtc_today = new Today(page);
	};

	frappe.pages["rtc-today"].on_page_show = (wrapper) => wrapper.rtc_today.load();

	const escape_text = (text) => frappe.utils.escape_html(text || "");
	const GROUPS = [
		["late", () => __("Overdue"), "red"],
		["today", () => __("Today"), "orange"],
		["week", () => __("In the next seven days"), "yellow"],
		["open", () => __("To do"), "blue"],
		["waiting", () => __("Waiting for others"), "gray"],
		["changed", () => __("Changed in the last seven days"), "gray"],
	];
	const STYLE = `<style>
		.rtc-today { padding: 15px 15px 60px; max-width: 960px }
		.rtc-today h2 { font-size: 16px; margin: 25px 0 5px }
		.rtc-today ul { list-style: none; margin: 0; padding: 0 }
		.rtc-today li { display: flex; gap: 12px; align-items: center; justify-content: space-between; padding: 8px 0; border-bottom: 1px solid var(--border-color) }
		.rtc-today li > span { min-width: 0; overflow-wrap: anywhere }
		.rtc-today .btn { flex: none }
		.rtc-today .rtc-due { white-space: nowrap }
		.rtc-today .rtc-figures { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 10px }
		.rtc-today .rtc-figures a { flex: 1 1 180px; padding: 10px 15px; border: 1px solid var(--border-color); border-radius: 8px; color: inherit }
		.rtc-today .rtc-figures b { display: block; font-size: 20px }
		.rtc-today .rtc-mail { margin-top: 25px }
	</style>`;

	/** What waits for the reader: each line one record, one reason, one term, one way to it; the figures stand below. */
	class Today {
		constructor(page) {
			this.$body = $('<div class="rtc-today"></div>').appendTo(page.main);
			page.set_secondary_action(__("Refresh"), () => this.load());
			const workspace = Object.values(frappe.workspaces || {}).find((one) => ["RTC Conciliation", "RTC Evaluators"].includes(one.title));
			if (workspace) page.add_inner_button(__("All the Records"), () => frappe.set_route(frappe.router.slug(workspace.title)));
			this.$body.on("click", "[data-route]", (event) => {
				event.preventDefault();
				frappe.set_route(...JSON.parse(event.currentTarget.dataset.route));
			});
			this.$body.on("click", "[data-list]", (event) => {
				event.preventDefault();
				const { doctype, filters } = JSON.parse(event.currentTarget.dataset.list);
				frappe.set_route("List", doctype, filters);
			});
			this.$body.on("change", ".rtc-mail input", (event) => set_mail(event.currentTarget));
		}

		async load() {
			const { message } = await frappe.call({ method: "rtc_conciliation.common.api.get_tasks", type: "GET" });
			const groups = GROUPS.filter(([group]) => message.groups[group]?.length);
			const shown = groups.map(([group, title, colour]) => group_html(title(), colour, message.groups[group])).join("");
			this.$body.html(STYLE + (shown || nothing_html()) + figures_html(message.figures) + mail_html(message.mailed));
		}
	}

	function group_html(title, colour, tasks) {
		return `<section>
			<h2><span class="indicator ${colour}"></span>${title} <span class="text-muted">${tasks.length}</span></h2>
			<ul>${tasks.map(task_html).join("")}</ul></section>`;
	}

	function task_html(task) {
		const due = task.due ? ` <span class="text-muted rtc-due">${__("by {0}", [frappe.datetime.str_to_user(task.due)])}</span>` : "";
		const amount = task.amount ? ` · ${escape_text(task.amount)}` : "";
		const paper = task.paper ? ` · <a href="${escape_text(task.paper)}" target="_blank" rel="noopener">${__("PDF")}</a>` : "";
		return `<li><span><b>${escape_text(task.reason)}</b>${due}<br>
				<span class="text-muted">${escape_text(task.title)}${amount}</span>${paper}</span>${button_html(task)}</li>`;
	}

	function button_html(task) {
		const route = task.route.length ? ` data-route="${escape_text(JSON.stringify(task.route))}"` : "";
		const address = frappe.utils.get_form_link(task.doctype, task.name);
		return `<a class="btn btn-default btn-sm" href="${address}"${route} aria-label="${escape_text(`${task.button}: ${task.title}`)}">${escape_text(task.button)}</a>`;
	}

	function nothing_html() {
		return `<p class="text-muted">${__("Nothing waits for you today.")}</p>`;
	}

	function figures_html(figures) {
		if (!figures.length) return "";
		const boxes = figures.map(
			(one) => `<a href="#" data-list="${escape_text(JSON.stringify({ doctype: one.doctype, filters: one.filters }))}"><b>${escape_text(one.shown)}</b>${escape_text(one.label)}</a>`
		);
		return `<section><h2>${__("In figures")}</h2><div class="rtc-figures">${boxes.join("")}</div></section>`;
	}

	function mail_html(wanted) {
		return `<p class="rtc-mail"><label><input type="checkbox" ${wanted ? "checked" : ""}> ${__("Send me this by mail on working days, when something waits for me")}</label></p>`;
	}

	async function set_mail(input) {
		await frappe.call({ method: "rtc_conciliation.common.api.set_daily_mail", args: { wanted: input.checked ? 1 : 0 } });
		frappe.show_alert({ message: input.checked ? __("The mail comes from the next working day.") : __("No more mails of this kind."), indicator: "green" });
	}
})();
