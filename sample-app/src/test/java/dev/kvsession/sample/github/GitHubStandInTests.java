package dev.kvsession.sample.github;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stand-in refuses what GitHub refuses, so that the sample cannot grow lax on it.
 */
class GitHubStandInTests {

	private static final String CALLBACK = "http://localhost:8080/login/oauth2/code/github";

	private final HttpClient client = HttpClient.newHttpClient();

	private GitHubStandIn github;

	@BeforeEach
	void start() throws IOException {
		this.github = GitHubStandIn.start();
	}

	@AfterEach
	void stop() {
		this.github.close();
	}

	@Test
	void asksWhoSomebodyIs() throws Exception {
		assertThat(authorize("stand-in-client", CALLBACK, "s").body()).contains("Who are you today?", "octocat",
				"Ada &quot;Countess&quot; &lt;Lovelace&gt;");
	}

	@ParameterizedTest
	@CsvSource({ "other-client," + CALLBACK + ",s", "stand-in-client,https://evil.example/login/oauth2/code/github,s",
			"stand-in-client,http://localhost:8080/elsewhere,s", "stand-in-client,::,s",
			"stand-in-client," + CALLBACK + ",''" })
	void redirectsNobodyForABadRequest(String clientId, String callback, String state) throws Exception {
		HttpResponse<String> response = authorize(clientId, callback, state);
		assertThat(response.statusCode()).isEqualTo(400);
	}

	@Test
	void givesNoTokenWithoutTheSecret() throws Exception {
		assertThat(token("Basic d3Jvbmc6d3Jvbmc=", "code").body()).contains("incorrect_client_credentials");
	}

	@Test
	void givesNoTokenForAnUnknownCode() throws Exception {
		assertThat(token("Basic c3RhbmQtaW4tY2xpZW50OnN0YW5kLWluLWNsaWVudC1zZWNyZXQ=", "unknown").body())
			.contains("bad_verification_code");
	}

	@Test
	void tellsNobodyAboutUsersWithoutAToken() throws Exception {
		assertThat(
				send(HttpRequest.newBuilder(uri("/user")).header("Authorization", "Bearer gho_x").GET()).statusCode())
			.isEqualTo(401);
	}

	private HttpResponse<String> authorize(String clientId, String callback, String state) throws Exception {
		String query = "?response_type=code&client_id=" + clientId + "&state=" + state + "&redirect_uri="
				+ URLEncoder.encode(callback, StandardCharsets.UTF_8);
		return send(HttpRequest.newBuilder(uri("/login/oauth/authorize" + query)).GET());
	}

	private HttpResponse<String> token(String credentials, String code) throws Exception {
		return send(HttpRequest.newBuilder(uri("/login/oauth/access_token"))
			.header("Authorization", credentials)
			.POST(BodyPublishers.ofString("grant_type=authorization_code&code=" + code)));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create(this.github.baseUrl() + path);
	}

}
