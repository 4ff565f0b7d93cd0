package dev.kvsession.benchmarks.load;

import java.io.IOException;
import java.util.List;

/**
 * Keeps an application as busy as it can be over a number of connections.
 */
interface LoadDriver {

	/**
	 * Connections, each with one request at a time.
	 */
	int CONNECTIONS = 32;

	/**
	 * Drives load.
	 * @param port where the application listens
	 * @param seconds for how long
	 * @return what came of it
	 * @throws IOException if requests fail
	 */
	Load drive(int port, int seconds) throws IOException;

	/**
	 * Takes wrk if it is installed, which leaves the application most of the CPU.
	 * @param sessionIds whose requests are sent, in turn
	 * @return the driver
	 * @throws IOException if it cannot be set up
	 */
	static LoadDriver create(List<String> sessionIds) throws IOException {
		if (isWrkInstalled()) {
			Wrk wrk = new Wrk(sessionIds);
			return (port, seconds) -> wrk.drive(port, CONNECTIONS, seconds);
		}
		return new SocketDriver(sessionIds);
	}

	/**
	 * Whether wrk is installed.
	 * @return whether it is
	 */
	static boolean isWrkInstalled() {
		try {
			new ProcessBuilder("wrk", "-v").redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
