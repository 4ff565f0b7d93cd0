package dev.kvsession.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** Reads the output of a Worker's process: its address, its properties and errors. */
final class EdgeWorkerOutput implements Runnable {

	static final String READY = "Ready on";

	private static final String PROPERTY = "cloudflare.kv.";

	/** The last property: the Worker is ready. */
	static final String TOKEN = PROPERTY + "api-token";

	private static final int SECONDS_TO_START = 60;

	private static final int LAST_WORDS = 20;

	private final Process process;

	private final Map<String, String> lines = new TreeMap<>();

	private final Deque<String> lastWords = new ConcurrentLinkedDeque<>();

	private final CompletableFuture<Map<String, String>> ready = new CompletableFuture<>();

	private EdgeWorkerOutput(Process process) {
		this.process = process;
	}

	static Map<String, String> awaitReady(Process process) {
		EdgeWorkerOutput output = new EdgeWorkerOutput(process);
		Thread reader = new Thread(output, "edge-worker-output");
		reader.setDaemon(true);
		reader.start();
		try {
			return output.ready.orTimeout(SECONDS_TO_START, TimeUnit.SECONDS).join();
		}
		catch (CompletionException ex) {
			EdgeWorker.kill(process);
			throw new IllegalStateException("The Worker did not start; it last said: " + output.lastWords, ex);
		}
	}

	/** Reads to the end, so that the process never waits for a reader. */
	@Override
	public void run() {
		try (BufferedReader reader = this.process.inputReader()) {
			reader.lines().forEach(this::read);
			this.ready.completeExceptionally(new IOException("It has ended"));
		}
		catch (IOException | RuntimeException ex) {
			this.ready.completeExceptionally(ex);
		}
	}

	private void read(String line) {
		if (this.ready.isDone()) {
			return;
		}
		String text = line.trim();
		this.lastWords.add(text);
		if (this.lastWords.size() > LAST_WORDS) {
			this.lastWords.remove();
		}
		if (text.startsWith(READY)) {
			this.lines.put(READY, text.substring(READY.length()).trim());
		}
		else if (text.startsWith(PROPERTY)) {
			String[] pair = text.split("=", 2);
			this.lines.put(pair[0], pair[1]);
			if (TOKEN.equals(pair[0])) {
				this.ready.complete(this.lines);
			}
		}
	}

}
