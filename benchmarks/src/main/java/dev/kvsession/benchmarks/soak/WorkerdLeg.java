package dev.kvsession.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.kvsession.benchmarks.store.KvStore;
import dev.kvsession.benchmarks.store.Store;

/**
 * Cloudflare's own runtime, behind a proxy that breaks connections. The instances accept
 * a change when KV has it ({@code write-mode=sync}), so nothing at all may be lost, also
 * if KV and an instance fail together.
 */
final class WorkerdLeg implements Leg {

	private static final int STRANGERS = 20;

	private static final int LARGE_SESSIONS = 3;

	private static final int SECONDS_WITHOUT_KV = 20;

	private final Gateway gateway;

	private final int instances;

	WorkerdLeg(int instances, Path folder) throws IOException {
		this.gateway = new Gateway(folder.resolve("kv"));
		this.instances = instances;
	}

	@Override
	public String title() {
		return "Cloudflare's own runtime (workerd) behind a proxy that breaks connections, `write-mode=sync`";
	}

	@Override
	public Map<String, Object> properties(String instance) {
		Map<String, Object> properties = this.gateway.properties();
		properties.put("cloudflare.kv.session.write-mode", "sync");
		return properties;
	}

	@Override
	public List<Phase> phases(Ground ground) {
		return List.of(new Phase("nothing", () -> null),
				new Phase("one connection in five is cut before its answer", () -> fault(FaultProxy.Fault.CUT)),
				new Phase("workerd is killed and comes back, an instance is killed meanwhile", () -> {
					this.gateway.kill();
					ground.replace(0);
					TimeUnit.SECONDS.sleep(SECONDS_WITHOUT_KV);
					this.gateway.restart();
					return null;
				}), new Phase("answers vanish", () -> fault(FaultProxy.Fault.SILENT)),
				new Phase("answers whose header has no end", () -> fault(FaultProxy.Fault.ENDLESS_HEADER)),
				new Phase(STRANGERS + " strangers send 100 cookies each", () -> Flood.ofManyCookies(ground, STRANGERS)),
				new Phase(LARGE_SESSIONS + " users put 25 MB into their sessions",
						() -> Flood.ofLargeSessions(ground, LARGE_SESSIONS)),
				new Phase("all instances are killed at once", () -> {
					for (int i = 0; i < this.instances; i++) {
						ground.kill(i);
					}
					for (Instance instance : ground.instances()) {
						instance.start();
					}
					return null;
				}), new Phase("one instance is killed after another", () -> {
					for (int i = 0; i < this.instances; i++) {
						ground.replace(i);
					}
					return null;
				}));
	}

	private AutoCloseable fault(FaultProxy.Fault fault) {
		this.gateway.fault(fault);
		return () -> this.gateway.fault(FaultProxy.Fault.NONE);
	}

	@Override
	public double share() {
		return 0.4;
	}

	@Override
	public double closing() {
		return 0.15;
	}

	@Override
	public Duration excused() {
		return Duration.ZERO;
	}

	@Override
	public Store open() {
		return KvStore.open(this.gateway.properties());
	}

	@Override
	public void close() throws IOException {
		this.gateway.close();
	}

}
