package dev.kvsession.codec.samples;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.servlet.http.Cookie;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AccountExpiredException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.ott.DefaultOneTimeToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthentication;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.servlet.FlashMap;

/**
 * What Spring Security without OAuth2, and Spring MVC, keep in sessions.
 */
public final class SecuritySamples {

	public static final List<GrantedAuthority> AUTHORITIES = AuthorityUtils.createAuthorityList("ROLE_USER",
			"ROLE_ADMIN");

	private SecuritySamples() {
	}

	public static Stream<Sample> all() {
		return Stream.of(logins(), exceptions(), web()).flatMap((samples) -> samples);
	}

	private static Stream<Sample> logins() {
		User user = new User("octocat", "{noop}x", AUTHORITIES);
		user.eraseCredentials();
		UsernamePasswordAuthenticationToken login = UsernamePasswordAuthenticationToken.authenticated(user, null,
				AUTHORITIES);
		login.setDetails(new WebAuthenticationDetails(request()));
		FactorGrantedAuthority factor = FactorGrantedAuthority.withAuthority("FACTOR_PASSWORD")
			.issuedAt(Instant.ofEpochSecond(1_790_000_000, 123_456_789))
			.build();
		Authentication switched = UsernamePasswordAuthenticationToken.authenticated("other", null,
				List.of(new SwitchUserGrantedAuthority("ROLE_PREVIOUS_ADMINISTRATOR", login)));
		return Stream.of(Sample.json("form login", new SecurityContextImpl(login)), Sample.json("user", user),
				Sample.json("login of a name",
						new SecurityContextImpl(
								UsernamePasswordAuthenticationToken.authenticated("u", null, List.of()))),
				Sample.json("login with factor",
						new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(user, null,
								List.of(new SimpleGrantedAuthority("ROLE_USER"), factor)))),
				Sample.json("factor", factor), Sample.json("empty context", new SecurityContextImpl()),
				Sample.json("remember me",
						new SecurityContextImpl(new RememberMeAuthenticationToken("k", user, AUTHORITIES))),
				Sample.json("anonymous", new AnonymousAuthenticationToken("k", "anonymousUser", AUTHORITIES)),
				Sample.json("pre-authenticated", new PreAuthenticatedAuthenticationToken(user, "N/A", AUTHORITIES)),
				Sample.json("one-time token login", new OneTimeTokenAuthentication(user, AUTHORITIES)),
				Sample.json("one-time token", new DefaultOneTimeToken("t", "u", Instant.ofEpochSecond(1_790_000_000))),
				Sample.json("switched user", new SecurityContextImpl(switched)),
				Sample.json("authority", AUTHORITIES.get(0)), Sample.json("authorities", AUTHORITIES),
				Sample.json("authority set", Set.copyOf(AUTHORITIES)));
	}

	private static Stream<Sample> exceptions() {
		Exception cause = new IllegalStateException("inner");
		return Stream.of(Sample.json("bad credentials", new BadCredentialsException("bad")),
				Sample.json("locked", new LockedException("locked")),
				Sample.json("disabled", new DisabledException("off", cause)),
				Sample.json("account expired", new AccountExpiredException("old")),
				Sample.json("credentials expired", new CredentialsExpiredException("old")),
				Sample.json("unknown user", UsernameNotFoundException.fromUsername("octocat")),
				Sample.json("service failure", new InternalAuthenticationServiceException(null, cause)),
				Sample.json("too many sessions", new SessionAuthenticationException("max 1")),
				Sample.json("access denied", new AccessDeniedException("no")));
	}

	private static Stream<Sample> web() {
		FlashMap flash = new FlashMap();
		flash.put("message", "saved");
		flash.put("count", 5L);
		flash.setTargetRequestPath("/orders");
		flash.addTargetRequestParams(new LinkedMultiValueMap<>(Map.of("id", List.of("1", "2"))));
		flash.setExpirationTime(1_790_000_000_000L);
		Cookie cookie = new Cookie("a", "b");
		cookie.setHttpOnly(true);
		cookie.setMaxAge(60);
		cookie.setAttribute("SameSite", "Lax");
		return Stream.of(Sample.json("cookie", cookie), Sample.json("plain cookie", new Cookie("a", "")),
				Sample.json("csrf token", new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "abc")),
				Sample.json("saved request", new DefaultSavedRequest(request())),
				Sample.json("simple saved request", new SimpleSavedRequest(new DefaultSavedRequest(request()))),
				Sample.json("simple saved request of a url", new SimpleSavedRequest("https://example.com/x")),
				Sample.json("web details", new WebAuthenticationDetails("127.0.0.1", "id")),
				Sample.json("flash map", flash), Sample.json("empty flash map", new FlashMap()),
				Sample.json("flash maps", new java.util.concurrent.CopyOnWriteArrayList<>(List.of(flash))),
				Sample.json("map with a mark in its key", new LinkedHashMap<>(Collections.singletonMap("#k", 1L))));
	}

	private static MockHttpServletRequest request() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/orders");
		request.setQueryString("id=5&continue");
		request.addParameter("id", "5");
		request.addHeader("Accept", "text/html");
		request.addHeader("Accept-Language", "fr-CA");
		request.addPreferredLocale(java.util.Locale.CANADA_FRENCH);
		request.setCookies(new Cookie("theme", "dark"));
		request.setServerName("example.com");
		return request;
	}

}
