import { startAdhesion } from "./web_form/adhesion.js";
import { startApplication } from "./web_form/application.js";
import { startIntegration } from "./web_form/integration.js";
import { startQuestion } from "./web_form/question.js";

const FORMS = {
	adhesion: startAdhesion,
	application: startApplication,
	integration: startIntegration,
	question: startQuestion,
};

window.rtc_web_form = {
	start(settings) {
		frappe._messages = Object.assign(frappe._messages || {}, settings.messages);
		frappe.ready(() => FORMS[settings.form](document.getElementById("rtc-form"), settings));
	},
};
