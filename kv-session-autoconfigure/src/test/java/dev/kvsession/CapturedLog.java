package dev.kvsession;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * What a logger says from now until the end of the test, or until this is closed.
 */
public final class CapturedLog implements AfterEachCallback, AutoCloseable {

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final Logger logger;

	private final @Nullable Level before;

	private CapturedLog(String name, @Nullable Level level) {
		this.logger = (Logger) LoggerFactory.getLogger(name);
		this.before = this.logger.getLevel();
		if (level != null) {
			this.logger.setLevel(level);
		}
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	/** Captures this library's lines. */
	public static CapturedLog ofLibrary() {
		return of("dev.kvsession");
	}

	public static CapturedLog of(Class<?> type) {
		return of(type.getName());
	}

	private static CapturedLog of(String name) {
		return new CapturedLog(name, null);
	}

	/** Captures lines of every level. */
	public static CapturedLog traced(String name) {
		return new CapturedLog(name, Level.TRACE);
	}

	public List<ILoggingEvent> events() {
		return List.copyOf(this.appender.list);
	}

	public List<String> lines() {
		return events().stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	public void clear() {
		this.appender.list.clear();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		close();
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(this.before);
	}

}
