package dev.kvsession.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.format.Answer;
import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.format.Envelope;
import dev.kvsession.test.kv.KvDelivery;

/** Something that goes wrong with a call. Immutable. Give it to {@link KvFaults}. */
public final class KvFault {

	private static final KvFault NOTHING = new KvFault(null, true, KvDelivery.ANSWERED, Pace.NORMAL, (key) -> false);

	private final @Nullable Answer answer;

	private final boolean applied;

	private final KvDelivery delivery;

	private final Pace pace;

	private final Predicate<String> failingKeys;

	private KvFault(@Nullable Answer answer, boolean applied, KvDelivery delivery, Pace pace,
			Predicate<String> failingKeys) {
		this.answer = answer;
		this.applied = applied;
		this.delivery = delivery;
		this.pace = pace;
		this.failingKeys = failingKeys;
	}

	/**
	 * Answers with a status and no body, applying nothing.
	 * @param status the HTTP status, for example 503
	 * @return the fault
	 */
	public static KvFault status(int status) {
		return answering(new Answer(status, Map.of(), new byte[0]));
	}

	/**
	 * Answers with the API's envelope and one error, applying nothing.
	 * @param status the HTTP status
	 * @param code the API's error code
	 * @param message the error's message
	 * @return the fault
	 */
	public static KvFault error(int status, int code, String message) {
		return answering(Envelope.error(status, code, message));
	}

	/**
	 * Answers with an HTML page as an intermediary does, applying nothing.
	 * @param status the HTTP status, which may be 200
	 * @return the fault
	 */
	public static KvFault html(int status) {
		byte[] page = "<!DOCTYPE html><html><body><h1>A proxy speaks</h1></body></html>"
			.getBytes(StandardCharsets.UTF_8);
		return answering(new Answer(status, Map.of("content-type", "text/html; charset=UTF-8"), page));
	}

	/**
	 * Answers as an intermediary, such as a proxy or firewall, applying nothing.
	 * @param status the HTTP status
	 * @param contentType the type of the body, for example {@code text/plain}
	 * @param body the body
	 * @return the fault
	 */
	public static KvFault foreign(int status, String contentType, String body) {
		return answering(
				new Answer(status, Map.of("content-type", contentType), body.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Answers as if the token had made too many calls: 429, code 971.
	 * @param retryAfter what the {@code retry-after} header says, in whole seconds
	 * @return the fault
	 */
	public static KvFault throttled(Duration retryAfter) {
		String seconds = Long.toString(retryAfter.toSeconds());
		Map<String, String> headers = Map.of("retry-after", seconds, "ratelimit", "\"default\";r=0;t=" + seconds);
		return answering(ApiError.THROTTLED.answer().with(headers));
	}

	/**
	 * Answers as if the key had been written less than a second ago: 429 without
	 * {@code retry-after} and without code 971.
	 * @return the fault
	 */
	public static KvFault keyWrittenTooOften() {
		return answering(ApiError.KEY_WRITTEN_TOO_OFTEN.answer());
	}

	/**
	 * Answers as if the free plan's daily quota were used up: 429, code 10048.
	 * @return the fault
	 */
	public static KvFault quotaExhausted() {
		return answering(ApiError.QUOTA_EXHAUSTED.answer());
	}

	/**
	 * Answers as if the token were wrong: 401, code 10000.
	 * @return the fault
	 */
	public static KvFault wrongToken() {
		return answering(ApiError.AUTHENTICATION.answer());
	}

	/**
	 * Resets the connection before anything is applied.
	 * @return the fault
	 */
	public static KvFault resetBefore() {
		return new KvFault(null, false, KvDelivery.RESET_BEFORE, Pace.NORMAL, NOTHING.failingKeys);
	}

	/**
	 * Applies the call, then resets the connection instead of answering.
	 * @return the fault
	 */
	public static KvFault lostAfterWrite() {
		return new KvFault(null, true, KvDelivery.LOST_AFTER_WRITE, Pace.NORMAL, NOTHING.failingKeys);
	}

	/**
	 * Delivers the right answer's body one byte at a time.
	 * @param interval the time between two bytes
	 * @return the fault
	 */
	public static KvFault slowDrip(Duration interval) {
		return new KvFault(null, true, KvDelivery.SLOW_DRIP, new Pace(Duration.ZERO, interval), NOTHING.failingKeys);
	}

	/**
	 * Delivers the right answer late.
	 * @param delay how much later than usual
	 * @return the fault
	 */
	public static KvFault delayed(Duration delay) {
		return new KvFault(null, true, KvDelivery.ANSWERED, new Pace(delay, Duration.ZERO), NOTHING.failingKeys);
	}

	/**
	 * Lets keys of a bulk write or delete fail: they are not applied and reported in
	 * {@code unsuccessful_keys}; the others are applied.
	 * @param failingKeys which keys fail
	 * @return the fault
	 */
	public static KvFault unsuccessfulKeys(Predicate<String> failingKeys) {
		return new KvFault(null, true, KvDelivery.ANSWERED, Pace.NORMAL, failingKeys);
	}

	/**
	 * Returns this fault with the call applied first, as a 503 with unknown outcome.
	 * @return a copy that applies the call
	 */
	public KvFault afterApplying() {
		return new KvFault(this.answer, true, this.delivery, this.pace, this.failingKeys);
	}

	@Nullable Answer answer() {
		return this.answer;
	}

	boolean applies() {
		return this.applied;
	}

	KvDelivery delivery() {
		return this.delivery;
	}

	Pace pace() {
		return this.pace;
	}

	Predicate<String> failingKeys() {
		return this.failingKeys;
	}

	static KvFault none() {
		return NOTHING;
	}

	private static KvFault answering(Answer answer) {
		return new KvFault(answer, false, KvDelivery.ANSWERED, Pace.NORMAL, NOTHING.failingKeys);
	}

	/**
	 * How slowly an answer arrives.
	 *
	 * @param delay how much later than usual
	 * @param drip the time between two bytes, zero for all at once
	 */
	record Pace(Duration delay, Duration drip) {

		private static final Pace NORMAL = new Pace(Duration.ZERO, Duration.ZERO);

	}

}
