package dev.kvsession.codec.security;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.AttestationConveyancePreference;
import org.springframework.security.web.webauthn.api.AuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.AuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.AuthenticatorAttachment;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.COSEAlgorithmIdentifier;
import org.springframework.security.web.webauthn.api.CredProtectAuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.CredProtectAuthenticationExtensionsClientInput.CredProtect;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import tools.jackson.databind.module.SimpleModule;

/**
 * Jackson annotations for the options of a passkey login or registration. Spring
 * Security's mixins are for the browser and cannot read what they write.
 */
final class WebAuthnMixins extends SimpleModule {

	WebAuthnMixins() {
		Stream.of(PublicKeyCredentialRequestOptions.class, PublicKeyCredentialCreationOptions.class,
				PublicKeyCredentialDescriptor.class, PublicKeyCredentialParameters.class,
				PublicKeyCredentialRpEntity.class, AuthenticatorSelectionCriteria.class,
				AuthenticationExtensionsClientInputs.class, AuthenticationExtensionsClientInput.class,
				ImmutableAuthenticationExtensionsClientInputs.class, ImmutableAuthenticationExtensionsClientInput.class,
				CredProtectAuthenticationExtensionsClientInput.class, CredProtect.class)
			.forEach((type) -> setMixInAnnotation(type, Creators.class));
		setMixInAnnotation(UserVerificationRequirement.class, ByConstructor.class);
		setMixInAnnotation(ResidentKeyRequirement.class, ByMethod.class);
		setMixInAnnotation(AttestationConveyancePreference.class, ByMethod.class);
	}

	/** Jackson takes of these constructors the one that the class has, too. */
	@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
			isGetterVisibility = Visibility.NONE, setterVisibility = Visibility.NONE)
	static final class Creators {

		/* PublicKeyCredentialRequestOptions */
		@JsonCreator
		Creators(@JsonProperty("challenge") Bytes challenge, @JsonProperty("timeout") Duration timeout,
				@JsonProperty("rpId") String rpId,
				@JsonProperty("allowCredentials") List<PublicKeyCredentialDescriptor> allowCredentials,
				@JsonProperty("userVerification") UserVerificationRequirement userVerification,
				@JsonProperty("extensions") AuthenticationExtensionsClientInputs extensions) {
		}

		/* PublicKeyCredentialCreationOptions */
		@JsonCreator
		Creators(@JsonProperty("rp") PublicKeyCredentialRpEntity rp,
				@JsonProperty("user") PublicKeyCredentialUserEntity user, @JsonProperty("challenge") Bytes challenge,
				@JsonProperty("pubKeyCredParams") List<PublicKeyCredentialParameters> pubKeyCredParams,
				@JsonProperty("timeout") Duration timeout,
				@JsonProperty("excludeCredentials") List<PublicKeyCredentialDescriptor> excludeCredentials,
				@JsonProperty("authenticatorSelection") AuthenticatorSelectionCriteria authenticatorSelection,
				@JsonProperty("attestation") AttestationConveyancePreference attestation,
				@JsonProperty("extensions") AuthenticationExtensionsClientInputs extensions) {
		}

		/* PublicKeyCredentialDescriptor */
		@JsonCreator
		Creators(@JsonProperty("type") PublicKeyCredentialType type, @JsonProperty("id") Bytes id,
				@JsonProperty("transports") Set<AuthenticatorTransport> transports) {
		}

		/* PublicKeyCredentialParameters */
		@JsonCreator
		Creators(@JsonProperty("type") PublicKeyCredentialType type, @JsonProperty("alg") COSEAlgorithmIdentifier alg) {
		}

		/* PublicKeyCredentialRpEntity */
		@JsonCreator
		Creators(@JsonProperty("name") String name, @JsonProperty("id") String id) {
		}

		/* AuthenticatorSelectionCriteria */
		@JsonCreator
		Creators(@JsonProperty("authenticatorAttachment") AuthenticatorAttachment authenticatorAttachment,
				@JsonProperty("residentKey") ResidentKeyRequirement residentKey,
				@JsonProperty("userVerification") UserVerificationRequirement userVerification) {
		}

		/* ImmutableAuthenticationExtensionsClientInputs */
		@JsonCreator
		Creators(@JsonProperty("inputs") List<AuthenticationExtensionsClientInput<?>> inputs) {
		}

		/* ImmutableAuthenticationExtensionsClientInput */
		@JsonCreator
		Creators(@JsonProperty("extensionId") String extensionId, @JsonProperty("input") Object input) {
		}

		/* CredProtectAuthenticationExtensionsClientInput */
		@JsonCreator
		Creators(@JsonProperty("input") CredProtect input) {
		}

		/* CredProtect */
		@JsonCreator
		Creators(@JsonProperty("credProtectionPolicy") CredProtect.ProtectionPolicy credProtectionPolicy,
				@JsonProperty("enforceCredentialProtectionPolicy") boolean enforceCredentialProtectionPolicy) {
		}

	}

	abstract static class ByConstructor {

		@JsonCreator
		ByConstructor(String value) {
		}

		@JsonValue
		abstract String getValue();

	}

	abstract static class ByMethod {

		@JsonCreator
		static @Nullable Object valueOf(String value) {
			return null;
		}

		@JsonValue
		abstract String getValue();

	}

}
