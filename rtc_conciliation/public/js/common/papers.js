// The papers that a record has issued: each version with its file, and a new one for a good reason.

for (const doctype of ["RTC Application", "RTC Formal Check", "RTC Integration Request", "RTC Member", "RTC Ranking"]) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			if (!frm.is_new()) frm.page.add_menu_item(__("Papers Issued"), () => show_papers(frm));
		},
	});
}

async function show_papers(frm) {
	const args = { doctype: frm.doctype, name: frm.docname };
	const { message } = await frappe.call({ method: "rtc_conciliation.common.api.list_papers", type: "GET", args });
	const dialog = new frappe.ui.Dialog({ title: __("Papers Issued"), size: "large", fields: [{ fieldtype: "HTML", fieldname: "papers" }] });
	dialog.fields_dict.papers.$wrapper.html(list_papers(message));
	dialog.$wrapper.on("click", "[data-kind]", (event) => {
		dialog.hide();
		ask_reason(frm, event.currentTarget.dataset.kind, event.currentTarget.dataset.title);
	});
	dialog.show();
}

function list_papers({ papers, may_reissue }) {
	const text = frappe.utils.escape_html;
	if (!papers.length) return `<p>${__("None yet: a paper is issued by its step.")}</p>`;
	const seen = new Set();
	const rows = papers.map((paper) => {
		const newest = !seen.has(paper.kind);
		seen.add(paper.kind);
		const again =
			newest && may_reissue && !paper.own_pages
				? `<button class="btn btn-xs btn-default" data-kind="${text(paper.kind)}" data-title="${text(paper.title)}">${__("New Version")}</button>`
				: "";
		const title = paper.file ? `<a class="underline" target="_blank" rel="noopener" href="${text(paper.file)}">${text(paper.title)}</a>` : text(paper.title);
		const reason = paper.reason ? `<br><span class="text-muted">${text(paper.reason)}</span>` : "";
		return `<tr><td>${title}${reason}</td><td>${paper.version}</td><td>${text(paper.issued_on)}</td><td>${text(paper.code)}</td><td>${again}</td></tr>`;
	});
	const heads = [__("Kind of Paper"), __("Version"), __("Issued On"), __("Code")].map((head) => `<th scope="col">${head}</th>`).join("");
	return `<div class="table-responsive"><table class="table table-bordered"><thead><tr>${heads}<th></th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function ask_reason(frm, kind, title) {
	const fields = [{ fieldtype: "Small Text", fieldname: "reason", label: __("Reason of the New Version"), reqd: 1, description: __("It stands on the paper. The earlier version is kept, and whoever checks it reads that a later one has taken its place.") }];
	frappe.prompt(
		fields,
		async ({ reason }) => {
			const args = { doctype: frm.doctype, name: frm.docname, kind, reason };
			await frappe.call({ method: "rtc_conciliation.common.api.reissue_paper", args, freeze: true });
			show_papers(frm);
		},
		title,
		__("New Version"),
	);
}
