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

	private final RawRecords rawRecords;

	private final KvCallCounter kvCalls;

	private final Instance instance;

	private final SampleProperties properties;

	MeController(StoredRecords records, RawRecords rawRecords, KvCallCounter kvCalls, Instance instance,
			SampleProperties properties) {
		this.records = records;
		this.rawRecords = rawRecords;
		this.kvCalls = kvCalls;
		this.instance = instance;
		this.properties = properties;
	}

	@GetMapping("/me")
	String page(@AuthenticationPrincipal OAuth2User user, HttpSession session, Model model) {
		// First, for the raw record costs a call that is not the session's.
		model.addAttribute("me", me(user, session));
		model.addAttribute("instance", this.instance.view());
		model.addAttribute("raw", this.rawRecords.of(session));
		model.addAttribute("demo", this.properties.demo());
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
