package dev.kvsession.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.KvContents;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEntry;

/**
 * The emulator without a wire, in the world's own time.
 */
final class EmulatedKv implements WorldKv {

	private final KvEmulatorCore core;

	private final InstantSource time;

	private final KvContents contents;

	EmulatedKv(KvEmulatorCore core, InstantSource time) {
		this.core = core;
		this.time = time;
		this.contents = core.contents(time);
	}

	@Override
	public KvEmulatorResponse handle(KvEmulatorRequest request) {
		return this.core.handle(request, this.time.instant());
	}

	@Override
	public @Nullable KvEntry get(String key) {
		return this.contents.get(key);
	}

	@Override
	public List<String> keys() {
		return this.contents.keys("");
	}

	@Override
	public void store(String key, String value, Duration ttl) {
		this.contents.store(key, value, ttl);
	}

	@Override
	public void remove(String key) {
		this.contents.remove(key);
	}

}
