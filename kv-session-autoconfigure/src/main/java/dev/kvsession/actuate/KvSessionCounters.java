package dev.kvsession.actuate;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.kvsession.session.settings.KvSessionEvent;

/**
 * Makes a counter of everything that a session repository counts. Immutable.
 */
final class KvSessionCounters implements MeterBinder {

	private final ToDoubleFunction<KvSessionEvent> counts;

	KvSessionCounters(ToDoubleFunction<KvSessionEvent> counts) {
		this.counts = counts;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindNearCache(registry);
		bindWrites(registry);
		bindSecondLooks(registry);
		bindIds(registry);
		bindCreated(registry);
		count(KvSessionEvent.UNREADABLE, "unreadable", "Records or security contexts that could not be read")
			.register(registry);
		count(KvSessionEvent.HANDOFF_USED, "handoffs", "Sessions taken from a handoff cookie").register(registry);
	}

	private void bindNearCache(MeterRegistry registry) {
		nearCache(KvSessionEvent.NEAR_CACHE_HIT, "hit").register(registry);
		nearCache(KvSessionEvent.NEAR_CACHE_MISS, "miss").register(registry);
		nearCache(KvSessionEvent.STALE_SERVED, "stale").register(registry);
		nearCache(KvSessionEvent.STALE_WHILE_REVALIDATE, "revalidating").register(registry);
		count(KvSessionEvent.SOFT_TIMEOUT, "near.cache.soft.timeouts",
				"Requests that were served what was known because KV was slow")
			.register(registry);
		count(KvSessionEvent.WAIT_REFUSED, "waits.refused", "Requests refused because too many waited for KV already")
			.register(registry);
		count(KvSessionEvent.SERVED_AFTER_END, "near.cache.ended",
				"Requests that were served a session which had ended elsewhere")
			.register(registry);
		count(KvSessionEvent.REFRESHED, "near.cache.refreshes", "Sessions read again in the background")
			.register(registry);
	}

	private void bindWrites(MeterRegistry registry) {
		writes(KvSessionEvent.COALESCED_WRITE, "coalesced").register(registry);
		writes(KvSessionEvent.DEFERRED_WRITE, "deferred").register(registry);
		writes(KvSessionEvent.DROPPED_WRITE, "dropped").register(registry);
		count(KvSessionEvent.RECORD_WRITTEN, "records", "Session records written").register(registry);
		count(KvSessionEvent.RECORD_BYTES_WRITTEN, "record.bytes", "Size of the session records written")
			.baseUnit("bytes")
			.register(registry);
	}

	/*
	 * What was mended is a meter of its own, not a tag of the looks: those that mended
	 * nothing would be a difference of two counts taken one after the other, which can
	 * fall, and a counter that falls reads as a restart.
	 */
	private void bindSecondLooks(MeterRegistry registry) {
		count(KvSessionEvent.SECOND_LOOK, "second.looks", "Records looked at again after an update").register(registry);
		mended(KvSessionEvent.SECOND_LOOK_MERGED, "merged").register(registry);
		mended(KvSessionEvent.SECOND_LOOK_ENDED, "ended").register(registry);
	}

	private void bindIds(MeterRegistry registry) {
		count(KvSessionEvent.TOMBSTONE_HIT, "tombstone.hits", "Uses of ids that had ended on this instance")
			.register(registry);
		count(KvSessionEvent.REFUSED_ID, "refused.ids", "Ids that no generator of ours can have made")
			.register(registry);
		count(KvSessionEvent.GUESS_REFUSED, "guesses.refused", "Unknown ids refused because most of them are guesses")
			.register(registry);
		count(KvSessionEvent.UNKNOWN_ID, "unknown.ids", "Well-formed ids for which KV had no session")
			.register(registry);
	}

	private void bindCreated(MeterRegistry registry) {
		created(KvSessionEvent.CREATED_LOGIN, "login").register(registry);
		created(KvSessionEvent.CREATED_LOGIN_START, "login_start").register(registry);
		created(KvSessionEvent.CREATED_ANONYMOUS, "anonymous").register(registry);
		count(KvSessionEvent.CREATION_REFUSED, "creations.refused",
				"New sessions without a user refused because too many waited")
			.register(registry);
	}

	private FunctionCounter.Builder<KvSessionEvent> created(KvSessionEvent event, String kind) {
		return count(event, "creations", "New sessions").tag("kind", kind);
	}

	private FunctionCounter.Builder<KvSessionEvent> nearCache(KvSessionEvent event, String result) {
		return count(event, "near.cache", "Sessions looked for in memory").tag("result", result);
	}

	private FunctionCounter.Builder<KvSessionEvent> writes(KvSessionEvent event, String kind) {
		return count(event, "writes", "Changes that were not written at once").tag("kind", kind);
	}

	private FunctionCounter.Builder<KvSessionEvent> mended(KvSessionEvent event, String result) {
		return count(event, "second.looks.mended", "Second looks that found something to mend").tag("result", result);
	}

	/*
	 * Micrometer holds only weakly what it asks, and strongly how: what is counted would
	 * stand still after a garbage collection, an event does not go away.
	 */
	private FunctionCounter.Builder<KvSessionEvent> count(KvSessionEvent event, String name, String description) {
		return FunctionCounter.builder(KvSessionMetrics.PREFIX + name, event, this.counts).description(description);
	}

}
