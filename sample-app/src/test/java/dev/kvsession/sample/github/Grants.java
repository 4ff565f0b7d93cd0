package dev.kvsession.sample.github;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Codes that wait to be redeemed, once each, and the tokens given for them.
 */
final class Grants {

	private final Map<String, Grant> codes = new ConcurrentHashMap<>();

	private final Map<String, DemoUser> tokens = new ConcurrentHashMap<>();

	String codeFor(DemoUser user, AuthorizationRequest request) {
		String code = UUID.randomUUID().toString();
		this.codes.put(code, new Grant(user, request));
		return code;
	}

	Optional<String> redeem(String code, String redirectUri, String verifier) {
		Grant grant = this.codes.remove(code);
		if (grant == null || !grant.request().redirectUri().equals(redirectUri) || !grant.accepts(verifier)) {
			return Optional.empty();
		}
		String token = "gho_" + UUID.randomUUID();
		this.tokens.put(token, grant.user());
		return Optional.of(token);
	}

	Optional<DemoUser> userOf(String token) {
		return Optional.ofNullable(this.tokens.get(token));
	}

	private record Grant(DemoUser user, AuthorizationRequest request) {

		/** Checks PKCE's S256, where the app used it. */
		boolean accepts(String verifier) {
			return this.request.challenge().isEmpty() || this.request.challenge().equals(sha256(verifier));
		}

		private static String sha256(String text) {
			try {
				byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
				return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
