import { startApplication } from "./applications/application.js";
import { Colleagues } from "./applications/colleagues.js";
import { Deletion } from "./applications/deletion.js";
import { startProfile } from "./applications/profile.js";
import { startQuestion } from "./calls/question.js";
import { guarded, showBroken, watchFaults } from "./common/faults.js";
import { speak } from "./common/messages.js";
import { trust } from "./common/server.js";
import { startIntegration } from "./formal_check/integration.js";
import { startAdhesion } from "./network/adhesion.js";

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
		if (settings.form !== "application") return;
		guarded(() => place.append(new Colleagues(settings.record).element));
		if (settings.record.can_delete ?? settings.mode === "write") guarded(() => place.append(new Deletion(settings).element));
	},
};
