package dev.kvsession.autoconfigure.server;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/**
 * A browser behind a load balancer without stickiness: each request goes to the next
 * instance. Keeps its cookies as browsers do.
 */
final class BalancedBrowser {

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final List<ShopApplication.Running> instances;

	private final Runnable beforeEach;

	private int requests;

	BalancedBrowser(Runnable beforeEach, ShopApplication.Running... instances) {
		this.beforeEach = beforeEach;
		this.instances = List.of(instances);
	}

	/**
	 * A thief's browser with a copy of this one's cookies.
	 */
	BalancedBrowser copy(ShopApplication.Running... instances) {
		BalancedBrowser copy = new BalancedBrowser(this.beforeEach, instances);
		this.cookies.getCookieStore().getCookies().forEach((cookie) -> copy.cookies.getCookieStore().add(null, cookie));
		return copy;
	}

	List<String> cookieNames() {
		return this.cookies.getCookieStore().getCookies().stream().map(HttpCookie::getName).sorted().toList();
	}

	HttpResponse<String> login() {
		return send("/login",
				HttpRequest.newBuilder()
					.header("Accept", "application/json")
					.header("Content-Type", "application/x-www-form-urlencoded")
					.POST(BodyPublishers.ofString("username=ada&password=pw")));
	}

	HttpResponse<String> logout() {
		return send("/logout",
				HttpRequest.newBuilder().header("Accept", "application/json").POST(BodyPublishers.noBody()));
	}

	HttpResponse<String> get(String path) {
		return send(path, HttpRequest.newBuilder().header("Accept", "application/json"));
	}

	/**
	 * Gets a page as a user who may have to log in first.
	 */
	HttpResponse<String> getPage(String path) {
		return send(path, HttpRequest.newBuilder().header("Accept", "text/html"));
	}

	private HttpResponse<String> send(String path, HttpRequest.Builder request) {
		this.beforeEach.run();
		// Java's client takes a cookie with Max-Age for one of RFC 2965, and quotes it.
		this.cookies.getCookieStore().getCookies().forEach((cookie) -> cookie.setVersion(0));
		String url = this.instances.get(this.requests++ % this.instances.size()).url() + path;
		try {
			return this.http.send(request.uri(URI.create(url)).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

}
