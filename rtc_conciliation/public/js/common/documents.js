// The documents of a record beside what is asked about them.
/* exported DOCUMENT_STYLE, show_documents */

/**
 * Files of applicants leave the site as downloads, so that nothing in them runs under its address. They are fetched,
 * and shown by what their first bytes say: pictures as pictures, PDFs in a frame by the reader's own PDF viewer. The
 * type is given here, never taken from the answer or the name: nothing can come to be HTML or SVG.
 */
const SIGNS = [
	["application/pdf", (text) => text.includes("%PDF-")],
	["image/png", (text) => text.startsWith("\x89PNG\r\n")],
	["image/jpeg", (text) => text.startsWith("\xff\xd8\xff")],
	["image/gif", (text) => text.startsWith("GIF8")],
	["image/webp", (text) => text.startsWith("RIFF") && text.slice(8, 12) === "WEBP"],
];
/** A PDF may begin after this much of other things. */
const HEAD = 1024;

/** What the bytes are, of what is shown; "" for anything else. */
function type_of(bytes) {
	const text = String.fromCharCode(...bytes.subarray(0, HEAD));
	return (SIGNS.find(([, fits]) => fits(text)) || [""])[0];
}

/**
 * Tabs of `documents` ({label, name, address, kind}) in `$place`; `kept` ({document, url}) lives with the form and holds
 * what is open, so that a new drawing of the form shows it again without asking for it once more.
 */
function show_documents($place, documents, kept) {
	const escape_text = (text) => frappe.utils.escape_html(text || "");
	if (!documents.length) {
		$place.html(`<p class="text-muted">${__("There is no document.")}</p>`);
		return;
	}
	const tabs = documents.map(
		(one, index) => `<button type="button" class="btn btn-xs btn-default" data-document="${index}">${escape_text(one.label)}</button>`
	);
	$place.html(`<div class="rtc-document-tabs" role="group" aria-label="${__("Documents")}">${tabs.join(" ")}</div>
		<div class="rtc-document-line"></div><div class="rtc-document"></div>`);
	$place.find("[data-document]").on("click", (event) => open(documents[event.currentTarget.dataset.document]));
	open(documents.find((one) => one.address === kept.document?.address) || documents[0]);

	async function open(one) {
		$place.find("[data-document]").each((index, button) => {
			button.setAttribute("aria-pressed", documents[index] === one);
			button.classList.toggle("btn-primary", documents[index] === one);
		});
		$place
			.find(".rtc-document-line")
			.html(`<a href="${escape_text(one.address)}" download target="_blank" rel="noopener">${escape_text(one.name)}</a>`);
		const again = kept.document?.address === one.address && kept.url;
		if (!again) {
			if (kept.url) URL.revokeObjectURL(kept.url);
			Object.assign(kept, { document: one, url: "", type: "" });
			if (one.kind === "other") return tell(__("A file of this kind is not shown here: open it by its name."));
			tell(__("Loading…"));
			let bytes;
			try {
				bytes = await fetch_bytes(one.address);
			} catch (error) {
				if (kept.document !== one) return;
				kept.document = null;
				return tell(error.message || __("The file did not arrive. Try again, or open it by its name."));
			}
			if (kept.document !== one) return; // another was chosen meanwhile
			kept.type = type_of(bytes);
			if (!kept.type) return tell(__("This file is not what its name says, and is not shown here."));
			kept.url = URL.createObjectURL(new Blob([bytes], { type: kept.type }));
		}
		draw(one);
	}

	function draw(one) {
		const title = escape_text(one.label);
		if (kept.type !== "application/pdf") {
			$place.find(".rtc-document").html(`<img src="${kept.url}" alt="${title}">`);
		} else if (navigator.pdfViewerEnabled === false) {
			tell(__("This browser shows no PDF in a page: open it by its name."));
		} else {
			$place.find(".rtc-document").html(`<iframe src="${kept.url}#navpanes=0&view=FitH" title="${title}"></iframe>`);
		}
	}

	function tell(text) {
		$place.find(".rtc-document").empty().append($('<p class="text-muted" role="status">').text(text));
	}
}

async function fetch_bytes(address) {
	const answer = await fetch(address, { credentials: "same-origin" });
	if (answer.status === 403) throw new Error(__("This file is not open to you, or was not yet scanned for viruses."));
	if (answer.status === 404) throw new Error(__("This file is not on the site any more."));
	if (!answer.ok) throw new Error("");
	return new Uint8Array(await answer.arrayBuffer());
}

const DOCUMENT_STYLE = `<style>
.rtc-screen { display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); }
.rtc-screen-side { min-width: 0; }
.rtc-screen .btn-primary:not(:disabled) { background: #1a5fb4; border-color: #1a5fb4; color: #fff; }
@media (min-width: 1100px) {
	.rtc-screen { grid-template-columns: minmax(0, 6fr) minmax(0, 7fr); }
	.rtc-screen-side { position: sticky; top: 110px; align-self: start; border-left: 1px solid var(--border-color); padding-left: 20px; }
}
.rtc-document-tabs { display: flex; gap: 6px; flex-wrap: wrap; }
.rtc-document-tabs .btn { white-space: normal; text-align: left; }
.rtc-document-line { margin: 8px 0; overflow-wrap: anywhere; }
.rtc-document iframe { width: 100%; height: 72vh; min-height: 420px; border: 1px solid var(--border-color); background: #fff; }
.rtc-document img { max-width: 100%; border: 1px solid var(--border-color); }
</style>`;
