frappe.ui.form.on("RTC Settings", {
	refresh(frm) {
		frm.get_field("missing_html").$wrapper.html(frm.doc.__onload?.missing_html || "");
		frm.get_field("privacy_html").$wrapper.html(frm.doc.__onload?.privacy_html || "");
		show_preview(frm);
	},
	ats_name: show_preview,
	accent_color: show_preview,
	heading: show_preview,
	address: show_preview,
	footer_text: show_preview,
	pec: show_preview,
	sender_name: show_preview,
});

// What the head of a page, of a paper and the sender of a mail will look like, while one writes.
function show_preview(frm) {
	const { doc } = frm;
	const text = (value) => frappe.utils.escape_html(value || "");
	const lines = (value) => text(value).split("\n").filter(Boolean).join("<br>");
	const colour = /^#[0-9a-f]{6}$/i.test(doc.accent_color || "") ? doc.accent_color : "#0b3d66";
	const name = text(doc.ats_name) || __("Name of the Health Agency (ATS)");
	const logo = doc.logo_png ? `<img alt="" style="max-height:40px" src="data:image/png;base64,${text(doc.logo_png)}">` : "";
	frm.get_field("preview_html").$wrapper.html(`
		<p class="text-muted small">${__("Page")}</p>
		<div style="background:${colour};color:#fff;padding:10px 14px;border-radius:4px;display:flex;gap:10px;align-items:center">
			${logo ? `<span style="background:#fff;padding:4px;border-radius:3px">${logo}</span>` : ""}<b>${name}</b></div>
		<p class="text-muted small" style="margin-top:12px">${__("Letter")}</p>
		<div style="border:1px solid var(--border-color);padding:12px 14px;border-radius:4px">
			${logo}<div style="color:${colour};font-weight:bold">${name}</div><div>${lines(doc.heading)}</div>
			<div class="text-muted small">${lines(doc.address)}${doc.pec ? `<br>PEC ${text(doc.pec)}` : ""}</div></div>
		<p class="text-muted small" style="margin-top:12px">${__("Mail")}</p>
		<div style="border:1px solid var(--border-color);padding:8px 14px;border-radius:4px">${__("From")}: <b>${text(doc.sender_name) || name}</b></div>
	`);
}
