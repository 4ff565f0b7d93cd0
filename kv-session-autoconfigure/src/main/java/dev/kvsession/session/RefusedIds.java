package dev.kvsession.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Ids that were refused a short while ago: who guesses does not guess the same id again,
 * a user comes back. Keeps a hash of each in two megabytes, which are taken with the
 * first; a flood may push some out. Safe for concurrent use.
 */
final class RefusedIds {

	private static final int SLOTS = 1 << 18;

	private static final long KEPT_SECONDS = 60;

	/**
	 * The low bits of an entry are the second in which it was made, the others the hash.
	 */
	private static final long TIME = 0xFFFF;

	private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

	private static final int HALF = 32;

	private final LongSupplier nanoTime;

	private final long salt;

	private volatile @Nullable AtomicLongArray entries;

	RefusedIds(LongSupplier nanoTime, DoubleSupplier jitter) {
		this.nanoTime = nanoTime;
		this.salt = Double.doubleToLongBits(jitter.getAsDouble()) * MULTIPLIER;
	}

	void add(String id) {
		long hash = hash(id);
		entries().set(slot(hash), (hash & ~TIME) | second());
	}

	boolean contains(String id) {
		AtomicLongArray known = this.entries;
		if (known == null) {
			return false;
		}
		long hash = hash(id);
		long entry = known.get(slot(hash));
		boolean young = ((second() - entry) & TIME) <= KEPT_SECONDS;
		return young && (entry & ~TIME) == (hash & ~TIME);
	}

	private AtomicLongArray entries() {
		AtomicLongArray known = this.entries;
		return (known != null) ? known : allocate();
	}

	private synchronized AtomicLongArray allocate() {
		AtomicLongArray known = this.entries;
		if (known == null) {
			known = new AtomicLongArray(SLOTS);
			this.entries = known;
		}
		return known;
	}

	private long second() {
		return (this.nanoTime.getAsLong() / Duration.ofSeconds(1).toNanos()) & TIME;
	}

	private static int slot(long hash) {
		return (int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(SLOTS)));
	}

	private long hash(String id) {
		long hash = this.salt;
		for (int i = 0; i < id.length(); i++) {
			hash = (hash ^ id.charAt(i)) * MULTIPLIER;
			hash ^= hash >>> HALF;
		}
		return hash * MULTIPLIER;
	}

}
