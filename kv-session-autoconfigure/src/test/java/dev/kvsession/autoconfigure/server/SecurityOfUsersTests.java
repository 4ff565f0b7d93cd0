package dev.kvsession.autoconfigure.server;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.session.KvIndexedSessionRepository;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.index.UserSession;
import dev.kvsession.test.KvEmulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Security and Spring Boot do with the sessions of users, on a real server.
 */
class SecurityOfUsersTests {

	private final KvEmulator kv = KvEmulator.start();

	private ShopApplication.Running application;

	private void start(String... properties) {
		this.application = UsersApplication.start(this.kv, properties);
	}

	@AfterEach
	void stop() {
		this.application.close();
		this.kv.close();
	}

	private Browser login(String name) {
		Browser browser = new Browser(this.application);
		assertThat(loginIn(browser, name)).isEmpty();
		return browser;
	}

	/* Returns what is wrong. */
	private static String loginIn(Browser browser, String name) {
		HttpResponse<String> answer = browser.login("username=" + name + "&password=pw");
		return answer.headers().firstValue("location").orElse("").contains("error") ? "refused" : "";
	}

	private Map<String, KvSession> found(String name) {
		return this.application.context().getBean(KvIndexedSessionRepository.class).findByPrincipalName(name);
	}

	private static String id(Browser browser) {
		return new String(Base64.getDecoder().decode(browser.cookie()), StandardCharsets.UTF_8);
	}

	private List<String> entries() {
		return new ArrayList<>(this.kv.contents().keys("user-sessions:"));
	}

	@Test
	@DisplayName("P5 maximumSessions(1): a login ends the older one of that user, and sends nobody its cookies")
	void olderLoginEnds() {
		start("users.most-sessions=1");
		Browser other = login("root");
		Browser older = login("ada");
		Browser newer = new Browser(this.application);
		HttpResponse<String> answer = newer.login("username=ada&password=pw");
		assertThat(Browser.setCookies(answer)).filteredOn((cookie) -> cookie.startsWith("SESSION="))
			.singleElement()
			.asString()
			.doesNotContain(older.cookie());
		assertThat(older.get("/me").body()).contains("expired");
		assertThat(newer.get("/me").body()).isEqualTo("ada");
		assertThat(other.get("/me").body()).isEqualTo("root");
		assertThat(found("ada")).containsOnlyKeys(id(newer));
	}

	@Test
	@DisplayName("maxSessionsPreventsLogin(true): a second login is refused until the first one logs out")
	void secondLoginIsRefused() {
		start("users.most-sessions=1", "users.prevents-login=true");
		Browser first = login("ada");
		Browser second = new Browser(this.application);
		assertThat(loginIn(second, "ada")).isEqualTo("refused");
		assertThat(second.get("/me").statusCode()).isNotEqualTo(200);
		assertThat(first.get("/me").body()).isEqualTo("ada");
		first.logout();
		assertThat(loginIn(second, "ada")).isEmpty();
		assertThat(second.get("/me").body()).isEqualTo("ada");
	}

	@Test
	@DisplayName("P5 P12 an administrator who expires a user's sessions keeps the own session, and gets no cookie")
	void administratorExpires() {
		start("users.most-sessions=9");
		Browser ada = login("ada");
		Browser root = login("root");
		HttpResponse<String> answer = root.get("/expire/ada");
		assertThat(answer.body()).isEqualTo("expired");
		assertThat(Browser.setCookies(answer)).isEmpty();
		assertThat(root.get("/me").body()).isEqualTo("root");
		assertThat(ada.get("/me").body()).contains("expired");
	}

	@Test
	@DisplayName("P12 Boot's endpoint lists and deletes a user's sessions for an administrator, and shows no value")
	void endpoint() {
		start();
		Browser ada = new Browser(this.application);
		ada.get("/public/put");
		loginIn(ada, "ada");
		String path = "/actuator/sessions?username=ada";
		assertThat(new Browser(this.application).get(path).statusCode()).isNotEqualTo(200);
		assertThat(ada.get(path).statusCode()).isEqualTo(403);
		assertThat(ada.delete("/actuator/sessions/" + id(ada)).statusCode()).isEqualTo(403);
		Browser root = login("root");
		HttpResponse<String> listed = root.get(path);
		JsonNode sessions = JsonMapper.shared().readTree(listed.body()).get("sessions");
		assertThat(sessions).hasSize(1);
		assertThat(sessions.get(0).get("id").asString()).isEqualTo(id(ada));
		assertThat(sessions.get(0).get("attributeNames").toString()).contains("cart", "SPRING_SECURITY_CONTEXT");
		assertThat(listed.body()).doesNotContain("canary-tea");
		HttpResponse<String> one = root.get("/actuator/sessions/" + id(ada));
		assertThat(one.body()).contains(id(ada)).doesNotContain("canary-tea");
		assertThat(root.delete("/actuator/sessions/" + id(ada)).statusCode()).isEqualTo(204);
		assertThat(Browser.setCookies(one)).isEmpty();
		assertThat(ada.get("/me").statusCode()).isNotEqualTo(200);
		assertThat(root.get(path).body()).isEqualTo("{\"sessions\":[]}");
		assertThat(root.get("/me").body()).isEqualTo("root");
		assertThat(entries()).hasSize(1).allSatisfy((entry) -> assertThat(entry).startsWith("user-sessions:root:"));
	}

	@Test
	@DisplayName("a session of a switched user is found by that user's name until the switch ends")
	void switchUser() {
		start();
		Browser root = login("root");
		root.post("/login/impersonate", "username=ada");
		assertThat(root.get("/me").body()).isEqualTo("ada");
		assertThat(found("ada")).containsOnlyKeys(id(root));
		assertThat(found("root")).isEmpty();
		root.post("/logout/impersonate", "");
		assertThat(root.get("/me").body()).isEqualTo("root");
		assertThat(found("ada")).isEmpty();
		assertThat(found("root")).containsOnlyKeys(id(root));
	}

	@ParameterizedTest
	@CsvSource({ "changeSessionId, canary-tea", "migrateSession, canary-tea", "newSession, null" })
	@DisplayName("P5 whatever protects a visitor's session at the login, the user has one session and one entry")
	void sessionFixation(String protection, String cart) {
		start("users.fixation=" + protection);
		Browser ada = new Browser(this.application);
		ada.get("/public/put");
		String before = id(ada);
		loginIn(ada, "ada");
		assertThat(id(ada)).isNotEqualTo(before);
		assertThat(ada.get("/cart").body()).isEqualTo(cart);
		assertThat(found("ada")).containsOnlyKeys(id(ada));
		assertThat(entries()).containsExactly("user-sessions:ada:" + UserSession.handleOf(id(ada)));
		assertThat(this.kv.contents().keys("session:")).containsExactly("session:" + id(ada));
	}

}
