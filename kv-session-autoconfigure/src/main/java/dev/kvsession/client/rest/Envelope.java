package dev.kvsession.client.rest;

import java.time.temporal.ValueRange;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.kvsession.client.Json;

/**
 * The API's own frame around answers: {@code {"success":…, "errors":[{"code":…,
 * "message":…}], "result":…, "result_info":…}}. Immutable.
 *
 * @param success whether the API says that it did what was asked
 * @param errors the errors
 * @param root the whole answer
 */
public record Envelope(boolean success, List<Error> errors, JsonNode root) {

	private static final ValueRange STATUSES = ValueRange.of(100, 599);

	private static final int TOO_MANY_REQUESTS = 429;

	/**
	 * Reads an envelope.
	 * @param body an answer's body
	 * @return the envelope, or {@code null} if the body is something else
	 */
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

	/**
	 * Whether the call succeeded without any doubt.
	 * @return whether the API says so and names no error
	 */
	boolean isSuccess() {
		JsonNode listed = this.root.path("errors");
		return this.success && (listed.isMissingNode() || listed.isNull() || (listed.isArray() && listed.isEmpty()));
	}

	boolean hasCode(int code) {
		return this.errors.stream().anyMatch((error) -> error.code() == code);
	}

	boolean hasOnlyCode(int code) {
		return !this.errors.isEmpty() && this.errors.stream().allMatch((error) -> error.code() == code);
	}

	/**
	 * Whether the API itself refuses: in its own envelope, which claims no success unless
	 * it tells of throttling, and with a code. Its codes are positive and none repeats a
	 * status, as others' do; but for 429, which the gateway Worker answers for a key
	 * written too often.
	 * @param status the answer's status
	 * @return whether this is the API's own refusal
	 */
	boolean isRefusal(int status) {
		return this.root.path("success").isBoolean() && (!this.success || hasCode(ErrorCodes.THROTTLED))
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
	 * @param code Cloudflare's code, or 0 if it is no number as Cloudflare's are
	 * @param message Cloudflare's words; may quote a key
	 */
	public record Error(int code, String message) {

		@Override
		public String toString() {
			return "Error[" + this.code + "]";
		}

	}

}
