package dev.kvsession.sample;

import java.time.Instant;
import java.util.Comparator;

import jakarta.servlet.http.HttpSession;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

import dev.kvsession.session.index.UserSessions;

/**
 * Shows somebody all their sessions, and signs out elsewhere.
 */
@Controller
class SessionsController {

	/** Address of the page. */
	static final String PAGE = "/sessions";

	private final UserSessions sessions;

	SessionsController(UserSessions sessions) {
		this.sessions = sessions;
	}

	@GetMapping(PAGE)
	String page(@AuthenticationPrincipal OAuth2User user, HttpSession session, Model model) {
		Instant now = Instant.now();
		model.addAttribute("username", GitHubUser.of(user).username());
		model.addAttribute("sessions",
				this.sessions.list(user.getName())
					.stream()
					.map((one) -> ListedSession.of(one, session.getId(), now))
					.sorted(Comparator.comparing(ListedSession::current).reversed())
					.toList());
		return "sessions";
	}

	// Somebody else's session and one that does not exist get the same answer.
	@PostMapping(PAGE + "/sign-out")
	String signOut(@AuthenticationPrincipal OAuth2User user, @RequestParam(defaultValue = "") String handle) {
		if (!this.sessions.end(user.getName(), handle)) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN);
		}
		return "redirect:" + PAGE + "?ended";
	}

	@PostMapping(PAGE + "/sign-out-others")
	String signOutOthers(@AuthenticationPrincipal OAuth2User user, HttpSession session) {
		this.sessions.endOthers(user.getName(), session.getId());
		return "redirect:" + PAGE + "?ended-others";
	}

}
