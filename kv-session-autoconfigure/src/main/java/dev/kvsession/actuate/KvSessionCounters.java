package dev.kvsession.actuate;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.kvsession.session.settings.KvSessionEvent;

/** Makes a counter of each event that a session repository counts. Immutable. */
final class KvSessionCounters implements MeterBinder {

	private final ToDoubleFunction<KvSessionEvent> counts;

	KvSessionCounters(ToDoubleFunction<KvSessionEvent> counts) {
		this.counts = counts;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindReads(registry);
		bindWrites(registry);
		bindIds(registry);
	}

	private void bindReads(MeterRegistry registry) {
		String nearCache = "Sessions looked for in memory";
		count(registry, KvSessionEvent.NEAR_CACHE_HIT, "near.cache", nearCache, "result", "hit");
		count(registry, KvSessionEvent.NEAR_CACHE_MISS, "near.cache", nearCache, "result", "miss");
		count(registry, KvSessionEvent.STALE_SERVED, "near.cache", nearCache, "result", "stale");
		count(registry, KvSessionEvent.STALE_WHILE_REVALIDATE, "near.cache", nearCache, "result", "revalidating");
		count(registry, KvSessionEvent.SOFT_TIMEOUT, "near.cache.soft.timeouts",
				"Requests served the known session because KV was slow");
		count(registry, KvSessionEvent.WAIT_REFUSED, "waits.refused",
				"Requests rejected because too many waited for KV already");
		count(registry, KvSessionEvent.SERVED_AFTER_END, "near.cache.ended",
				"Requests served a session that had ended elsewhere");
		count(registry, KvSessionEvent.REFRESHED, "near.cache.refreshes", "Sessions read again in the background");
		count(registry, KvSessionEvent.UNREADABLE, "unreadable", "Records or security contexts that could not be read");
		count(registry, KvSessionEvent.HANDOFF_USED, "handoffs", "Sessions adopted from a handoff cookie");
	}

	/*
	 * Repairs have a meter of their own, not a tag of the second looks: the looks without
	 * repair would be a difference of two counts, which can fall, and a counter that
	 * falls reads as a restart.
	 */
	private void bindWrites(MeterRegistry registry) {
		String writes = "Changes that were not written at once";
		count(registry, KvSessionEvent.COALESCED_WRITE, "writes", writes, "kind", "coalesced");
		count(registry, KvSessionEvent.DEFERRED_WRITE, "writes", writes, "kind", "deferred");
		count(registry, KvSessionEvent.DROPPED_WRITE, "writes", writes, "kind", "dropped");
		count(registry, KvSessionEvent.RECORD_WRITTEN, "records", "Session records written");
		counter(KvSessionEvent.RECORD_BYTES_WRITTEN, "record.bytes", "Size of the session records written")
			.baseUnit("bytes")
			.register(registry);
		String mended = "Second looks that led to a repair";
		count(registry, KvSessionEvent.SECOND_LOOK, "second.looks", "Records read again to verify a write");
		count(registry, KvSessionEvent.SECOND_LOOK_MERGED, "second.looks.mended", mended, "result", "merged");
		count(registry, KvSessionEvent.SECOND_LOOK_ENDED, "second.looks.mended", mended, "result", "ended");
	}

	private void bindIds(MeterRegistry registry) {
		count(registry, KvSessionEvent.TOMBSTONE_HIT, "tombstone.hits", "Uses of ids that had ended on this instance");
		count(registry, KvSessionEvent.REFUSED_ID, "refused.ids", "Ids that our generator cannot have made");
		count(registry, KvSessionEvent.GUESS_REFUSED, "guesses.refused",
				"Unknown ids rejected because most of them are guesses");
		count(registry, KvSessionEvent.UNKNOWN_ID, "unknown.ids", "Well-formed ids for which KV had no session");
		count(registry, KvSessionEvent.CREATED_LOGIN, "creations", "New sessions", "kind", "login");
		count(registry, KvSessionEvent.CREATED_LOGIN_START, "creations", "New sessions", "kind", "login_start");
		count(registry, KvSessionEvent.CREATED_ANONYMOUS, "creations", "New sessions", "kind", "anonymous");
		count(registry, KvSessionEvent.CREATION_REFUSED, "creations.refused",
				"New sessions without a user rejected because too many waited");
	}

	private void count(MeterRegistry registry, KvSessionEvent event, String name, String description, String... tags) {
		counter(event, name, description).tags(tags).register(registry);
	}

	/*
	 * Micrometer keeps a weak reference to the object it asks. An enum constant is never
	 * collected, so the counter goes on.
	 */
	private FunctionCounter.Builder<KvSessionEvent> counter(KvSessionEvent event, String name, String description) {
		return FunctionCounter.builder(KvSessionMetrics.PREFIX + name, event, this.counts).description(description);
	}

}
