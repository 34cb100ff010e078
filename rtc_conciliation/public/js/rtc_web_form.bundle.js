import { startAdhesion } from "./web_form/adhesion.js";
import { startApplication } from "./web_form/application.js";

const FORMS = { adhesion: startAdhesion, application: startApplication };

window.rtc_web_form = {
	start(settings) {
		frappe._messages = Object.assign(frappe._messages || {}, settings.messages);
		frappe.ready(() => FORMS[settings.form](document.getElementById("rtc-form"), settings));
	},
};
