package dev.kvsession.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;

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

	// Spring's own looks into the session at each request, also for the style sheet of
	// the
	// page of an outage. Nothing here uses flash attributes.
	@Bean(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
	FlashMapManager noFlashMaps() {
		return new FlashMapManager() {

			@Override
			public @Nullable FlashMap retrieveAndUpdate(HttpServletRequest request, HttpServletResponse response) {
				return null;
			}

			@Override
			public void saveOutputFlashMap(FlashMap flashMap, HttpServletRequest request,
					HttpServletResponse response) {
				if (!flashMap.isEmpty()) {
					throw new UnsupportedOperationException("The sample has no flash attributes");
				}
			}

		};
	}

}
