package dev.kvsession.sample.github;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.springframework.web.util.HtmlUtils;

/**
 * The page on which somebody says who they are, or no.
 */
final class AuthorizePage {

	private final String clientId;

	private final Grants grants;

	AuthorizePage(String clientId, Grants grants) {
		this.clientId = clientId;
		this.grants = grants;
	}

	void handle(Exchange exchange) throws IOException {
		AuthorizationRequest request = AuthorizationRequest.of(exchange.isPost() ? exchange.form() : exchange.query());
		Optional<String> problem = request.problem(this.clientId);
		if (problem.isPresent()) {
			exchange.html(400, "<!DOCTYPE html><title>Refused</title><p>" + problem.get());
		}
		else {
			exchange.html(200, page(request));
		}
	}

	void decide(Exchange exchange) throws IOException {
		var form = exchange.form();
		AuthorizationRequest request = AuthorizationRequest.of(form);
		if (request.problem(this.clientId).isPresent()) {
			exchange.html(400, "<!DOCTYPE html><title>Refused</title><p>" + request.problem(this.clientId).get());
		}
		else if (form.containsKey("deny")) {
			exchange.redirect(request.withDenial());
		}
		else {
			DemoUser user = DemoUser.named(form.get("user"));
			exchange.redirect(request.withCode(this.grants.codeFor(user, request)));
		}
	}

	private static String page(AuthorizationRequest request) throws IOException {
		StringBuilder people = new StringBuilder();
		for (DemoUser user : DemoUser.values()) {
			people.append(
					"<button name=\"user\" value=\"%1$s\"><img src=\"/avatars/%1$s.svg\" alt=\"\" width=\"44\" height=\"44\">"
						.formatted(user.login()))
				.append("<span><b>%s</b><small>%s</small></span></button>".formatted(user.login(),
						HtmlUtils.htmlEscape(user.displayName())));
		}
		return template().replace("{people}", people)
			.replace("{client_id}", HtmlUtils.htmlEscape(request.clientId()))
			.replace("{redirect_uri}", HtmlUtils.htmlEscape(request.redirectUri()))
			.replace("{state}", HtmlUtils.htmlEscape(request.state()))
			.replace("{code_challenge}", HtmlUtils.htmlEscape(request.challenge()));
	}

	private static String template() throws IOException {
		try (InputStream html = AuthorizePage.class.getResourceAsStream("/stand-in/authorize.html")) {
			return new String(html.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
