package dev.kvsession.security;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.oidc.authentication.logout.LogoutTokenClaimNames;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.util.Assert;

import dev.kvsession.session.KvIndexedSessionRepository;
import dev.kvsession.session.index.IndexedSessions;
import dev.kvsession.session.index.SignOut;

/**
 * Ends sessions by OpenID Connect's back-channel logout, whichever instance the provider
 * calls. From its construction on, each record of an OpenID Connect login has an entry by
 * the ID token's {@code sid}, if it has one, and one by its {@code sub}: two more keys to
 * pay for, but no further call. There is a lazy bean of this type with
 * {@code cloudflare.kv.session.repository-type=indexed}; Spring Security asks for it only
 * where {@code oidcLogout} is configured. Safe for concurrent use.
 * <p>
 * The sessions end in the store, as with
 * {@link dev.kvsession.session.index.UserSessions#endAll}: without the request to itself
 * that Spring Security makes for each session otherwise. So the application's
 * {@code LogoutHandler}s do not run; its listeners to {@code SessionDeletedEvent} do, on
 * the instance that the provider called, and on others that have the session in memory.
 */
public final class KvOidcSessionRegistry implements OidcSessionRegistry {

	private static final Logger logger = LoggerFactory.getLogger(KvOidcSessionRegistry.class);

	/** A token says its time in whole seconds. */
	private static final Duration WITHIN_THE_SECOND = Duration.ofSeconds(1).minusNanos(1);

	private final KvIndexedSessionRepository repository;

	/**
	 * Creates a registry, and lets the repository index OpenID Connect logins.
	 * @param repository holds the sessions
	 */
	public KvOidcSessionRegistry(KvIndexedSessionRepository repository) {
		Assert.notNull(repository, "'repository' must not be null");
		this.repository = repository;
		repository.addIndexResolver(new OidcIndex());
	}

	/** Does nothing: the session itself says whose login it holds when it is saved. */
	@Override
	public void saveSessionInformation(OidcSessionInformation info) {
	}

	/**
	 * Does nothing: whatever ends a session removes its entries, too.
	 * @return {@code null}
	 */
	@Override
	public @Nullable OidcSessionInformation removeSessionInformation(String clientSessionId) {
		return null;
	}

	/**
	 * Ends the sessions that a logout token names: those of its {@code sid} if it has
	 * one, else those of its {@code sub} that began no later than in the second of its
	 * {@code iat}, so that a token sent again ends no later login. Those that KV's
	 * listing shows later, which may lag by a minute or more, end in the background, the
	 * last after 245 seconds, unless this instance stops before. A remote call, repeated
	 * like the session store's own: one listing for each audience, and the ends.
	 * Idempotent.
	 * @param logoutToken a token that Spring Security has verified
	 * @return nothing, since there is nothing left to do
	 * @throws dev.kvsession.client.KvException if KV could not be asked or has not
	 * acknowledged; the background goes on
	 */
	@Override
	public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken logoutToken) {
		String sid = logoutToken.getSessionId();
		String index = (sid != null) ? OidcIndex.SID : OidcIndex.SUB;
		String text = (sid != null) ? sid : logoutToken.getSubject();
		String issuer = logoutToken.getClaimAsString(LogoutTokenClaimNames.ISS);
		Assert.state(issuer != null && text != null, "A logout token must have an issuer, and a sid or a subject");
		Instant latest = (sid != null) ? null : latest(logoutToken);
		IndexedSessions sessions = this.repository.indexed();
		int ended = sessions.endAll(logoutToken.getAudience()
			.stream()
			.distinct()
			.map((client) -> new SignOut(index, OidcIndex.value(index, issuer, client, text), latest, null))
			.toList());
		logger.debug("A logout token has ended {} sessions; those that KV shows later will follow", ended);
		return List.of();
	}

	private static Instant latest(OidcLogoutToken logoutToken) {
		Instant issuedAt = logoutToken.getIssuedAt();
		Assert.state(issuedAt != null, "A logout token must have the time of its issue");
		return issuedAt.truncatedTo(ChronoUnit.SECONDS).plus(WITHIN_THE_SECOND);
	}

}
