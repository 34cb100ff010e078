// The desk begins with Today: whoever opens its root, and in core 16, whose root is the screen of the apps, who logs in.
const page = window.frappe?.boot?.rtc_first_page;
const ROOT = /^\/(app|desk)\/?$/;

function comesFromLogin() {
	return document.referrer.startsWith(location.origin) && new URL(document.referrer).pathname === "/login";
}

if (page && ROOT.test(location.pathname)) {
	const root = location.pathname.split("/")[1];
	if (root === "app" || comesFromLogin()) history.replaceState(null, "", `/${root}/${page}`);
}
if (page) window.$(document).on("app_ready", () => window.$(".navbar-home").attr("href", `/app/${page}`));
