frappe.ui.form.on("RTC Transparency Entry", {
	refresh(frm) {
		frm.set_intro();
		if (frm.is_new()) {
			frm.set_intro(__("The rows of the register are made by the act that approves a ranking."), "orange");
			frm.disable_save();
			return;
		}
		const [text, color] = told(frm.doc);
		frm.set_intro(text, color);
		if (frm.doc.workflow_state === "To Be Published") return;
		frm.add_custom_button(__("Public Page"), () => window.open(`/trasparenza/${frm.doc.year}#${encodeURIComponent(frm.docname)}`));
		if (frm.doc.workflow_state === "Published" && frappe.user.has_role(["RTC Manager", "System Manager"])) {
			frm.add_custom_button(__("Correct"), () => correct(frm));
		}
	},
});

function told(doc) {
	const person = doc.is_person ? ` ${__("Natural person: published as {0}. See that the title of the project names nobody.", [doc.public_beneficiary])}` : "";
	const steps = {
		"To Be Published": [__("Next: the RTC Manager publishes it. Nothing is payable before.") + person, "orange"],
		Published: [__("Published on {0}.", [frappe.datetime.str_to_user(doc.published_on)]) + person, "green"],
		Corrected: [__("Corrected on {0}: another version stands in its place.", [frappe.datetime.str_to_user(doc.corrected_on)]), "blue"],
	};
	return steps[doc.workflow_state] || ["", "blue"];
}

function correct(frm) {
	frappe.prompt(
		[
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason of the Correction"), reqd: 1, description: __("Published beside the row. The old version stays to be seen, marked as corrected.") },
			{ fieldname: "cup", fieldtype: "Data", label: __("CUP, if it was wrong") },
			{ fieldname: "cor", fieldtype: "Data", label: __("COR, if it was wrong") },
		],
		(values) => confirm_correction(frm, values),
		__("Correct"),
		__("Preview")
	);
}

/** What becomes of the row, before it happens; the new version is looked over once more and then published. */
async function confirm_correction(frm, values) {
	const { message: lines } = await frappe.call({
		method: "rtc_conciliation.awards.api.preview_correction",
		type: "GET",
		args: { entry: frm.docname, cup: values.cup, cor: values.cor },
	});
	const changes = lines.map((line) => `<li>${frappe.utils.escape_html(line)}</li>`).join("");
	const said = changes ? `<ul>${changes}</ul>` : `<p>${__("No value changes: its texts can be mended in the new version before it is published.")}</p>`;
	const reason = `<p><b>${__("Reason of the Correction")}</b><br>${frappe.utils.escape_html(values.reason)}</p>`;
	const next = `<p class="text-muted">${__("Nothing is published yet. The new version opens: look it over, then use Publish.")}</p>`;
	frappe.confirm(`<p><b>${__("What the new version says")}</b></p>${said}${reason}${next}`, async () => {
		const { message } = await frappe.call({
			method: "rtc_conciliation.awards.api.correct_register_entry",
			args: { entry: frm.docname, ...values },
		});
		frappe.set_route("Form", "RTC Transparency Entry", message);
	});
}
