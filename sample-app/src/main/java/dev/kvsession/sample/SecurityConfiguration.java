package dev.kvsession.sample;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Security that asks GitHub who somebody is and writes no session before somebody does.
 * <p>
 * Spring's defaults give a session, and so a write to KV, to each scanner that asks for a
 * protected address (the saved request), to each form shown (the CSRF token) and to each
 * failed login (the exception). Here the first two are cookies and the third is a
 * redirect. Only the click on "Continue with GitHub" begins a session.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final String HOME = "/";

	private static final String[] PUBLIC = { HOME, LoginFailureHandler.PAGE, "/css/**", "/favicon.svg" };

	@Bean
	SecurityFilterChain security(HttpSecurity http, ClientRegistrationRepository clients, SampleProperties properties) {
		CameFor cameFor = new CameFor();
		http.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
			.permitAll()
			.requestMatchers(PUBLIC)
			.permitAll()
			.anyRequest()
			.authenticated())
			.oauth2Login((login) -> login(login, clients, cameFor))
			.logout((logout) -> logout.logoutSuccessUrl("/?signed-out"))
			.requestCache((cache) -> cache.requestCache(cameFor))
			.csrf((csrf) -> csrf.csrfTokenRepository(csrfTokens()))
			.exceptionHandling(SecurityConfiguration::refusals)
			.headers((headers) -> headers(headers, properties));
		return http.build();
	}

	private static void login(OAuth2LoginConfigurer<HttpSecurity> login, ClientRegistrationRepository clients,
			CameFor cameFor) {
		login.loginPage(HOME)
			.authorizationEndpoint((endpoint) -> endpoint
				.authorizationRequestResolver(new RememberMeAuthorizationRequestResolver(clients))
				.authorizationRequestRepository(new RememberMeAuthorizationRequestRepository()))
			.successHandler(new LoginSuccessHandler(cameFor))
			.failureHandler(new LoginFailureHandler());
	}

	private static void refusals(ExceptionHandlingConfigurer<HttpSecurity> refusals) {
		refusals
			.defaultAuthenticationEntryPointFor(new ApiEntryPoint(),
					PathPatternRequestMatcher.withDefaults().matcher("/api/**"))
			.defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/?sign-in"),
					AnyRequestMatcher.INSTANCE);
	}

	private static void headers(HeadersConfigurer<HttpSecurity> headers, SampleProperties properties) {
		// No form-action: the login form's GET is redirected to GitHub, which browsers
		// hold against that directive too.
		headers
			.contentSecurityPolicy((csp) -> csp.policyDirectives("default-src 'none'; style-src 'self'; img-src 'self' "
					+ properties.imageSources() + "; base-uri 'none'; frame-ancestors 'none'"));
	}

	private static CookieCsrfTokenRepository csrfTokens() {
		CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
		tokens.setCookieCustomizer((cookie) -> cookie.sameSite("Lax"));
		return tokens;
	}

}
