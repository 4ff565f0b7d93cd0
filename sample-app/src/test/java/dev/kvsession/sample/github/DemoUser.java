package dev.kvsession.sample.github;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Somebody who can log in at the stand-in.
 */
public enum DemoUser {

	/** As most accounts: no public address. */
	OCTOCAT(583231, "The Octocat", null, "#f6821f"),

	/** With an id beyond an int, and characters that need escaping. */
	ADA(5_550_123_456L, "Ada \"Countess\" <Lovelace>", "ada@example.org", "#4f46e5");

	private final long id;

	private final String displayName;

	private final String email;

	private final String colour;

	DemoUser(long id, String displayName, String email, String colour) {
		this.id = id;
		this.displayName = displayName;
		this.email = email;
		this.colour = colour;
	}

	public String login() {
		return name().toLowerCase(Locale.ROOT);
	}

	public String userId() {
		return Long.toString(this.id);
	}

	String displayName() {
		return this.displayName;
	}

	String colour() {
		return this.colour;
	}

	/** The user endpoint's answer, in the shape of GitHub's. */
	Map<String, Object> profile(String baseUrl) {
		Map<String, Object> profile = new LinkedHashMap<>();
		profile.put("login", login());
		profile.put("id", this.id);
		profile.put("node_id", "MDQ6VXNlcjE=");
		profile.put("avatar_url", baseUrl + "/avatars/" + login() + ".svg");
		profile.put("type", "User");
		profile.put("site_admin", false);
		profile.put("name", this.displayName);
		profile.put("email", this.email);
		profile.put("public_repos", 8);
		profile.put("created_at", "2011-01-25T18:44:36Z");
		return profile;
	}

	static DemoUser named(String login) {
		return valueOf(login.toUpperCase(Locale.ROOT));
	}

}
