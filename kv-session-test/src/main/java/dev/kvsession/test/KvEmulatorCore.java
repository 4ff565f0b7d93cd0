package dev.kvsession.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.format.Answer;
import dev.kvsession.test.kv.KvDelivery;
import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.operation.AccountOperations;
import dev.kvsession.test.operation.Credentials;
import dev.kvsession.test.operation.Operation;
import dev.kvsession.test.operation.Service;
import dev.kvsession.test.store.Turn;

/**
 * The Workers KV REST API as a function: it takes a request and the time, and returns the
 * answer and how to deliver it. It has no threads, no I/O and no clock, and takes all
 * randomness from the settings' seed, so a simulation can drive it in virtual time. There
 * is one account with one namespace, and one valid token.
 * <p>
 * Safe for concurrent use: calls are handled one at a time.
 */
public final class KvEmulatorCore {

	/** The account that holds the namespace. */
	public static final String ACCOUNT_ID = AccountOperations.ACCOUNT_ID;

	/** The namespace. */
	public static final String NAMESPACE_ID = AccountOperations.NAMESPACE_ID;

	/** The only token that is accepted. */
	public static final String API_TOKEN = Credentials.API_TOKEN;

	private static final Answer NO_ANSWER = new Answer(0, Map.of(), new byte[0]);

	private final KvEmulatorSettings initialSettings;

	private final KvFaults faults;

	private final KvCallLog log = new KvCallLog();

	private volatile KvEmulatorSettings settings;

	private volatile Service service;

	/**
	 * Creates an empty KV.
	 * @param settings the settings
	 */
	public KvEmulatorCore(KvEmulatorSettings settings) {
		this.initialSettings = settings;
		this.settings = settings;
		this.faults = new KvFaults(settings.seed());
		this.service = new Service(settings.seed());
	}

	/**
	 * Handles a request. A write takes effect at once; latency delays only the answer.
	 * @param request the request
	 * @param now when it arrives; must not be earlier than at the previous call
	 * @return the answer and how to deliver it
	 */
	public synchronized KvEmulatorResponse handle(KvEmulatorRequest request, Instant now) {
		KvEmulatorSettings current = this.settings;
		Operation operation = this.service.route(request);
		KvCall call = new KvCall(now, request.client(), operation.kind(), operation.keys(), operation.ttls(), 0,
				KvDelivery.ANSWERED);
		KvFault fault = this.faults.pick(call);
		int location = this.service.location(request, current);
		Duration latency = this.service.latency(current).plus(fault.pace().delay());
		Answer answer = answer(request, operation, new Turn(now, current, location, fault.failingKeys()), fault);
		this.log.add(call.answered(answer.status(), fault.delivery()));
		return new KvEmulatorResponse(answer.status(), answer.headers(), answer.body(), latency, fault.delivery(),
				fault.pace().drip());
	}

	/**
	 * Returns the settings.
	 * @return the current settings
	 */
	public KvEmulatorSettings settings() {
		return this.settings;
	}

	/**
	 * Changes the settings from the next call on. Entries, caches and counts stay; the
	 * seed is read only at {@link #reset()}.
	 * @param settings the new settings
	 */
	public void reconfigure(KvEmulatorSettings settings) {
		this.settings = settings;
	}

	/**
	 * Returns the faults.
	 * @return the live faults
	 */
	public KvFaults faults() {
		return this.faults;
	}

	/**
	 * Returns the calls that arrived.
	 * @return the live log
	 */
	public KvCallLog log() {
		return this.log;
	}

	/**
	 * Returns the stored entries.
	 * @param clock the time for expiry; the same time that {@link #handle} gets
	 * @return a live view, also after a reset
	 */
	public KvContents contents(InstantSource clock) {
		return new KvContents(() -> this.service.replicas(), clock);
	}

	/**
	 * Returns to the initial state: nothing stored, cached, counted or logged, no faults,
	 * the first settings and seed. The same calls then have the same answers again.
	 */
	public synchronized void reset() {
		this.settings = this.initialSettings;
		this.faults.reset(this.initialSettings.seed());
		this.service = new Service(this.initialSettings.seed());
		this.log.clear();
	}

	private Answer answer(KvEmulatorRequest request, Operation operation, Turn turn, KvFault fault) {
		if (fault.delivery() == KvDelivery.RESET_BEFORE) {
			return NO_ANSWER;
		}
		@Nullable Answer canned = fault.answer();
		if (canned != null && !fault.applies()) {
			return this.service.counted(canned, turn);
		}
		Answer own = this.service.answer(request, operation, turn);
		return (canned != null) ? canned : own;
	}

}
