frappe.ui.form.on("RTC Call Export", {
	refresh(frm) {
		frm.set_intro();
		if (frm.is_new()) {
			frm.set_intro(__("All applications that were sent to the call, as a workbook and with their files. It is made in the background and kept for seven days, for you only."), "blue");
			return;
		}
		frm.disable_save();
		if (frm.doc.state === "Done") {
			frm.set_intro(__("Ready. {0} applications, {1} files; left out: {2}.", [frm.doc.applications, frm.doc.files, frm.doc.left_out]), "green");
			frm.add_custom_button(__("Download"), () => window.open(frm.doc.file)).addClass("btn-primary");
		} else if (frm.doc.state === "Failed") {
			frm.set_intro(frm.doc.message, "red");
		} else {
			show(frm, frm.doc.__onload?.progress);
			watch(frm);
		}
	},
});

/** Asked every two seconds: the live connection may not be there. */
function watch(frm) {
	clearTimeout(frm.rtc_watch);
	frm.rtc_watch = setTimeout(async () => {
		if (cur_frm !== frm || document.hidden) return watch(frm);
		const { message } = await frappe.call({
			method: "rtc_conciliation.calls.api.get_export_progress",
			type: "GET",
			args: { export: frm.docname },
		});
		if (["Done", "Failed"].includes(message.state)) return frm.reload_doc();
		show(frm, message);
		return watch(frm);
	}, 2000);
}

function show(frm, at) {
	const percent = Math.round(at?.progress || 0);
	if (at?.state === "Queued" && at.taken === false) {
		frm.set_intro();
		frm.set_intro(__("It waits: no worker takes background jobs on this site. Tell the administrator."), "red");
		return;
	}
	frm.set_intro();
	frm.set_intro(at?.state === "Running" ? __("Being made: {0} %.", [percent]) : __("Waiting for its turn."), "blue");
	frm.dashboard.show_progress(__("Export"), percent);
}
