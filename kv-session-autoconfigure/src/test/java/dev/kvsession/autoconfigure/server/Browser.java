package dev.kvsession.autoconfigure.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/**
 * Sends requests with one session cookie, follows no redirects, and keeps the cookie that
 * comes back.
 */
public final class Browser {

	private final HttpClient http = HttpClient.newHttpClient();

	private String cookie;

	private String url;

	public Browser(ShopApplication.Running application) {
		this(application.url());
	}

	public Browser(String url) {
		this.url = url;
	}

	public Browser withCookie(String value) {
		this.cookie = value;
		return this;
	}

	public String cookie() {
		return this.cookie;
	}

	/**
	 * Goes on with another instance.
	 */
	void turnTo(ShopApplication.Running application) {
		this.url = application.url();
	}

	public HttpResponse<String> login() {
		return login("username=ada&password=pw");
	}

	HttpResponse<String> login(String form) {
		return post("/login", form);
	}

	HttpResponse<String> post(String path, String form) {
		return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form)));
	}

	HttpResponse<String> delete(String path) {
		return send(request(path).DELETE());
	}

	HttpResponse<String> logout() {
		return send(request("/logout").POST(BodyPublishers.noBody()));
	}

	public HttpResponse<String> get(String path) {
		return send(request(path).GET());
	}

	/**
	 * Gets a page in whatever format it comes.
	 */
	public HttpResponse<String> getAny(String path) {
		return send(request(path).setHeader("Accept", "*/*").GET());
	}

	HttpResponse<String> getAny(String path, String header, String value) {
		return send(request(path).setHeader("Accept", "text/html").setHeader(header, value).GET());
	}

	static List<String> setCookies(HttpResponse<?> response) {
		return response.headers().allValues("set-cookie");
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.url + path)).header("Accept", "application/json");
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		if (this.cookie != null) {
			request.header("Cookie", "SESSION=" + this.cookie);
		}
		try {
			HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
			setCookies(response).stream()
				.filter((header) -> header.startsWith("SESSION="))
				.forEach((header) -> this.cookie = header.substring("SESSION=".length(), header.indexOf(';')));
			return response;
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
