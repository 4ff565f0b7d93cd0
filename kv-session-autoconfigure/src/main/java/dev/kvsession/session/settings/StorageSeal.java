package dev.kvsession.session.settings;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How what lies in KV is protected from those who can read or change it there.
 * Implementations are safe for concurrent use and do no I/O.
 */
public interface StorageSeal {

	/** Returns what to store under a key. */
	String sealRecord(String key, String record);

	/**
	 * Returns the record of what is stored under a key. Throws an
	 * {@link dev.kvsession.codec.UnreadableRecordException} if that cannot be opened or
	 * must not be trusted.
	 */
	String openRecord(String key, String stored);

	/**
	 * Returns what may stand for a value in the keys of an index, the name that is
	 * written first; {@code plain} is the value as a key segment.
	 */
	List<String> names(String index, String value, String plain);

	/** Returns the metadata to store with a key. */
	String sealMetadata(String key, String metadata);

	/** Opens a key's metadata; {@code null} if that cannot be opened. */
	@Nullable String openMetadata(String key, String stored);

	/** Whether what is written is sealed, and so longer. */
	boolean isSealing();

}
