// What core's pages to log in, to set a password and to say no leave out: their language, names and the keyboard.

// core 16 has no card around the new password
const CARD = ":is(.page-card, .portal-container)";

/** What the frame of the public pages knows and core's templates do not say. */
function mendFrame() {
	document.documentElement.lang = document.querySelector(".rtc-foot")?.dataset.lang || frappe.boot?.lang || document.documentElement.lang;
	const main = document.querySelector("main");
	if (main && !document.getElementById("content")) main.id = "content";
	// a template of core's that names its own title leaves out whose page it is
	const agency = document.querySelector(".top .ats span")?.firstChild?.textContent;
	if (agency && !document.title.includes(agency)) document.title = `${document.title.trim()} · ${agency}`;
}

function mendForm() {
	for (const logo of document.querySelectorAll("img.app-logo:not([alt])")) logo.alt = "";
	for (const input of document.querySelectorAll(`${CARD} input[placeholder]`)) {
		if (!input.labels?.length) input.setAttribute("aria-label", input.placeholder);
	}
	for (const toggle of document.querySelectorAll(".toggle-password")) {
		toggle.setAttribute("role", "button");
		toggle.tabIndex = 0;
		toggle.addEventListener("keydown", (event) => {
			if (event.key !== "Enter" && event.key !== " ") return;
			event.preventDefault();
			toggle.click();
		});
	}
	for (const told of document.querySelectorAll(`${CARD} :is(.password-strength-message, .password-mismatch-message)`)) {
		told.setAttribute("role", "status");
	}
}

frappe.ready(mendFrame);
frappe.ready(mendForm);
