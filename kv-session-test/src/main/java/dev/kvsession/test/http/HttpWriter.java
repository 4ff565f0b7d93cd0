package dev.kvsession.test.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.kvsession.test.kv.KvEmulatorResponse;

/** Delivers an answer over a connection, or resets it, as slowly as the answer says. */
final class HttpWriter {

	/** Names each answer, as Cloudflare does. */
	private static final AtomicLong RAYS = new AtomicLong(System.nanoTime());

	private final Socket socket;

	private final OutputStream out;

	HttpWriter(Socket socket, OutputStream out) {
		this.socket = socket;
		this.out = out;
	}

	/** Waits for the latency, then delivers; {@code headOnly} leaves the body out. */
	void deliver(KvEmulatorResponse response, boolean headOnly) throws IOException, InterruptedException {
		pause(response.latency());
		switch (response.delivery()) {
			case RESET_BEFORE, LOST_AFTER_WRITE -> reset();
			case SLOW_DRIP -> drip(response);
			case ANSWERED -> {
				this.out.write(head(response));
				if (!headOnly) {
					this.out.write(response.body());
				}
				this.out.flush();
			}
		}
	}

	private void drip(KvEmulatorResponse response) throws IOException, InterruptedException {
		this.out.write(head(response));
		this.out.flush();
		for (byte next : response.body()) {
			pause(response.dripInterval());
			this.out.write(next);
			this.out.flush();
		}
	}

	private void reset() throws IOException {
		// With no time to linger, close sends RST instead of FIN.
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	private static void pause(Duration duration) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(duration.toNanos());
	}

	private static byte[] head(KvEmulatorResponse response) {
		StringBuilder head = new StringBuilder("HTTP/1.1 ").append(response.status()).append(" Emulated\r\n");
		response.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		head.append("cf-ray: ").append(Long.toHexString(RAYS.incrementAndGet())).append("-KVE\r\n");
		head.append("content-length: ").append(response.body().length).append("\r\n\r\n");
		return head.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

}
