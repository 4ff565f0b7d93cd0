package dev.kvsession.sample;

import java.util.Locale;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The public pages.
 */
@Controller
class HomeController {

	@GetMapping("/")
	String home(@AuthenticationPrincipal @Nullable OAuth2User user, Model model) {
		if (user != null) {
			model.addAttribute("user", GitHubUser.of(user));
		}
		return "home";
	}

	// For who is logged in; who is not is sent to the same page, and remembered for what.
	@GetMapping("/login")
	String login() {
		return "redirect:/?sign-in";
	}

	@GetMapping(LoginFailureHandler.PAGE)
	String loginFailed(@RequestParam(defaultValue = "unavailable") String reason, Model model,
			HttpServletResponse response) {
		LoginFailure failure = named(reason);
		response.setStatus(failure.status().value());
		model.addAttribute("title", failure.title());
		model.addAttribute("advice", failure.advice());
		return "login-failed";
	}

	private static LoginFailure named(String reason) {
		for (LoginFailure failure : LoginFailure.values()) {
			if (failure.name().toLowerCase(Locale.ROOT).equals(reason)) {
				return failure;
			}
		}
		return LoginFailure.UNAVAILABLE;
	}

}
