// The codes (CUP, COR) of a ranking: typed in a table, or brought from a spreadsheet that is shown before it is kept.

const AWARDS = "rtc_conciliation.awards.api";

frappe.ui.form.on("RTC Ranking", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.docstatus === 0 && (frm.doc.entries || []).length && may_enter_codes()) {
			frm.add_custom_button(__("Codes (CUP, COR)"), () => open_codes(frm));
		}
		if (frm.doc.workflow_state === "Published") {
			frm.add_custom_button(__("Public Page"), () => window.open(`/graduatorie/${encodeURIComponent(frm.docname)}`));
		}
		if (frm.doc.docstatus === 1) {
			frm.add_custom_button(__("Transparency Register"), () =>
				frappe.set_route("List", "RTC Transparency Entry", { ranking: frm.docname })
			);
		}
		frm.add_custom_button(__("RTC Award Act"), () => frappe.utils.print(frm.doctype, frm.docname, "RTC Award Act"), __("Print"));
	},
});

function may_enter_codes() {
	return ["RTC Officer", "RTC Manager", "System Manager"].some((role) => frappe.user.has_role(role));
}

async function open_codes(frm) {
	const { message } = await frappe.call({ method: `${AWARDS}.list_codes`, type: "GET", args: { ranking: frm.docname } });
	const dialog = new frappe.ui.Dialog({
		title: __("Codes (CUP, COR)"),
		size: "extra-large",
		fields: [
			{
				fieldtype: "HTML",
				options: `<p>${__("Without its CUP the act that funds a project is null (L. 3/2003 art. 11). Type the codes here, or fill in the spreadsheet and bring it back.")}</p>`,
			},
			{ fieldname: "file_area", fieldtype: "HTML" },
			{
				fieldname: "codes",
				fieldtype: "Table",
				label: __("Applications"),
				cannot_add_rows: true,
				cannot_delete_rows: true,
				in_place_edit: true,
				data: message,
				fields: [
					{ fieldname: "application", fieldtype: "Data", label: __("Application"), read_only: 1, in_list_view: 1, columns: 2 },
					{ fieldname: "lead", fieldtype: "Data", label: __("Lead"), read_only: 1, in_list_view: 1, columns: 2 },
					{ fieldname: "outcome", fieldtype: "Data", label: __("Outcome"), read_only: 1, in_list_view: 1, columns: 2 },
					{ fieldname: "cup", fieldtype: "Data", label: "CUP", in_list_view: 1, columns: 2 },
					{ fieldname: "cor", fieldtype: "Data", label: "COR", in_list_view: 1, columns: 2 },
				],
			},
		],
		primary_action_label: __("Save"),
		async primary_action() {
			const rows = dialog.get_value("codes") || [];
			const codes = Object.fromEntries(rows.map((row) => [row.application, { cup: row.cup || "", cor: row.cor || "" }]));
			const answer = await frappe.call({ method: `${AWARDS}.save_codes`, args: { ranking: frm.docname, codes } });
			finish(frm, dialog, answer.message);
		},
	});
	const area = dialog.get_field("file_area").$wrapper;
	area.html(
		`<p><button type="button" class="btn btn-default btn-sm get">${__("Spreadsheet to fill in")}</button>
		<button type="button" class="btn btn-default btn-sm bring">${__("Bring a spreadsheet (.xlsx, .csv)")}</button>
		<input type="file" accept=".xlsx,.csv" class="hidden" aria-label="${__("Bring a spreadsheet (.xlsx, .csv)")}"></p>`
	);
	const input = area.find("input");
	area.find(".get").on("click", () =>
		window.open(`/api/method/${AWARDS}.download_codes?ranking=${encodeURIComponent(frm.docname)}`)
	);
	area.find(".bring").on("click", () => input.trigger("click"));
	input.on("change", async () => {
		const [file] = input[0].files;
		input.val("");
		if (file) await preview(frm, dialog, file);
	});
	dialog.show();
}

/** What was understood of a spreadsheet: the good rows are kept when one says so, the others are told. */
async function preview(frm, dialog, file) {
	const found = await send(frm, file, 0);
	if (!found) return;
	const states = { new: __("will be written"), same: __("already there"), bad: __("not written") };
	const cell = (text) => `<td>${frappe.utils.escape_html(text || "")}</td>`;
	const rows = found.rows.map(
		(row) => `<tr>${[row.row, row.application, row.title, row.cup, row.cor, states[row.state]].map((text) => cell(String(text || ""))).join("")}</tr>`
	);
	const heads = [__("Row"), __("Application"), __("Project Title"), "CUP", "COR", ""];
	const shown = new frappe.ui.Dialog({
		title: __("Codes in {0}", [frappe.utils.escape_html(file.name)]),
		size: "extra-large",
		fields: [
			{
				fieldtype: "HTML",
				options: `${found.read_as ? `<p class="text-muted">${frappe.utils.escape_html(found.read_as)}</p>` : ""}${found.problems.length ? `<div class="alert alert-warning"><p>${__("These rows are left out:")}</p><ul>${found.problems.map((said) => `<li>${said}</li>`).join("")}</ul></div>` : ""}
				<table class="table table-bordered"><thead><tr>${heads.map((head) => `<th>${head}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`,
			},
		],
	});
	if (found.good) {
		shown.set_primary_action(__("Write {0} rows", [found.good]), async () => {
			const written = await send(frm, file, 1);
			if (!written) return;
			shown.hide();
			finish(frm, dialog, written);
		});
	}
	shown.show();
}

async function send(frm, file, write) {
	const body = new FormData();
	body.append("file", file);
	body.append("ranking", frm.docname);
	body.append("write", write);
	const answer = await fetch(`/api/method/${AWARDS}.import_codes`, {
		method: "POST",
		body,
		headers: { "X-Frappe-CSRF-Token": frappe.csrf_token, Accept: "application/json" },
	});
	const data = await answer.json();
	if (answer.ok) return data.message;
	const told = JSON.parse(data._server_messages || "[]").map((text) => JSON.parse(text).message);
	frappe.msgprint({ title: __("File Refused"), message: told.join("<br>") || __("The file cannot be read."), indicator: "red" });
	return null;
}

function finish(frm, dialog, result) {
	if (result.problems.length) {
		frappe.msgprint({
			title: __("Written: {0}. Left out: {1}", [result.written, result.problems.length]),
			message: `<ul>${result.problems.map((said) => `<li>${said}</li>`).join("")}</ul>`,
			indicator: "orange",
		});
	} else {
		dialog.hide();
		frappe.show_alert({ message: __("Codes written: {0}", [result.written]), indicator: "green" });
	}
	frm.reload_doc();
}
