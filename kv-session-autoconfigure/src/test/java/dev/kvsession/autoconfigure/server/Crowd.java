package dev.kvsession.autoconfigure.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * Many clients of one application that ask at the same time.
 */
final class Crowd implements AutoCloseable {

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.executor(Executors.newFixedThreadPool(2, Crowd::thread))
		.build();

	private final String url;

	Crowd(ShopApplication.Running application) {
		this.url = application.url();
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "crowd");
		thread.setDaemon(true);
		return thread;
	}

	CompletableFuture<HttpResponse<String>> get(String path, String cookie) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path))
			.header("Accept", "application/json");
		if (cookie != null) {
			request.header("Cookie", cookie);
		}
		return this.http.sendAsync(request.build(), BodyHandlers.ofString());
	}

	/**
	 * Lets all ask at once, each with a cookie of their own.
	 */
	List<CompletableFuture<HttpResponse<String>>> get(String path, int many, IntFunction<String> cookie) {
		List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
		for (int i = 0; i < many; i++) {
			answers.add(get(path, cookie.apply(i)));
		}
		return answers;
	}

	static List<HttpResponse<String>> join(List<CompletableFuture<HttpResponse<String>>> answers) {
		return answers.stream().map(CompletableFuture::join).toList();
	}

	@Override
	public void close() {
		// The threads end with the JVM.
	}

}
