package dev.kvsession.sample;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import dev.kvsession.session.web.SessionUnavailableHandler;

/**
 * Shows the sample's own page when KV cannot be asked for a session. The error page needs
 * no login here, see {@link SecurityConfiguration}, so nobody is sent to log in.
 */
@Configuration(proxyBeanMethods = false)
class UnavailableConfiguration {

	@Bean
	SessionUnavailableHandler unavailablePage() {
		return (request, response, failure) -> {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(failure.retryAfter().toSeconds()));
			response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
		};
	}

}
