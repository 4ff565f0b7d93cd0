package dev.kvsession.autoconfigure.aot;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.security.core.context.SecurityContextImpl;

import dev.kvsession.autoconfigure.properties.KvCostProperties;
import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.autoconfigure.properties.KvSessionProperties;

import static org.assertj.core.api.Assertions.assertThat;

class NativeImageHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	@BeforeEach
	void register() {
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getName().startsWith("dev.kvsession."))
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
	}

	@Test
	void propertiesCanBeBound() {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(KvProperties.class, "setApiToken"))
			.accepts(this.hints);
		assertThat(
				RuntimeHintsPredicates.reflection().onMethodInvocation(KvSessionProperties.NearCache.class, "setTtl"))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(KvCostProperties.class, "setReadsPerMillion"))
			.accepts(this.hints);
	}

	@ParameterizedTest
	@ValueSource(strings = { "dev.kvsession.codec.security.SecurityMixins$Creators",
			"dev.kvsession.codec.security.WebAuthnMixins$Creators",
			"org.springframework.security.core.context.SecurityContextImpl",
			"org.springframework.security.authentication.UsernamePasswordAuthenticationToken",
			"org.springframework.security.jackson.UsernamePasswordAuthenticationTokenMixin",
			"org.springframework.security.core.userdetails.User",
			"org.springframework.security.web.savedrequest.DefaultSavedRequest",
			"org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken",
			"org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser",
			"org.springframework.security.oauth2.jwt.Jwt", "org.springframework.web.servlet.FlashMap" })
	void theCodecReachesWhatStandsInSessions(String type) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(TypeReference.of(type))
			.withMemberCategories(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_DECLARED_METHODS,
					MemberCategory.ACCESS_DECLARED_FIELDS))
			.accepts(this.hints);
	}

	@ParameterizedTest
	@ValueSource(classes = { ArrayList.class, SecurityContextImpl.class, TreeMap.class, BigDecimal.class, Instant.class,
			Locale.class })
	void theCodecFindsTypesByName(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(this.hints);
	}

}
