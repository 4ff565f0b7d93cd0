package dev.kvsession.security;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.session.IndexResolver;
import org.springframework.session.Session;

import dev.kvsession.session.index.IndexKeys;
import dev.kvsession.session.settings.KeySegment;
import dev.kvsession.session.settings.SecurityContexts;

/**
 * Names the sessions of OpenID Connect logins by what a logout token may say of them: the
 * provider's session and the subject, each at one issuer for one client.
 */
final class OidcIndex implements IndexResolver<Session> {

	static final String SID = IndexKeys.OIDC + ".sid";

	static final String SUB = IndexKeys.OIDC + ".sub";

	/** Of a provider's session; {@code LogoutTokenClaimNames.SID}. */
	private static final String SID_CLAIM = "sid";

	/** Together with prefix, hash and handle within KV's 512 bytes. */
	private static final int MAX_BYTES = 160;

	@Override
	public Map<String, String> resolveIndexesFor(Session session) {
		Object context = session.getAttribute(SecurityContexts.ATTRIBUTE);
		Principal login = (context != null) ? SecurityContexts.authentication(context) : null;
		return (login instanceof Authentication authentication
				&& authentication.getPrincipal() instanceof OidcUser user) ? names(user) : Map.of();
	}

	private static Map<String, String> names(OidcUser user) {
		String issuer = user.getClaimAsString(IdTokenClaimNames.ISS);
		String client = client(user);
		Map<String, String> names = new LinkedHashMap<>();
		if (issuer != null && client != null) {
			put(names, SID, issuer, client, user.getClaimAsString(SID_CLAIM));
			put(names, SUB, issuer, client, user.getClaimAsString(IdTokenClaimNames.SUB));
		}
		return names;
	}

	private static void put(Map<String, String> names, String index, String issuer, String client,
			@Nullable String text) {
		if (text != null) {
			names.put(index, value(index, issuer, client, text));
		}
	}

	/*
	 * Spring Security accepts no token with several audiences unless azp is the client.
	 */
	private static @Nullable String client(OidcUser user) {
		List<String> audience = user.getClaimAsStringList(IdTokenClaimNames.AUD);
		return (audience != null && audience.size() == 1) ? audience.get(0)
				: user.getClaimAsString(IdTokenClaimNames.AZP);
	}

	/**
	 * Returns the value in an index of what a token says, made of key segments. The mark
	 * of the index in it keeps a subject from being taken for a provider's session.
	 */
	static String value(String index, String issuer, String client, String text) {
		String mark = index.substring(IndexKeys.OIDC.length() + 1) + ".";
		return KeySegment.handle(issuer.length() + ":" + issuer + client) + ":" + KeySegment.of(mark + text, MAX_BYTES);
	}

}
