import { startAdhesion } from "./web_form/adhesion.js";
import { startApplication } from "./web_form/application.js";
import { Colleagues } from "./web_form/colleagues.js";
import { startProfile } from "./web_form/profile.js";

const FORMS = { adhesion: startAdhesion, application: startApplication, profile: startProfile };

window.rtc_web_form = {
	start(settings) {
		frappe._messages = Object.assign(frappe._messages || {}, settings.messages);
		frappe.ready(() => {
			const place = document.getElementById("rtc-form");
			if (settings.form === "application") settings.record = settings.record || {};
			FORMS[settings.form](place, settings);
			if (settings.form === "application") place.append(new Colleagues(settings.record).element);
		});
	},
};
