package dev.kvsession.sample.github;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;

/**
 * GitHub's authorize, token and user endpoints with two demo users, on a free port of
 * this machine. It checks what GitHub checks: client id and secret, redirect address,
 * PKCE, and that a code is used once. Its answers to mistakes are GitHub's too: the token
 * endpoint says 200 with an {@code error}.
 */
public final class GitHubStandIn implements AutoCloseable {

	private static final String CLIENT_ID = "stand-in-client";

	private static final String CLIENT_SECRET = "stand-in-client-secret";

	private final Grants grants = new Grants();

	private final AuthorizePage page = new AuthorizePage(CLIENT_ID, this.grants);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	private volatile int tokenStatus = 200;

	private GitHubStandIn(HttpServer server) {
		this.server = server;
		serve("/login/oauth/authorize", this.page::handle);
		serve("/login/oauth/decide", this.page::decide);
		serve("/login/oauth/access_token", this::token);
		serve("/user", this::user);
		serve("/avatars/", GitHubStandIn::avatar);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	public static GitHubStandIn start() throws IOException {
		return new GitHubStandIn(listen(0));
	}

	/**
	 * Starts on a port, or on another one if somebody else has it. Pictures of users have
	 * the port in their address, and sessions have those addresses: with the same port
	 * they are still seen after a restart. Otherwise nothing here has to survive.
	 */
	public static GitHubStandIn startOn(int port) throws IOException {
		try {
			return new GitHubStandIn(listen(port));
		}
		catch (BindException ex) {
			return start();
		}
	}

	private static HttpServer listen(int port) throws IOException {
		return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
	}

	/** Lets the token endpoint answer with a status; 200 restores it. */
	public void answerTokenRequestsWith(int status) {
		this.tokenStatus = status;
	}

	public String baseUrl() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	/** The properties that make an app log in here. */
	public Map<String, String> properties() {
		String registration = "spring.security.oauth2.client.registration.github.";
		String provider = "spring.security.oauth2.client.provider.github.";
		return Map.of(registration + "client-id", CLIENT_ID, registration + "client-secret", CLIENT_SECRET,
				provider + "authorization-uri", baseUrl() + "/login/oauth/authorize", provider + "token-uri",
				baseUrl() + "/login/oauth/access_token", provider + "user-info-uri", baseUrl() + "/user",
				"sample.image-sources", baseUrl());
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void serve(String path, Endpoint endpoint) {
		this.server.createContext(path, (http) -> {
			try (http) {
				endpoint.handle(new Exchange(http));
			}
		});
	}

	private void token(Exchange exchange) throws IOException {
		var form = exchange.form();
		if (this.tokenStatus != 200) {
			exchange.html(this.tokenStatus, "<h1>Unicorn!</h1>");
			return;
		}
		String credentials = CLIENT_ID + ":" + CLIENT_SECRET;
		String basic = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
		if (!basic.equals(exchange.header("Authorization"))) {
			exchange.json(200, Map.of("error", "incorrect_client_credentials"));
			return;
		}
		Optional<String> token = this.grants.redeem(form.getOrDefault("code", ""),
				form.getOrDefault("redirect_uri", ""), form.getOrDefault("code_verifier", ""));
		exchange.json(200,
				token
					.<Map<String, String>>map(
							(value) -> Map.of("access_token", value, "token_type", "bearer", "scope", "read:user"))
					.orElse(Map.of("error", "bad_verification_code")));
	}

	private void user(Exchange exchange) throws IOException {
		Optional<DemoUser> user = this.grants.userOf(exchange.header("Authorization").replaceFirst("^Bearer ", ""));
		if (user.isPresent()) {
			exchange.json(200, user.get().profile(baseUrl()));
		}
		else {
			exchange.json(401, Map.of("message", "Bad credentials"));
		}
	}

	private static void avatar(Exchange exchange) throws IOException {
		String login = exchange.path().replaceFirst("^/avatars/([a-z]+)\\.svg$", "$1");
		DemoUser user = DemoUser.named(login);
		exchange.svg("""
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><rect width="72" height="72" fill="%s"/>\
				<circle cx="36" cy="28" r="13" fill="#fff" fill-opacity=".92"/>\
				<path d="M10 72c2-19 13-27 26-27s24 8 26 27z" fill="#fff" fill-opacity=".92"/></svg>"""
			.formatted(user.colour()));
	}

	@FunctionalInterface
	private interface Endpoint {

		void handle(Exchange exchange) throws IOException;

	}

}
