package dev.kvsession.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvCallKind;

/**
 * What a test wants to happen while a call's answer is on its way.
 */
final class CallHooks {

	private final List<Hook> hooks = new ArrayList<>();

	private final KvScheduler scheduler;

	CallHooks(KvScheduler scheduler) {
		this.scheduler = scheduler;
	}

	void add(KvCallKind kind, Runnable action) {
		this.hooks.add(new Hook(kind, action));
	}

	void arrived(KvCall call) {
		for (Hook hook : List.copyOf(this.hooks)) {
			if (hook.kind() == call.kind()) {
				this.hooks.remove(hook);
				this.scheduler.schedule(hook.action(), Duration.ZERO);
			}
		}
	}

	private record Hook(KvCallKind kind, Runnable action) {
	}

}
