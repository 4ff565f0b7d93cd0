package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.samples.OAuth2Samples;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SecurityContexts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session in memory holds the text of a long attribute once, and compressed.
 */
class PackedSnapshotTests {

	private static final Stamp AT = new Stamp(1, 0, "w");

	private static String record(Stamp rev) {
		return World.CODEC
			.encode(new SessionRecord(rev, Instant.EPOCH, Instant.EPOCH, null, Duration.ofDays(7), null, Map.of(),
					Map.of(SecurityContexts.ATTRIBUTE,
							World.CODEC.encodeAttribute(SecurityContexts.ATTRIBUTE, OAuth2Samples.plainContext(), AT)),
					Map.of(), Map.of()));
	}

	private static Snapshot snapshot(String text, Snapshot previous) {
		return new Snapshot(World.CODEC.decode(text), text.length(), Map.of(), previous);
	}

	private static int packedSize(Snapshot snapshot) {
		return snapshot.record().attributes().get(SecurityContexts.ATTRIBUTE).packedSize();
	}

	@Test
	@DisplayName("P4 a record that was kept in memory is written byte for byte")
	void isWrittenByteForByte() {
		String text = record(AT);
		Snapshot kept = snapshot(text, null);
		assertThat(packedSize(kept)).isPositive();
		assertThat(World.CODEC.encode(kept.record())).isEqualTo(text);
	}

	@Test
	void anAttributeThatStaysKeepsItsValueAndIsPackedInTheNextRecord() {
		Snapshot first = snapshot(record(AT), null);
		Snapshot next = snapshot(record(new Stamp(2, 0, "w")), first);
		assertThat(next.cell(SecurityContexts.ATTRIBUTE)).isSameAs(first.cell(SecurityContexts.ATTRIBUTE));
		assertThat(packedSize(next)).isPositive().isEqualTo(packedSize(first));
	}

}
