package dev.kvsession.autoconfigure.failure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvException.Kind;

/**
 * Explains why KV did not let the application start.
 */
final class KvFailureAnalyzer extends AbstractFailureAnalyzer<KvException> {

	private final PropertyOrigins origins;

	KvFailureAnalyzer(Environment environment) {
		this.origins = new PropertyOrigins(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, KvException cause) {
		return new FailureAnalysis("Cloudflare KV cannot be used. " + cause.getMessage() + ".", action(cause), cause);
	}

	private String action(KvException cause) {
		if (cause.kind() == Kind.UNAUTHORIZED) {
			return "Check " + this.origins.describe(KvPropertyNames.API_TOKEN) + ": the token must be active and have "
					+ "the permission 'Workers KV Storage: Edit' for the account that owns the namespace.";
		}
		if (cause.kind() == Kind.MISCONFIGURED) {
			return "Check " + this.origins.describe(KvPropertyNames.NAMESPACE_ID) + " and "
					+ this.origins.describe(KvPropertyNames.ACCOUNT_ID)
					+ ": the namespace must exist in that account. Check "
					+ this.origins.describe(KvPropertyNames.BASE_URL) + " as well: it ends in /client/v4, without ids.";
		}
		if (cause.kind() == Kind.RATE_LIMITED || cause.kind() == Kind.DAILY_QUOTA) {
			return "Wait until KV takes calls again, and see what else uses the token and the account.";
		}
		return "Check " + this.origins.describe(KvPropertyNames.BASE_URL) + " and the network. With "
				+ this.origins.describe(KvPropertyNames.VERIFY_ON_STARTUP)
				+ " set to false the application starts without asking KV.";
	}

}
