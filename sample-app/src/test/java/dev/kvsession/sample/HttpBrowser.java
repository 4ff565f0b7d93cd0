package dev.kvsession.sample;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.web.util.HtmlUtils;

import dev.kvsession.sample.github.DemoUser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A visitor with cookies who follows redirects by hand, so that each answer can be seen.
 */
final class HttpBrowser {

	/**
	 * As a browser's: asking for JSON by name would switch Spring's request cache off.
	 */
	private static final String ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

	private static final Pattern HIDDEN = Pattern
		.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final Map<String, String> headers = new LinkedHashMap<>(Map.of("Accept", ACCEPT));

	private final URI base;

	HttpBrowser(URI base) {
		this.base = base;
	}

	/** Sends a header with each request from now on. */
	HttpBrowser with(String header, String value) {
		this.headers.put(header, value);
		return this;
	}

	HttpResponse<String> get(String address) {
		return send(request(address).GET());
	}

	HttpResponse<String> post(String address, Map<String, String> form) {
		String body = form.entrySet()
			.stream()
			.map((field) -> encode(field.getKey()) + "=" + encode(field.getValue()))
			.collect(Collectors.joining("&"));
		return send(request(address).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body)));
	}

	/**
	 * Walks from the click on the login button to the choice of a user; answers what the
	 * callback said.
	 */
	HttpResponse<String> logIn(DemoUser user, String query) {
		return get(callbackOf(Map.of("user", user.login()), query));
	}

	/** Walks as far as GitHub's redirect to the callback, and answers its address. */
	String callbackOf(Map<String, String> choice, String query) {
		String authorize = location(get("/oauth2/authorization/github" + query));
		Map<String, String> form = hiddenFields(get(authorize));
		form.putAll(choice);
		return location(post(URI.create(authorize).resolve("/login/oauth/decide").toString(), form));
	}

	HttpResponse<String> logOut() {
		return post("/logout", hiddenFields(get("/me")));
	}

	Optional<HttpCookie> cookie(String name) {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.findFirst();
	}

	/**
	 * Takes a cookie as if this server had set it; without a path it would not be sent.
	 */
	void take(HttpCookie cookie) {
		if (cookie.getPath() == null) {
			cookie.setPath("/");
			cookie.setVersion(0);
		}
		this.cookies.getCookieStore().add(this.base, cookie);
		assertThat(cookieHeader()).contains(cookie.getName() + "=" + cookie.getValue());
	}

	private String cookieHeader() {
		try {
			return this.cookies.get(this.base.resolve("/"), Map.of()).toString();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String location(HttpResponse<?> response) {
		return response.headers()
			.firstValue("Location")
			.orElseThrow(() -> new AssertionError("No redirect, but " + response.statusCode() + " " + response.body()));
	}

	/** The Set-Cookie headers for one cookie, as they came. */
	static List<String> setCookies(HttpResponse<?> response, String name) {
		return response.headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((header) -> header.startsWith(name + "="))
			.toList();
	}

	/** What the forms of a page send along. */
	static Map<String, String> hiddenFields(HttpResponse<String> page) {
		Map<String, String> fields = new LinkedHashMap<>();
		Matcher matcher = HIDDEN.matcher(page.body());
		while (matcher.find()) {
			fields.put(matcher.group(1), HtmlUtils.htmlUnescape(matcher.group(2)));
		}
		return fields;
	}

	private HttpRequest.Builder request(String address) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.base.resolve(address));
		this.headers.forEach(request::header);
		return request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
