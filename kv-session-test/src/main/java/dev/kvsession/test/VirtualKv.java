package dev.kvsession.test;

import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * An emulated KV in virtual time, without server, threads or the machine's clock. A
 * transport passes it requests and delivers the answers after their latency.
 */
public class VirtualKv {

	private final KvEmulatorCore core;

	private final VirtualTime time;

	/**
	 * Creates an empty KV.
	 * @param settings the settings
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
	 * @return this KV's clock
	 */
	public final VirtualTime time() {
		return this.time;
	}

	/**
	 * Changes the settings from the next call on.
	 * @param settings the new settings
	 * @see KvEmulatorCore#reconfigure(KvEmulatorSettings)
	 */
	public final void reconfigure(KvEmulatorSettings settings) {
		this.core.reconfigure(settings);
	}

	/**
	 * Returns the settings.
	 * @return the current settings
	 */
	public final KvEmulatorSettings settings() {
		return this.core.settings();
	}

	/**
	 * Returns the faults.
	 * @return the live faults
	 */
	public final KvFaults faults() {
		return this.core.faults();
	}

	/**
	 * Returns the calls that arrived.
	 * @return the live log
	 */
	public final KvCallLog log() {
		return this.core.log();
	}

	/**
	 * Returns the stored entries.
	 * @return a live view
	 */
	public final KvContents contents() {
		return this.core.contents(this.time);
	}

}
