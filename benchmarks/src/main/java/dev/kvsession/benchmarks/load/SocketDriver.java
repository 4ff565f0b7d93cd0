package dev.kvsession.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * Drives load from this JVM, a blocking socket and a thread for each connection. Takes
 * more CPU from the application than wrk does; only for where that is missing.
 */
final class SocketDriver implements LoadDriver {

	private final List<byte[]> requests = new ArrayList<>();

	private final AtomicInteger turn = new AtomicInteger();

	SocketDriver(List<String> sessionIds) {
		for (String id : sessionIds) {
			String cookie = Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
			this.requests.add(("GET /me HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: SESSION=" + cookie + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		}
	}

	@Override
	public Load drive(int port, int seconds) throws IOException {
		ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
		try {
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
			List<CompletableFuture<long[]>> connections = new ArrayList<>();
			for (int i = 0; i < CONNECTIONS; i++) {
				connections.add(CompletableFuture.supplyAsync(() -> run(port, end), threads));
			}
			long[] nanos = connections.stream()
				.map(CompletableFuture::join)
				.flatMapToLong(LongStream::of)
				.sorted()
				.toArray();
			return new Load((double) nanos.length / seconds, nanos[nanos.length / 2] / 1e6,
					nanos[nanos.length * 99 / 100] / 1e6);
		}
		finally {
			threads.shutdown();
		}
	}

	private long[] run(int port, long end) {
		LongStream.Builder nanos = LongStream.builder();
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(socket.getInputStream());
			OutputStream out = socket.getOutputStream();
			for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
				out.write(this.requests.get(Math.floorMod(this.turn.getAndIncrement(), this.requests.size())));
				readAnswer(in);
				nanos.add(System.nanoTime() - start);
			}
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		return nanos.build().toArray();
	}

	private static void readAnswer(InputStream in) throws IOException {
		if (!line(in).contains(" 200 ")) {
			throw new IOException("A request failed");
		}
		int length = -1;
		for (String header = line(in); !header.isEmpty(); header = line(in)) {
			if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
				length = Integer.parseInt(header.substring(15).strip());
			}
		}
		if (length >= 0) {
			in.readNBytes(length);
			return;
		}
		for (int chunk = chunkLength(in); chunk > 0; chunk = chunkLength(in)) {
			in.readNBytes(chunk);
			line(in);
		}
		line(in);
	}

	private static int chunkLength(InputStream in) throws IOException {
		return Integer.parseInt(line(in).strip(), 16);
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int octet = in.read(); octet != '\n'; octet = in.read()) {
			if (octet < 0) {
				throw new IOException("The connection was closed");
			}
			if (octet != '\r') {
				line.append((char) octet);
			}
		}
		return line.toString();
	}

}
