import { startAdhesion } from "./web_form/adhesion.js";
import { startApplication } from "./web_form/application.js";
import { speak } from "./web_form/messages.js";
import { trust } from "./web_form/server.js";

const FORMS = { adhesion: startAdhesion, application: startApplication };

window.rtc_web_form = {
	/** common: what the page says to all; own: what it says to this reader. */
	start(common, own) {
		const settings = { ...common, ...own };
		if (own.calls) settings.options.calls = own.calls;
		speak(settings.messages);
		trust(settings.csrf_token);
		FORMS[settings.form](document.getElementById("rtc-form"), settings);
	},
};
