// Stands in for socket.io-client where no socket.io server runs: listens to nothing, asks nobody.
class SilentSocket {
	constructor() {
		this.connected = false;
		this.disconnected = true;
	}
	on() {
		return this;
	}
	once() {
		return this;
	}
	off() {
		return this;
	}
	emit() {
		return this;
	}
	connect() {
		return this;
	}
	disconnect() {
		return this;
	}
}

export const io = () => new SilentSocket();
export default io;
