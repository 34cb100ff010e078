// Requests to the site. What goes wrong comes back as one error with a title and lines to show.

let token = "";

/** What the site asks of whoever is logged in, to know that a request comes from its own page. */
export function trust(given) {
	token = given;
}

export class Refusal extends Error {
	/** lines: HTML of the server's own messages; kind: the server's class of error. */
	constructor(title, lines, kind = "") {
		super(title);
		Object.assign(this, { title, lines, kind });
	}
}

export async function post(method, values) {
	return send(method, JSON.stringify(values), { "Content-Type": "application/json" });
}

export async function sendFile(method, file) {
	const body = new FormData();
	body.append("file", file, file.name);
	return send(method, body, {});
}

/** Values and files together: `body` is FormData. */
export async function sendForm(method, body) {
	return send(method, body, {});
}

export async function get(method) {
	return send(method, undefined, {}, "GET");
}

async function send(method, body, headers, verb = "POST") {
	let response;
	try {
		response = await fetch(`/api/method/${method}`, {
			method: verb,
			body,
			credentials: "same-origin",
			headers: { Accept: "application/json", "X-Frappe-CSRF-Token": token, ...headers },
		});
	} catch {
		throw new Refusal(__("The site cannot be reached"), [
			__("Check the connection and try again. What you typed is still here."),
		]);
	}
	const answer = await response.json().catch(() => ({}));
	if (response.ok) return answer.message;
	throw refusal(response.status, answer);
}

function refusal(status, answer) {
	const messages = serverMessages(answer._server_messages);
	const lines = messages.flatMap((message) => message.message);
	const titled = messages.find((message) => message.title);
	if (status === 413) return new Refusal(__("Too large"), [__("The file is too large for this site.")]);
	if (status === 429 && !lines.length) {
		return new Refusal(__("Too many requests"), [__("Wait a minute and try again. What you typed is still here.")]);
	}
	if (!lines.length && [400, 401, 403].includes(status)) {
		lines.push(__("Your session may have ended. Log in again in another tab, then come back here and try again."));
	}
	if (!lines.length) lines.push(__("The site could not do this. What you typed is still here: try again in a few minutes."));
	return new Refusal(titled ? titled.title : __("Not accepted"), lines, answer.exc_type || "");
}

function serverMessages(packed) {
	return parse(packed, []).map((item) => {
		const message = parse(item, { message: String(item) });
		return { title: message.title, message: [].concat(message.message ?? "") };
	});
}

function parse(text, otherwise) {
	try {
		return JSON.parse(text);
	} catch {
		return otherwise;
	}
}
