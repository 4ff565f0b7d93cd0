package dev.kvsession.session;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.FlushMode;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.AttributeChange;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.KvSessionStatistics;
import dev.kvsession.session.settings.SecurityContexts;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.web.SessionRequest;

/**
 * Distinguishes new sessions of users from those that any page view may create, and
 * bounds how many requests wait for the latter: a flood of them must neither delay logins
 * nor hold all threads of the server. Safe for concurrent use.
 */
final class NewSessions {

	/**
	 * Sessions on which a login depends have this part more places than the others
	 * without a user.
	 */
	private static final int PART_OF_LOGIN_STARTS = 4;

	private final AtomicInteger waiting = new AtomicInteger();

	private final int most;

	private final KvCallClass least;

	private final KvSessionStatistics statistics;

	NewSessions(SessionSettings settings) {
		this.most = settings.maxWaitingRequests;
		// A session that is written before it has attributes may become anybody's.
		this.least = (settings.flushMode == FlushMode.IMMEDIATE) ? KvCallClass.LOGIN_START : KvCallClass.ANONYMOUS;
		this.statistics = settings.statistics;
	}

	/** Writes a new session, unless too many requests wait for such writes. */
	CompletableFuture<Optional<LiveSession>> submit(SessionChange first,
			Function<KvCallClass, CompletableFuture<Optional<LiveSession>>> write) {
		KvCallClass callClass = callClass(first.attributes());
		this.statistics.add(created(callClass));
		if (callClass == KvCallClass.LOGIN || SessionRequest.current() == null) {
			return write.apply(callClass);
		}
		if (this.waiting.incrementAndGet() > places(callClass)) {
			this.waiting.decrementAndGet();
			this.statistics.add(KvSessionEvent.CREATION_REFUSED);
			return CompletableFuture
				.failedFuture(new KvUnavailableException("Too many new sessions without a user wait to be written "
						+ "(see cloudflare.kv.session.max-waiting-requests). Try again later", null));
		}
		CompletableFuture<Optional<LiveSession>> written = write.apply(callClass);
		written.whenComplete((session, ex) -> this.waiting.decrementAndGet());
		return written;
	}

	private static KvSessionEvent created(KvCallClass callClass) {
		return switch (callClass) {
			case LOGIN -> KvSessionEvent.CREATED_LOGIN;
			case LOGIN_START -> KvSessionEvent.CREATED_LOGIN_START;
			default -> KvSessionEvent.CREATED_ANONYMOUS;
		};
	}

	private int places(KvCallClass callClass) {
		return (callClass == KvCallClass.LOGIN_START) ? this.most + Math.max(1, this.most / PART_OF_LOGIN_STARTS)
				: this.most;
	}

	private KvCallClass callClass(Map<String, AttributeChange> attributes) {
		if (attributes.entrySet().stream().anyMatch((entry) -> isUser(entry.getKey(), entry.getValue().value()))) {
			return KvCallClass.LOGIN;
		}
		return attributes.keySet().stream().anyMatch(NewSessions::isForLogin) ? KvCallClass.LOGIN_START : this.least;
	}

	private static boolean isUser(String name, @Nullable Object value) {
		return value instanceof Principal || name.equals(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME)
				|| (name.equals(SecurityContexts.ATTRIBUTE) && value != null
						&& SecurityContexts.authentication(value) != null);
	}

	/**
	 * What Spring Security keeps of a login that has begun: CSRF tokens, authorization
	 * requests, the page that was asked for, a password that waits for its second factor.
	 */
	private static boolean isForLogin(String name) {
		return name.startsWith("SPRING_SECURITY_") || name.startsWith("org.springframework.security.");
	}

}
