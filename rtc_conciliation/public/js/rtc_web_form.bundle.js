import { startAdhesion } from "./web_form/adhesion.js";
import { startApplication } from "./web_form/application.js";
import { Colleagues } from "./web_form/colleagues.js";
import { guarded, showBroken, watchFaults } from "./web_form/faults.js";
import { startIntegration } from "./web_form/integration.js";
import { speak } from "./web_form/messages.js";
import { startProfile } from "./web_form/profile.js";
import { startQuestion } from "./web_form/question.js";
import { trust } from "./web_form/server.js";

const FORMS = {
	adhesion: startAdhesion,
	application: startApplication,
	integration: startIntegration,
	profile: startProfile,
	question: startQuestion,
};

window.rtc_web_form = {
	/** common: what the page says to all; own: what it says to this reader. */
	start(common, own) {
		const settings = { ...common, ...own };
		if (own.calls) settings.options.calls = own.calls;
		speak(settings.messages);
		trust(settings.csrf_token);
		const place = document.getElementById("rtc-form");
		if (settings.form === "application") settings.record = settings.record || {};
		let form = null;
		watchFaults(place, () => form?.keepTyped?.());
		try {
			form = FORMS[settings.form](place, settings);
		} catch (error) {
			showBroken(place, error);
			return;
		}
		if (settings.form === "application") guarded(() => place.append(new Colleagues(settings.record).element));
	},
};
