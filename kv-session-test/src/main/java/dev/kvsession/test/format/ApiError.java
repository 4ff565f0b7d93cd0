package dev.kvsession.test.format;

/**
 * The errors of the REST API with status and code. Where no public source has the REST
 * code (sizes, key rules, listing) it is that of an invalid request; the statuses are
 * those that the Workers binding reports.
 */
public enum ApiError {

	INVALID_TOKEN(401, 1000, "Invalid API Token"),

	MISSING_CREDENTIALS(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers"),

	AUTHENTICATION(401, 10000, "Authentication error"),

	FOREIGN_ACCOUNT(403, 10000, "Authentication error"),

	NO_ROUTE(404, 7003, "Could not route to this path, perhaps your object identifier is invalid?"),

	KEY_NOT_FOUND(404, 10009, "get: 'key not found'"),

	NAMESPACE_NOT_FOUND(404, 10013, "get: 'namespace not found'"),

	INVALID_BODY(400, 10012, "invalid request body"),

	INVALID_KEY(400, 10012, "invalid key name"),

	INVALID_LIST(400, 10012, "invalid list parameters"),

	TOO_MANY_KEYS(400, 10029, "bulk get keys: 'You can request a maximum of 100 keys'"),

	INVALID_EXPIRATION(400, 10034, "invalid expiration_ttl"),

	KEY_TOO_LONG(414, 10012, "key too long"),

	TOO_LARGE(413, 10012, "request too large"),

	/**
	 * Two writes of one key within a second. Its REST code is not public. Unlike
	 * {@link #THROTTLED} it has neither code 971 nor {@code retry-after}.
	 */
	KEY_WRITTEN_TOO_OFTEN(429, 429, "Too Many Requests"),

	QUOTA_EXHAUSTED(429, 10048, "your account has reached the free usage limit for this operation for today"),

	THROTTLED(429, 971, "Please wait and consider throttling your request speed");

	private final int status;

	private final int code;

	private final String message;

	ApiError(int status, int code, String message) {
		this.status = status;
		this.code = code;
		this.message = message;
	}

	public Answer answer() {
		return answer(this.message);
	}

	public Refusal refusal() {
		return new Refusal(answer());
	}

	public Refusal refusal(String message) {
		return new Refusal(answer(message));
	}

	private Answer answer(String message) {
		return Envelope.error(this.status, this.code, message);
	}

}
