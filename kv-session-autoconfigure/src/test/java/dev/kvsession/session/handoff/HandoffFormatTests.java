package dev.kvsession.session.handoff;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.codec.Stamp;
import dev.kvsession.session.settings.SecureSessionIdGenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HandoffFormatTests {

	private static final int ROOM = 2600;

	private static final Stamp REV = new Stamp(1_790_000_000_000L, 7, "i1");

	private static final String ID = new SecureSessionIdGenerator().generate();

	private static Handoff handoff(String record) {
		return new Handoff(ID, REV, 1_790_000_000_123L, record);
	}

	@Test
	void comesBack() {
		for (String record : Arrays.asList(null, "{}", "{\"name\":\"größe 🍵\"}".repeat(100))) {
			assertThat(HandoffFormat.read(HandoffFormat.write(handoff(record), ROOM))).isEqualTo(handoff(record));
		}
	}

	@Test
	void leavesOutARecordThatDoesNotFit() {
		String random = new Random(1).ints(ROOM * 2, 'a', 'z')
			.collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
			.toString();
		byte[] bytes = HandoffFormat.write(handoff(random), ROOM);
		assertThat(bytes).hasSizeLessThan(200);
		assertThat(HandoffFormat.read(bytes)).isEqualTo(handoff(null));
	}

	@Test
	void isNeverLongerThanItsRoom() {
		Random random = new Random(2);
		for (int length = 2000; length < 4000; length += 7) {
			StringBuilder text = new StringBuilder();
			random.ints(length, 'a', 'z').forEach((c) -> text.append((char) c));
			assertThat(HandoffFormat.write(handoff(text.toString()), ROOM)).hasSizeLessThanOrEqualTo(ROOM);
		}
	}

	@Test
	void doesNotTellTheLengthOfASmallChange() {
		assertThat(HandoffFormat.write(handoff("{\"a\":\"x\"}"), ROOM))
			.hasSameSizeAs(HandoffFormat.write(handoff("{\"a\":\"xyz\"}"), ROOM));
	}

	@Test
	@DisplayName("P9 a small text does not swell beyond the bound")
	void boundsWhatItExpands() throws IOException {
		byte[] bomb = deflated(new byte[10 * 1024 * 1024]);
		assertThat(bomb).hasSizeLessThan(20_000);
		assertThatIllegalArgumentException().isThrownBy(() -> HandoffFormat.read(withRecord(bomb)));
		String longest = "x".repeat(HandoffFormat.MAX_BYTES);
		assertThat(HandoffFormat.read(HandoffFormat.write(handoff(longest), ROOM)).record()).isEqualTo(longest);
		assertThat(HandoffFormat.read(HandoffFormat.write(handoff(longest + "x"), ROOM)).record()).isNull();
	}

	@Test
	void refusesWhatEndsTooEarly() {
		byte[] bytes = HandoffFormat.write(handoff("{\"a\":\"" + "b".repeat(100) + "\"}"), ROOM);
		for (int length = 0; length < 60; length++) {
			byte[] cut = Arrays.copyOf(bytes, length);
			assertThatIllegalArgumentException().as(length + " bytes").isThrownBy(() -> HandoffFormat.read(cut));
		}
	}

	private static byte[] deflated(byte[] bytes) {
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		deflater.setInput(bytes);
		deflater.finish();
		byte[] compressed = new byte[64 * 1024];
		int length = deflater.deflate(compressed);
		deflater.end();
		return Arrays.copyOf(compressed, length);
	}

	private static byte[] withRecord(byte[] record) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeLong(1_790_000_000_123L);
		out.writeUTF(ID);
		out.writeUTF(REV.toString());
		out.writeShort(record.length);
		out.write(record);
		return bytes.toByteArray();
	}

}
