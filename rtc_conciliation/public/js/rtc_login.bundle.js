// What core's pages to log in and to set a password leave out: their language, names and the keyboard.

// core 16 has no card around the new password
const CARD = ":is(.page-card, .portal-container)";

function mend() {
	document.documentElement.lang = frappe.boot?.lang || document.documentElement.lang;
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

frappe.ready(mend);
