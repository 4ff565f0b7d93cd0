package dev.kvsession.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches the library's log off: what goes wrong in a simulation is meant to.
 */
final class Quiet {

	private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.kvsession");

	private Quiet() {
	}

	static void begin() {
		LOG.setLevel(Level.OFF);
	}

	static void end() {
		LOG.setLevel(null);
	}

}
