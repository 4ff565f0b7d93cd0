package dev.kvsession.client.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Reads the body of an answer, has its {@link HttpExchange} judge it before the JDK's
 * client sees its end, and closes the connection if the answer is not accepted or has no
 * {@code CF-Ray}: the client would use it again as soon as the end is read. Used by one
 * thread at a time.
 */
final class JdkBody implements HttpResponse.BodySubscriber<ClientHttpResponse> {

	private final CompletableFuture<ClientHttpResponse> response = new CompletableFuture<>();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final HttpStatusCode status;

	private final HttpHeaders headers = new HttpHeaders();

	private final HttpExchange exchange;

	private final TransportLimits limits;

	private final boolean chunked;

	private Flow.@Nullable Subscription subscription;

	private boolean judged;

	private int depth;

	private boolean quoted;

	private boolean escaped;

	private boolean ended;

	private boolean other;

	JdkBody(HttpResponse.ResponseInfo info, HttpExchange exchange, TransportLimits limits) {
		exchange.answerBegins();
		this.status = HttpStatusCode.valueOf(info.statusCode());
		info.headers().map().forEach(this.headers::addAll);
		this.exchange = exchange;
		this.limits = limits;
		this.chunked = "chunked".equalsIgnoreCase(this.headers.getFirst(HttpHeaders.TRANSFER_ENCODING));
	}

	@Override
	public CompletionStage<ClientHttpResponse> getBody() {
		return this.response;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		boolean empty = this.status.value() == 204 || this.status.value() == 304;
		if (!empty && !this.chunked && this.headers.getContentLength() < 0) {
			// It cannot be told from one that was cut short.
			fail(new ProtocolException("The answer has neither a length nor chunks"));
			return;
		}
		if (this.headers.getContentLength() == 0) {
			judge();
		}
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		for (ByteBuffer buffer : buffers) {
			byte[] next = new byte[buffer.remaining()];
			buffer.get(next);
			this.bytes.writeBytes(next);
			for (int i = 0; i < next.length && this.chunked; i++) {
				follow(next[i]);
			}
		}
		if (this.judged && this.other) {
			fail(new ProtocolException("The answer goes on after its end"));
		}
		else if (this.bytes.size() > this.limits.maxResponseBytes()) {
			fail(this.limits.exceeded());
		}
		else if (this.chunked ? this.ended || this.other : this.bytes.size() >= this.headers.getContentLength()) {
			judge();
		}
	}

	/*
	 * Finds the end of the one JSON object that KV answers with, or that the answer is
	 * something else.
	 */
	private void follow(byte octet) {
		if (this.quoted) {
			this.quoted = this.escaped || octet != '"';
			this.escaped = !this.escaped && octet == '\\';
		}
		else if (octet < 0 || octet > ' ') {
			this.other |= this.depth == 0 && (octet != '{' || this.ended);
			this.quoted = octet == '"';
			this.depth += (octet == '{') ? 1 : (octet == '}') ? -1 : 0;
			this.ended |= octet == '}' && this.depth == 0;
		}
	}

	private void judge() {
		this.judged = true;
		if (!isAccepted() || !this.headers.containsHeader(RepeatedAnswers.RAY)) {
			fail(new LastAnswer(response(), false));
		}
	}

	private boolean isAccepted() {
		return this.exchange
			.accepts(RestClientTransport.answer(this.status.value(), this.headers, this.bytes.toByteArray()));
	}

	private Response response() {
		return new Response(this.status, this.headers, this.bytes.toByteArray());
	}

	private void fail(Exception failure) {
		this.response.completeExceptionally(failure);
		if (this.subscription != null) {
			this.subscription.cancel();
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.response.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		if (isAccepted()) {
			this.response.complete(response());
		}
		else {
			// Closes the connection if there was no body to read.
			this.response.completeExceptionally(new LastAnswer(response(), this.chunked));
		}
	}

	/**
	 * An answer that has been read. Immutable.
	 */
	private record Response(HttpStatusCode getStatusCode, HttpHeaders getHeaders,
			byte[] body) implements ClientHttpResponse {

		@Override
		public String getStatusText() {
			return "";
		}

		@Override
		public InputStream getBody() {
			return new ByteArrayInputStream(this.body);
		}

		@Override
		public void close() {
		}

	}

	/**
	 * Ends a call so that its connection is closed: its answer is not accepted, or its
	 * repetition could not be detected on that connection.
	 */
	static final class LastAnswer extends Exception {

		private static final long serialVersionUID = 1L;

		/** The answer. */
		final transient ClientHttpResponse response;

		/** Whether its connection may already be in use again. */
		final boolean late;

		LastAnswer(ClientHttpResponse response, boolean late) {
			super(null, null, false, false);
			this.response = response;
			this.late = late;
		}

	}

}
