package dev.kvsession.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.kvsession.test.kv.KvEntry;

/**
 * A JSON file with the entries of a KV, so that they survive the process. It is written a
 * second after a change and at close, to a temporary file that is then moved, so that it
 * is always complete. A file that cannot be read is renamed with a warning, and the KV
 * starts empty. Safe for concurrent use.
 */
final class KvFile implements AutoCloseable {

	/** Larger files are neither written nor read: all is in memory at once. */
	static final long MAX_BYTES = 64L * 1024 * 1024;

	private static final int FORMAT = 1;

	private static final System.Logger logger = System.getLogger(KvEmulator.class.getName());

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Path file;

	private final KvContents contents;

	private final ScheduledThreadPoolExecutor writer = new ScheduledThreadPoolExecutor(1, KvFile::thread);

	private final AtomicBoolean changed = new AtomicBoolean();

	KvFile(Path file, KvContents contents) {
		this.file = file.toAbsolutePath().normalize();
		this.contents = contents;
		this.writer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
		this.writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	void load() {
		if (!Files.exists(this.file)) {
			return;
		}
		try {
			if (Files.size(this.file) > MAX_BYTES) {
				throw new IOException("it is larger than " + MAX_BYTES + " bytes");
			}
			entries(JSON.readTree(Files.readAllBytes(this.file))).forEach(this.contents::put);
		}
		catch (IOException | RuntimeException ex) {
			// Jackson quotes the text around the error, and so stored values.
			String reason = (ex instanceof JacksonException) ? "it is not the JSON that was written" : ex.getMessage();
			logger.log(System.Logger.Level.WARNING, "KvEmulator starts empty, because it cannot read " + this.file
					+ ": " + reason + ". The file is put aside as " + putAside() + ".");
		}
	}

	void changed() {
		if (!this.changed.getAndSet(true)) {
			this.writer.schedule(this::save, 1, TimeUnit.SECONDS);
		}
	}

	@Override
	public void close() {
		this.writer.shutdown();
		save();
	}

	private synchronized void save() {
		if (!this.changed.getAndSet(false)) {
			return;
		}
		try {
			byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json());
			if (bytes.length > MAX_BYTES) {
				throw new IOException("it would be larger than " + MAX_BYTES + " bytes");
			}
			replace(bytes);
		}
		catch (IOException ex) {
			logger.log(System.Logger.Level.WARNING, "KvEmulator cannot write " + this.file + ": " + ex.getMessage()
					+ ". What is stored is kept in memory only.");
		}
	}

	private void replace(byte[] bytes) throws IOException {
		Path folder = this.file.getParent();
		Files.createDirectories(folder);
		Path whole = Files.createTempFile(folder, this.file.getFileName().toString(), ".tmp");
		try {
			Files.write(whole, bytes);
			try {
				Files.move(whole, this.file, StandardCopyOption.ATOMIC_MOVE);
			}
			catch (AtomicMoveNotSupportedException ex) {
				Files.move(whole, this.file, StandardCopyOption.REPLACE_EXISTING);
			}
		}
		finally {
			Files.deleteIfExists(whole);
		}
	}

	private ObjectNode json() {
		ObjectNode json = JSON.createObjectNode();
		json.put("format", FORMAT);
		ObjectNode entries = json.putObject("entries");
		for (String key : this.contents.keys("")) {
			KvEntry entry = this.contents.get(key);
			if (entry != null) {
				write(entry, entries.putObject(key));
			}
		}
		return json;
	}

	private static void write(KvEntry entry, ObjectNode json) {
		try {
			json.put("text", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(entry.value())).toString());
		}
		catch (CharacterCodingException ex) {
			json.put("base64", Base64.getEncoder().encodeToString(entry.value()));
		}
		if (entry.metadata() != null) {
			json.put("metadata", entry.metadata());
		}
		if (entry.expiresAt() != null) {
			json.put("expiresAt", entry.expiresAt().toString());
		}
	}

	// All entries or none: part of a file would be a KV that has lost keys.
	private static Map<String, KvEntry> entries(JsonNode json) {
		if (json.path("format").asInt(0) != FORMAT || !json.path("entries").isObject()) {
			throw new IllegalArgumentException("it is no file of this format");
		}
		Map<String, KvEntry> entries = new LinkedHashMap<>();
		json.get("entries").properties().forEach((entry) -> entries.put(entry.getKey(), entry(entry.getValue())));
		return entries;
	}

	private static KvEntry entry(JsonNode json) {
		byte[] value = json.has("text") ? json.get("text").stringValue().getBytes(StandardCharsets.UTF_8)
				: Base64.getDecoder().decode(json.required("base64").stringValue());
		@Nullable String expiresAt = json.path("expiresAt").stringValue(null);
		return new KvEntry(value, json.path("metadata").stringValue(null),
				(expiresAt != null) ? Instant.parse(expiresAt) : null);
	}

	private Path putAside() {
		Path aside = this.file.resolveSibling(this.file.getFileName() + ".unreadable");
		try {
			return Files.move(this.file, aside, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			return this.file;
		}
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "kv-emulator-file");
		thread.setDaemon(true);
		return thread;
	}

}
