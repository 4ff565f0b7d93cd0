package dev.kvsession.codec.security;

import java.util.ArrayList;
import java.util.List;

import org.springframework.security.jackson.SecurityJacksonModule;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

import dev.kvsession.codec.structure.Cookies;
import dev.kvsession.codec.trust.SecurityTypes;
import dev.kvsession.codec.trust.TrustedTypes;

/**
 * Spring Security's modules for Jackson that are present, and the allow list they fill.
 */
public record SecurityModules(List<JacksonModule> modules, PolymorphicTypeValidator validator) {

	private static final String CORE = "org.springframework.security.jackson.SecurityJacksonModules";

	private static final String OAUTH2 = "org.springframework.security.oauth2.core.user.OAuth2UserAuthority";

	private static final String WEB_AUTHN = "org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule";

	public static SecurityModules find(ClassLoader loader, TrustedTypes trusted) {
		BasicPolymorphicTypeValidator.Builder types = BasicPolymorphicTypeValidator.builder();
		List<JacksonModule> modules = new ArrayList<>();
		if (ClassUtils.isPresent(CORE, loader)) {
			modules.addAll(Present.modules(loader, types));
			modules.add(new FailedLogins(trusted));
			modules.add(new SecurityFields(trusted));
		}
		if (ClassUtils.isPresent(OAUTH2, loader)) {
			modules.add(new SharedAuthorities());
		}
		if (!modules.isEmpty() && ClassUtils.isPresent(WEB_AUTHN, loader)) {
			modules.add(WebAuthnPresent.module(types));
			modules.add(new WebAuthnMixins());
		}
		modules.add(new SecurityMixins(loader));
		if (ClassUtils.isPresent(SecurityTypes.COOKIE, loader)) {
			modules.add(new Cookies());
		}
		return new SecurityModules(List.copyOf(modules), types.build());
	}

	/** Loaded only with Spring Security. */
	private static final class Present {

		private static List<JacksonModule> modules(ClassLoader loader, BasicPolymorphicTypeValidator.Builder types) {
			return SecurityJacksonModules.getModules(loader, types);
		}

	}

	/** Loaded only with passkeys, whose module Spring Security's search misses. */
	private static final class WebAuthnPresent {

		private static JacksonModule module(BasicPolymorphicTypeValidator.Builder types) {
			SecurityJacksonModule module = new WebauthnJacksonModule();
			module.configurePolymorphicTypeValidator(types);
			return module;
		}

	}

}
