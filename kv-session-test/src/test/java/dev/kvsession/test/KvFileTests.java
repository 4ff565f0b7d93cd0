package dev.kvsession.test;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.test.kv.KvEntry;

import static org.assertj.core.api.Assertions.assertThat;

class KvFileTests {

	private static final Instant EXPIRY = Instant.now().plus(Duration.ofDays(7));

	@TempDir
	private Path folder;

	private Path file;

	@BeforeEach
	void name() {
		this.file = this.folder.resolve("deeper").resolve("kv.json");
	}

	@Test
	void anotherProcessFindsValuesMetadataAndExpiry() {
		byte[] binary = { 0, (byte) 0xff, (byte) 0xfe };
		try (KvEmulator kv = KvEmulator.start()) {
			KvFile kept = new KvFile(this.file, kv.contents());
			kv.contents().put("text", new KvEntry("grün \"<\n".getBytes(StandardCharsets.UTF_8), "{\"a\":1}", EXPIRY));
			kv.contents().store("binary", binary, null);
			kv.contents().store("../ odd key", "", null);
			kept.changed();
			kept.close();
		}
		try (KvEmulator next = KvEmulator.start().keepIn(this.file)) {
			assertThat(next.contents().keys("")).containsExactlyInAnyOrder("text", "binary", "../ odd key");
			KvEntry text = next.contents().get("text");
			assertThat(text.text()).isEqualTo("grün \"<\n");
			assertThat(text.metadata()).isEqualTo("{\"a\":1}");
			assertThat(text.expiresAt()).isEqualTo(EXPIRY);
			assertThat(next.contents().get("binary").value()).containsExactly(binary);
		}
	}

	@Test
	void whatExpiredMeanwhileIsGone() throws IOException {
		Files.createDirectories(this.file.getParent());
		Files.writeString(this.file, """
				{"format":1,"entries":{"old":{"text":"x","expiresAt":"2020-01-01T00:00:00Z"},"new":{"text":"y"}}}""");
		try (KvEmulator kv = KvEmulator.start().keepIn(this.file)) {
			assertThat(kv.contents().keys("")).containsExactly("new");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "{\"format\":2,\"entries\":{}}", "{\"format\":1}",
			"{\"format\":1,\"entries\":{\"good\":{\"text\":\"x\"},\"bad\":{}}}",
			"{\"format\":1,\"entries\":{\"bad\":{\"base64\":\"?\"}}}",
			"{\"format\":1,\"entries\":{\"bad\":{\"text\":5}}}",
			"{\"format\":1,\"entries\":{\"bad\":{\"text\":\"x\",\"expiresAt\":\"soon\"}}}" })
	void aFileThatCannotBeReadIsPutAsideAndTheKvIsEmpty(String content) throws IOException {
		Files.createDirectories(this.file.getParent());
		Files.writeString(this.file, content);
		try (KvEmulator kv = KvEmulator.start().keepIn(this.file)) {
			assertThat(kv.contents().keys("")).isEmpty();
			assertThat(this.file).doesNotExist();
			assertThat(this.file.resolveSibling("kv.json.unreadable")).hasContent(content);
		}
	}

	@Test
	void aFileThatIsTooLargeIsNotRead() throws IOException {
		Files.createDirectories(this.file.getParent());
		try (RandomAccessFile sparse = new RandomAccessFile(this.file.toFile(), "rw")) {
			sparse.setLength(KvFile.MAX_BYTES + 1);
		}
		try (KvEmulator kv = KvEmulator.start().keepIn(this.file)) {
			assertThat(kv.contents().keys("")).isEmpty();
		}
	}

	@Test
	void contentsThatAreTooLargeLeaveTheFileAsItIs() throws IOException {
		try (KvEmulator kv = KvEmulator.start()) {
			KvFile kept = new KvFile(this.file, kv.contents());
			kv.contents().store("small", "x", null);
			kept.changed();
			kept.close();
			byte[] before = Files.readAllBytes(this.file);
			byte[] large = new byte[20 * 1024 * 1024];
			List.of("a", "b", "c").forEach((key) -> kv.contents().store(key, large, null));
			KvFile again = new KvFile(this.file, kv.contents());
			again.changed();
			again.close();
			assertThat(Files.readAllBytes(this.file)).isEqualTo(before);
			try (var files = Files.list(this.file.getParent())) {
				assertThat(files).containsExactly(this.file);
			}
		}
	}

	@Test
	void aKvThatNobodyChangedLeavesTheFileToTheOneThatDoes() {
		KvEmulator idle = KvEmulator.start().keepIn(this.file);
		idle.close();
		assertThat(this.file).doesNotExist();
	}

	@Test
	void aPlaceThatCannotBeWrittenStopsNothing() throws IOException {
		Files.writeString(this.folder.resolve("deeper"), "a file, where a folder should be");
		try (KvEmulator kv = KvEmulator.start()) {
			KvFile kept = new KvFile(this.file, kv.contents());
			kept.load();
			kept.changed();
			kept.close();
		}
	}

}
