package dev.kvsession.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvResponse;
import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.VirtualTime;
import dev.kvsession.test.kv.KvDelivery;
import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvEntry;
import dev.kvsession.test.kv.KvStaleness;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway in workerd, with the emulator at its side: each call goes to both, and they
 * must agree. The answer is workerd's; the emulator lends the log of calls, the latency
 * in the world's time, and the failures that a test orders. KV's own time is the
 * machine's, so nothing expires in it.
 */
final class WorkerdKv extends VirtualKv {

	private static final int PAGE = 1000;

	private static final int THROTTLED = 429;

	private static final int SERVER_ERROR = 500;

	private final WorkerdConnection workerd;

	private final Set<String> foreign;

	WorkerdKv(VirtualTime time, WorkerdConnection workerd) {
		super(KvEmulatorSettings.realistic(1).withStaleness(KvStaleness.none()), time);
		this.workerd = workerd;
		this.foreign = Set.copyOf(listed());
	}

	@Override
	public KvEmulatorResponse handle(KvEmulatorRequest request) {
		KvEmulatorResponse emulated = super.handle(request);
		if (emulated.delivery() == KvDelivery.RESET_BEFORE || emulated.status() == THROTTLED
				|| emulated.status() >= SERVER_ERROR) {
			return emulated;
		}
		KvResponse real = this.workerd.send(request);
		compare(request, emulated, real);
		return new KvEmulatorResponse(real.status(), real.headers(), real.body(), emulated.latency(),
				emulated.delivery(), emulated.dripInterval());
	}

	// On the thread of the test, for the client takes what is thrown here for a failed
	// call.
	private void compare(KvEmulatorRequest request, KvEmulatorResponse emulated, KvResponse real) {
		try {
			assertThat(Meaning.of(real.status(), real.body())).as("workerd's answer to %s", request)
				.isEqualTo(Meaning.of(emulated.status(), emulated.body()));
		}
		catch (AssertionError ex) {
			time().schedule(() -> {
				throw ex;
			}, Duration.ZERO);
		}
	}

	@Nullable KvEntry get(String key) {
		return this.workerd.ask((client) -> client.get(key))
			.map((text) -> new KvEntry(text.getBytes(StandardCharsets.UTF_8), null, null))
			.orElse(null);
	}

	List<String> keys() {
		return listed().stream().filter((key) -> !this.foreign.contains(key)).toList();
	}

	private Set<String> listed() {
		Set<String> keys = new HashSet<>();
		String cursor = null;
		do {
			String from = cursor;
			KvKeyPage page = this.workerd.ask((client) -> client.list("", from, PAGE));
			page.keys().forEach((key) -> keys.add(key.name()));
			cursor = page.cursor();
		}
		while (cursor != null);
		return keys;
	}

	void store(String key, String value, Duration ttl) {
		this.workerd.ask((client) -> client.put(new KvPair(key, value, ttl)));
	}

	void remove(String key) {
		this.workerd.ask((client) -> client.delete(key));
	}

}
