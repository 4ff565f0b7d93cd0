package dev.kvsession.client.rest;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvAuthorizationException;
import dev.kvsession.client.KvConfigurationException;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvDailyQuotaException;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvForeignRefusalException;
import dev.kvsession.client.KvKeyRateLimitException;
import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnexpectedResponseException;
import dev.kvsession.client.KvUnknownOutcomeException;

/** Turns an answer that is no success into an exception. Immutable. */
public final class Failures {

	private static final int BAD_REQUEST = 400;

	private static final int UNAUTHORIZED = 401;

	private static final int FORBIDDEN = 403;

	private static final int NOT_FOUND = 404;

	private static final int REQUEST_TIMEOUT = 408;

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int SERVER_ERROR = 500;

	/**
	 * Server errors after which a write has not happened; after all others it may have.
	 * From 521 on they are Cloudflare's own, about the connection to its origin
	 * (developers.cloudflare.com/support, "Cloudflare 5XX errors", read 2026-11).
	 */
	private static final Set<Integer> NOT_SERVED = Set.of(REQUEST_TIMEOUT, 501, 503, 521, 522, 523, 525, 526, 530);

	private static final String FOREIGN = ". This is not an answer of Cloudflare's KV API. Check "
			+ "cloudflare.kv.base-url and whether a proxy, gateway or login page stands in between";

	private static final String API_PATH = "/client/v4";

	/**
	 * Wait when a throttled answer names none. Cloudflare blocks for five minutes, but
	 * the block may be nearly over, and one call a minute costs little.
	 */
	private static final Duration DEFAULT_RETRY_AFTER = Duration.ofMinutes(1);

	/** Wait after an intermediary's 429, whatever it asks for. */
	private static final Duration FOREIGN_RETRY_AFTER = Duration.ofSeconds(5);

	private final KvConnection connection;

	private final InstantSource clock;

	public Failures(KvConnection connection, InstantSource clock) {
		this.connection = connection;
		this.clock = clock;
	}

	/**
	 * Classifies an answer. Only the API's own envelope with an error code is from KV,
	 * whatever the status: anything else is from an intermediary. The order matters:
	 * throttling hides inside other statuses.
	 * @param envelope its envelope, or {@code null} if it has none
	 */
	KvException of(Operation operation, KvResponse response, @Nullable Envelope envelope) {
		int status = response.status();
		String what = describe(operation, response, envelope);
		Envelope own = (envelope != null && envelope.isRefusal(status)) ? envelope : null;
		if (own != null && (status == TOO_MANY_REQUESTS || own.hasCode(Envelope.THROTTLED))) {
			return throttled(operation, what, response, own);
		}
		if (status == TOO_MANY_REQUESTS) {
			return new KvUnavailableException(
					what + ", by an intermediary that limits calls; it says nothing "
							+ "about the API token. See what stands between the application and cloudflare.kv.base-url",
					FOREIGN_RETRY_AFTER, null);
		}
		if (status == REQUEST_TIMEOUT || status >= SERVER_ERROR) {
			return unserved(operation, status, what);
		}
		if (status < BAD_REQUEST) {
			return (envelope != null && envelope.success()) ? unproven(operation, what) : unexpected(what);
		}
		return (own != null) ? refusal(operation, status, what, own) : foreign(status, what);
	}

	private KvException refusal(Operation operation, int status, String what, Envelope own) {
		if (own.hasCode(Envelope.KEY_NOT_OPEN)) {
			return new KvRequestRefusedException(
					what + ". Add the key's prefix to KEY_PREFIXES of the gateway Worker, or store it elsewhere", null);
		}
		if (isAuthorization(status, own)) {
			return authorization(operation, what, own);
		}
		return isNotFound(status, own) ? notFound(operation, what, own)
				: new KvRequestRefusedException(what + ". KV does not accept this request as it is", null);
	}

	private KvException foreign(int status, String what) {
		return new KvForeignRefusalException(what + FOREIGN + ((status == NOT_FOUND) ? pathHint() : ""), null);
	}

	private String pathHint() {
		String path = String.valueOf(this.connection.baseUrl().getPath());
		return path.endsWith(API_PATH) ? "" : ". cloudflare.kv.base-url does not end in " + API_PATH
				+ ", as Cloudflare's API and the gateway Worker have it";
	}

	private KvException throttled(Operation operation, String what, KvResponse response, Envelope own) {
		if (own.hasCode(Envelope.DAILY_QUOTA)) {
			return new KvDailyQuotaException(what + ". The account's daily quota for this operation is used up until "
					+ "00:00 UTC. Change to a paid Workers plan or write less", null);
		}
		KvRateLimit limit = RateLimitHeaders.parse(response.headers());
		boolean token = own.hasCode(Envelope.THROTTLED) || response.headers().containsKey("retry-after")
				|| (limit != null && limit.remaining() == 0);
		if (!token && operation.isWrite()) {
			return new KvKeyRateLimitException(
					what + ". KV takes one write a second of the same key. Write it again a second later", null);
		}
		Duration retryAfter = retryAfter(response, limit);
		return new KvRateLimitException(what + ". The API token has no calls left (Cloudflare grants 1,200 in five "
				+ "minutes). Send nothing for " + retryAfter.toSeconds() + " s, and see what else uses the token",
				retryAfter, null);
	}

	private Duration retryAfter(KvResponse response, @Nullable KvRateLimit limit) {
		Duration said = RateLimitHeaders.retryAfter(response.headers(), this.clock.instant());
		if (said != null) {
			return said;
		}
		if (limit != null && limit.remaining() == 0 && limit.resetAfter() != null) {
			return KvRateLimitException.bounded(limit.resetAfter());
		}
		return DEFAULT_RETRY_AFTER;
	}

	private static KvException unserved(Operation operation, int status, String what) {
		if (operation.isWrite() && !NOT_SERVED.contains(status)) {
			return new KvUnknownOutcomeException(what + ". It may or may not have happened. Repeat it", null);
		}
		return new KvUnavailableException(what + ". KV is not available; try again later", null);
	}

	private static boolean isAuthorization(int status, Envelope own) {
		return status == UNAUTHORIZED || status == FORBIDDEN
				|| (status == BAD_REQUEST && Envelope.AUTHORIZATION.stream().anyMatch(own::hasCode));
	}

	private static KvException authorization(Operation operation, String what, Envelope own) {
		if (own.hasCode(Envelope.GATEWAY_NOT_CONFIGURED)) {
			return new KvAuthorizationException(what + ". Set this variable of the gateway Worker in its wrangler.toml",
					null);
		}
		String remedy = (operation == Operation.ACCOUNTS)
				? ". Check cloudflare.kv.api-token, or set cloudflare.kv.account-id so that no lookup is needed"
				: ". Check cloudflare.kv.api-token; it must be valid and needs 'Workers KV Storage: Edit' for the account";
		return new KvAuthorizationException(what + remedy, null);
	}

	private static boolean isNotFound(int status, Envelope own) {
		return status == NOT_FOUND || (status == BAD_REQUEST && Envelope.NO_ROUTE.stream().anyMatch(own::hasCode));
	}

	private KvException notFound(Operation operation, String what, Envelope own) {
		boolean namespace = operation != Operation.ACCOUNTS && !own.hasOnlyCode(Envelope.KEY_NOT_FOUND);
		return namespace
				? new KvConfigurationException(what + ". Check cloudflare.kv.namespace-id, "
						+ "cloudflare.kv.account-id and cloudflare.kv.base-url" + pathHint(), null)
				: unexpected(what + pathHint());
	}

	/** Classifies an answer that claims success but does not prove it. */
	KvException unproven(Operation operation, KvResponse response) {
		return unproven(operation, describe(operation, response, null));
	}

	private static KvException unproven(Operation operation, String what) {
		String why = ", but not as KV answers this call: the answer is incomplete or belongs to another call";
		return operation.isWrite() ? new KvUnknownOutcomeException(
				what + why + ". It may or may not have happened. Repeat it, and check cloudflare.kv.base-url", null)
				: unexpected(what + why);
	}

	private static KvException unexpected(String what) {
		return new KvUnexpectedResponseException(what + FOREIGN, null);
	}

	private String describe(Operation operation, KvResponse response, @Nullable Envelope envelope) {
		String where = (operation == Operation.ACCOUNTS) ? "" : " in namespace '" + this.connection.namespaceId() + "'";
		return "KV " + operation.label() + where + " was answered with status " + response.status() + errors(envelope)
				+ (isHtml(response) ? " and an HTML page" : "");
	}

	private static String errors(@Nullable Envelope envelope) {
		if (envelope == null || envelope.errors().isEmpty()) {
			return "";
		}
		return envelope.errors().stream().limit(3).map((error) -> {
			String words = Excerpt.of(error.message());
			return "code " + error.code() + (words.isEmpty() ? "" : " (" + words + ")");
		}).collect(Collectors.joining(", ", ", ", ""));
	}

	static boolean isHtml(KvResponse response) {
		byte[] body = response.body();
		int start = 0;
		while (start < body.length && Character.isWhitespace(body[start])) {
			start++;
		}
		return response.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT).startsWith("text/html")
				|| (start < body.length && body[start] == '<');
	}

}
