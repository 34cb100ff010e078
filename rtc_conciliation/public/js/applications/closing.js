// Until when a call takes applications, and how long one takes.

export function sayClosing(call) {
	if (!call.is_open) return __("This call no longer takes applications.");
	return [__("Applications can be sent until {0}.", [call.closing]), sayTimeNeeded(call.filling_hours)].filter(Boolean).join(" ");
}

/** As the office of the call says. */
function sayTimeNeeded(hours) {
	if (!hours) return "";
	return hours === 1
		? __("It takes about an hour; what you write is kept.")
		: __("It takes about {0} hours; what you write is kept.", [hours]);
}
