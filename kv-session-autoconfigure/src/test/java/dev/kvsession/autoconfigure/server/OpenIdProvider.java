package dev.kvsession.autoconfigure.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An OpenID provider on a real server: users log in without a question, its tokens are
 * signed, and it calls applications when a user logs out.
 */
final class OpenIdProvider implements AutoCloseable {

	static final String CLIENT = "shop";

	private static final Instant LONG_AGO = Instant.ofEpochSecond(1_600_000_000);

	private static final Instant FAR_AWAY = Instant.ofEpochSecond(4_000_000_000L);

	private final HttpClient http = HttpClient.newHttpClient();

	private final Map<String, JWTClaimsSet> codes = new ConcurrentHashMap<>();

	private final RSAKey key = newKey();

	private final HttpServer server;

	OpenIdProvider() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/jwks",
				(exchange) -> answer(exchange, new JWKSet(this.key.toPublicJWK()).toString()));
		this.server.createContext("/token", this::token);
		this.server.start();
	}

	String issuer() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * Logs a user in: what the browser does from the application's link until it is back.
	 */
	void login(Browser browser, String subject, String sid) {
		URI page = URI.create(location(browser.get("/oauth2/authorization/op")));
		Map<String, String> query = parameters(page.getRawQuery());
		String code = UUID.randomUUID().toString();
		this.codes.put(code,
				claims(LONG_AGO).subject(subject)
					.claim("sid", sid)
					.claim("nonce", decoded(query.get("nonce")))
					.build());
		location(browser.get("/login/oauth2/code/op?code=" + code + "&state=" + query.get("state")));
	}

	private static String location(HttpResponse<String> response) {
		return response.headers().firstValue("location").orElseThrow();
	}

	private void token(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		JWTClaimsSet claims = this.codes.remove(parameters(body).get("code"));
		answer(exchange, """
				{"access_token":"a","token_type":"Bearer","expires_in":300,"scope":"openid","id_token":"%s"}
				""".formatted(signed(claims, this.key)));
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	/**
	 * The claims of a logout token, without those that name a session or a subject.
	 */
	JWTClaimsSet.Builder logout(Instant issuedAt) {
		return claims(issuedAt).jwtID(UUID.randomUUID().toString())
			.claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
	}

	private JWTClaimsSet.Builder claims(Instant issuedAt) {
		return new JWTClaimsSet.Builder().issuer(issuer())
			.audience(List.of(CLIENT))
			.issueTime(Date.from(issuedAt))
			.expirationTime(Date.from(FAR_AWAY));
	}

	/**
	 * Sends a logout token to an instance.
	 * @return the answer's status
	 */
	int send(JWTClaimsSet token, ShopApplication.Running instance) {
		return send(signed(token, this.key), instance);
	}

	/**
	 * Sends a logout token that somebody else has signed.
	 */
	int sendForged(JWTClaimsSet token, ShopApplication.Running instance) {
		return send(signed(token, newKey()), instance);
	}

	private int send(String token, ShopApplication.Running instance) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(instance.url() + "/logout/connect/back-channel/op"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("logout_token=" + token))
			.build();
		try {
			return this.http.send(request, BodyHandlers.ofString()).statusCode();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	private static RSAKey newKey() {
		try {
			return new RSAKeyGenerator(2048).keyID("key").generate();
		}
		catch (JOSEException ex) {
			throw new AssertionError(ex);
		}
	}

	private static String signed(JWTClaimsSet claims, RSAKey key) {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
				claims);
		try {
			token.sign(new RSASSASigner(key));
		}
		catch (JOSEException ex) {
			throw new AssertionError(ex);
		}
		return token.serialize();
	}

	private static Map<String, String> parameters(String query) {
		return Arrays.stream(query.split("&"))
			.map((pair) -> pair.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> pair[1]));
	}

	private static String decoded(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
