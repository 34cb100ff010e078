// Frappe's socket.io server listens on every address of the machine: here on loopback alone.
const net = require("node:net");
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function (port, ...rest) {
	const is_port = Number.isInteger(Number(port)) && typeof rest[0] !== "string";
	return is_port ? listen.call(this, Number(port), "127.0.0.1", ...rest) : listen.call(this, port, ...rest);
};
