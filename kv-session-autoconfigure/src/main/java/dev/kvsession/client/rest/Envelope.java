package dev.kvsession.client.rest;

import java.time.temporal.ValueRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.kvsession.client.support.Json;

/**
 * The API's own frame around answers: {@code {"success":…, "errors":[{"code":…,
 * "message":…}], "result":…, "result_info":…}}. Immutable.
 *
 * @param success whether the API claims success
 * @param errors the errors
 * @param root the whole answer
 */
public record Envelope(boolean success, List<Error> errors, JsonNode root) {

	/*
	 * Source of the codes unless stated otherwise: the npm packages distilled.cloud's
	 * cloudflare (services/kv.ts, client/api.ts) and workers-sdk
	 * (local-explorer/resources/kv.ts), which follow the live API (read 2026-11).
	 */

	/** The key does not exist, with status 404. Only a delete is answered with it. */
	static final int KEY_NOT_FOUND = 10009;

	/** The account's free daily usage of this operation is used up, with status 429. */
	static final int DAILY_QUOTA = 10048;

	/** The token is throttled, with 429 or any other status, even 200. */
	static final int THROTTLED = 971;

	/** Bad or missing token, or one without the permission; with 400, 401 or 403. */
	static final Set<Integer> AUTHORIZATION = Set.of(10000, 10001, 6003, 9103, 9106, 9109);

	/** No such path, or an id in it is malformed or unknown; with 404 or 400. */
	static final Set<Integer> NO_ROUTE = Set.of(7000, 7003, 10013);

	/** The gateway Worker does not open the key's prefix, with status 403. */
	static final int KEY_NOT_OPEN = 90001;

	/** The gateway Worker lacks a variable, with status 403. */
	static final int GATEWAY_NOT_CONFIGURED = 90002;

	private static final ValueRange STATUSES = ValueRange.of(100, 599);

	private static final int TOO_MANY_REQUESTS = 429;

	/** Returns the envelope, or {@code null} if the body is anything else. */
	public static @Nullable Envelope parse(byte[] body) {
		JsonNode root = Json.read(body);
		if (root == null || !root.isObject() || !(root.path("success").isBoolean() || root.path("errors").isArray())) {
			return null;
		}
		List<Error> errors = new ArrayList<>();
		for (JsonNode error : root.path("errors")) {
			JsonNode code = error.path("code");
			errors.add(new Error(code.isInt() ? code.asInt() : 0, error.path("message").asString("")));
		}
		return new Envelope(root.path("success").asBoolean(false), List.copyOf(errors), root);
	}

	/** Whether the API claims success and names no error. */
	boolean isSuccess() {
		JsonNode listed = this.root.path("errors");
		return this.success && (Answers.isAbsent(listed) || (listed.isArray() && listed.isEmpty()));
	}

	boolean hasCode(int code) {
		return this.errors.stream().anyMatch((error) -> error.code() == code);
	}

	boolean hasOnlyCode(int code) {
		return !this.errors.isEmpty() && this.errors.stream().allMatch((error) -> error.code() == code);
	}

	/**
	 * Whether the API itself refuses: in its own envelope, without success unless it
	 * reports throttling, and with a code. Its codes are positive and none repeats a
	 * status, as those of intermediaries do; except 429, the gateway Worker's answer for
	 * a key written too often.
	 */
	boolean isRefusal(int status) {
		return this.root.path("success").isBoolean() && (!this.success || hasCode(THROTTLED))
				&& this.errors.stream()
					.anyMatch((error) -> error.code() > 0 && !STATUSES.isValidIntValue(error.code())
							|| error.code() == TOO_MANY_REQUESTS && status == TOO_MANY_REQUESTS);
	}

	JsonNode result() {
		return this.root.path("result");
	}

	JsonNode resultInfo() {
		return this.root.path("result_info");
	}

	@Override
	public String toString() {
		return "Envelope[success=" + this.success + "]";
	}

	/**
	 * One error.
	 *
	 * @param code Cloudflare's code, or 0 if it is no integer
	 * @param message Cloudflare's words; may quote a key
	 */
	public record Error(int code, String message) {

		@Override
		public String toString() {
			return "Error[" + this.code + "]";
		}

	}

}
