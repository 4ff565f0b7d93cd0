package dev.kvsession.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the connection to Cloudflare Workers KV. Confined to the start of the
 * application; has no {@code toString}, since it holds the token.
 */
@ConfigurationProperties("cloudflare.kv")
public class KvProperties {

	/** Id of the Workers KV namespace. Blank counts as missing. */
	private @Nullable String namespaceId;

	/**
	 * API token with the permission 'Workers KV Storage: Edit'. Blank counts as missing.
	 */
	private @Nullable String apiToken;

	/**
	 * Id of the account that owns the namespace. If missing or blank, it is looked up
	 * with the API token when KV is first used.
	 */
	private @Nullable String accountId;

	/**
	 * Random text of at least 32 characters, the same on every instance, from which the
	 * key of handoff cookies is derived. If missing or blank, the API token is used,
	 * which must then be the same on every instance.
	 */
	private @Nullable String secret;

	/** Base URL of the KV REST API. */
	private String baseUrl = "https://api.cloudflare.com/client/v4";

	/** Longest wait for a connection. */
	private Duration connectTimeout = Duration.ofSeconds(2);

	/** Longest time from sending a call to the end of its response. */
	private Duration readTimeout = Duration.ofSeconds(5);

	/**
	 * Whether to verify token, account and namespace with a call to KV at startup, and to
	 * fail if one is wrong.
	 */
	private boolean verifyOnStartup = false;

	private final Budget budget = new Budget();

	public @Nullable String getNamespaceId() {
		return this.namespaceId;
	}

	public void setNamespaceId(@Nullable String namespaceId) {
		this.namespaceId = namespaceId;
	}

	public @Nullable String getApiToken() {
		return this.apiToken;
	}

	public void setApiToken(@Nullable String apiToken) {
		this.apiToken = apiToken;
	}

	public @Nullable String getAccountId() {
		return this.accountId;
	}

	public void setAccountId(@Nullable String accountId) {
		this.accountId = accountId;
	}

	public @Nullable String getSecret() {
		return this.secret;
	}

	public void setSecret(@Nullable String secret) {
		this.secret = secret;
	}

	public String getBaseUrl() {
		return this.baseUrl;
	}

	public void setBaseUrl(String baseUrl) {
		this.baseUrl = baseUrl;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Duration getReadTimeout() {
		return this.readTimeout;
	}

	public void setReadTimeout(Duration readTimeout) {
		this.readTimeout = readTimeout;
	}

	public boolean isVerifyOnStartup() {
		return this.verifyOnStartup;
	}

	public void setVerifyOnStartup(boolean verifyOnStartup) {
		this.verifyOnStartup = verifyOnStartup;
	}

	public Budget getBudget() {
		return this.budget;
	}

	/** This instance's share of the calls that the API token may make. */
	public static class Budget {

		/**
		 * Greatest number of calls in any period; 0 for no limit. Instances with the same
		 * token must share its calls. If not specified, 1200 calls to Cloudflare's own
		 * API, and no limit for any other base URL.
		 */
		private @Nullable Integer calls;

		/** Period in which the calls are counted. */
		private Duration period = Duration.ofMinutes(5);

		public @Nullable Integer getCalls() {
			return this.calls;
		}

		public void setCalls(@Nullable Integer calls) {
			this.calls = calls;
		}

		public Duration getPeriod() {
			return this.period;
		}

		public void setPeriod(Duration period) {
			this.period = period;
		}

	}

}
