package dev.kvsession.sample;

import jakarta.servlet.http.HttpSession;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Shows somebody their own session, as a page and as JSON.
 */
@Controller
class MeController {

	private final StoredRecords records;

	private final KvCallCounter kvCalls;

	MeController(StoredRecords records, KvCallCounter kvCalls) {
		this.records = records;
		this.kvCalls = kvCalls;
	}

	@GetMapping("/me")
	String page(@AuthenticationPrincipal OAuth2User user, HttpSession session, Model model) {
		model.addAttribute("me", me(user, session));
		return "me";
	}

	@GetMapping("/api/me")
	ResponseEntity<Me> json(@AuthenticationPrincipal OAuth2User user, HttpSession session) {
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(me(user, session));
	}

	private Me me(OAuth2User user, HttpSession session) {
		StoredRecord stored = this.records.of(session);
		return Me.of(GitHubUser.of(user), session, stored, this.kvCalls.soFar());
	}

}
