package dev.kvsession.client;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import dev.kvsession.CapturedLog;

/**
 * Lets Apache's HTTP client meet an {@link Error} amid a call: where it asks whether to
 * log.
 */
final class ErrorsInCalls extends TurboFilter implements AutoCloseable {

	private static final String WHERE = HttpClients.class.getPackageName() + ".MainClientExec";

	private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final CapturedLog log = CapturedLog.ofLibrary();

	private final AtomicReference<@Nullable Error> next = new AtomicReference<>();

	ErrorsInCalls() {
		this.context.addTurboFilter(this);
	}

	/** What this library has logged. */
	List<String> log() {
		return this.log.lines();
	}

	void next(Error error) {
		this.next.set(error);
	}

	void untilRequests(ConnectionServer server, int requests) {
		while (server.requests() < requests) {
			Thread.onSpinWait();
		}
	}

	@Override
	public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
		boolean here = this.next.get() != null && logger.getName().startsWith("org.apache.hc.")
				&& !logger.getName().equals(WHERE) && StackWalker.getInstance()
					.walk((frames) -> frames.anyMatch((frame) -> frame.getClassName().equals(WHERE)));
		Error error = here ? this.next.getAndSet(null) : null;
		if (error != null) {
			throw error;
		}
		return FilterReply.NEUTRAL;
	}

	@Override
	public void close() {
		this.log.close();
		this.context.getTurboFilterList().remove(this);
	}

}
