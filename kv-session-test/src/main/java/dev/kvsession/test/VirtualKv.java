package dev.kvsession.test;

import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * An emulated KV in virtual time: no server, no thread, no machine's clock. A transport
 * gives it requests and delivers the answers after their latency.
 */
public class VirtualKv {

	private final KvEmulatorCore core;

	private final VirtualTime time;

	/**
	 * Creates an empty KV.
	 * @param settings what is switched on
	 * @param time the time
	 */
	public VirtualKv(KvEmulatorSettings settings, VirtualTime time) {
		this.core = new KvEmulatorCore(settings);
		this.time = time;
	}

	/**
	 * Handles a request that arrives now.
	 * @param request the request
	 * @return the answer and how to deliver it
	 */
	public KvEmulatorResponse handle(KvEmulatorRequest request) {
		return this.core.handle(request, this.time.instant());
	}

	/**
	 * Returns the time.
	 * @return the clock that this KV goes by
	 */
	public final VirtualTime time() {
		return this.time;
	}

	/**
	 * Switches physics and limits on or off from the next call.
	 * @param settings the new settings
	 * @see KvEmulatorCore#reconfigure(KvEmulatorSettings)
	 */
	public final void reconfigure(KvEmulatorSettings settings) {
		this.core.reconfigure(settings);
	}

	/**
	 * Returns what is switched on.
	 * @return the current settings
	 */
	public final KvEmulatorSettings settings() {
		return this.core.settings();
	}

	/**
	 * Returns which calls go wrong.
	 * @return the faults, live
	 */
	public final KvFaults faults() {
		return this.core.faults();
	}

	/**
	 * Returns the calls that arrived.
	 * @return the log, live
	 */
	public final KvCallLog log() {
		return this.core.log();
	}

	/**
	 * Returns what is really stored.
	 * @return a live view
	 */
	public final KvContents contents() {
		return this.core.contents(this.time);
	}

}
