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
	];

	/** What waits for the reader: each line one record, one reason, one term, one way to it. */
	class Today {
		constructor(page) {
			this.$body = $('<div class="rtc-today" style="padding: 15px 0 60px; max-width: 900px"></div>').appendTo(page.main);
			page.set_secondary_action(__("Refresh"), () => this.load());
		}

		async load() {
			const { message } = await frappe.call({ method: "rtc_conciliation.common.api.get_tasks", type: "GET" });
			const groups = GROUPS.filter(([group]) => message[group].length);
			this.$body.html(groups.map(([group, title, colour]) => group_html(title(), colour, message[group])).join("") || nothing_html());
		}
	}

	function group_html(title, colour, tasks) {
		return `<section style="margin-bottom: 25px">
			<h3 style="font-size: 16px"><span class="indicator ${colour}"></span>${title} <span class="text-muted">${tasks.length}</span></h3>
			<ul class="list-unstyled" style="margin: 0">${tasks.map(task_html).join("")}</ul></section>`;
	}

	function task_html(task) {
		const address = frappe.utils.get_form_link(task.doctype, task.name);
		const due = task.due ? `<span class="text-muted">${__("by {0}", [frappe.datetime.str_to_user(task.due)])}</span>` : "";
		return `<li style="display: flex; gap: 12px; align-items: center; justify-content: space-between; padding: 8px 0; border-bottom: 1px solid var(--border-color)">
			<span style="min-width: 0; overflow-wrap: anywhere"><b>${escape_text(task.reason)}</b> ${due}<br>
				<span class="text-muted">${escape_text(task.title)}</span></span>
			<a class="btn btn-default btn-sm" href="${address}" aria-label="${escape_text(`${__("Open Record")} ${task.title}`)}">${__("Open Record")}</a></li>`;
	}

	function nothing_html() {
		return `<p class="text-muted">${__("Nothing waits for you today.")}</p>`;
	}
})();
