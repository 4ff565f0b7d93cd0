package dev.kvsession.client;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Lets Apache's HTTP client meet an {@link Error} amid a call: where it asks whether to
 * log.
 */
final class ErrorsInCalls extends TurboFilter implements AutoCloseable {

	private static final String WHERE = HttpClients.class.getPackageName() + ".MainClientExec";

	private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final AtomicReference<@Nullable Error> next = new AtomicReference<>();

	ErrorsInCalls() {
		this.context.addTurboFilter(this);
		this.log.start();
		this.context.getLogger("dev.kvsession").addAppender(this.log);
	}

	/** What this library has logged. */
	List<String> log() {
		return List.copyOf(this.log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
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
		this.context.getLogger("dev.kvsession").detachAppender(this.log);
		this.context.getTurboFilterList().remove(this);
	}

}
