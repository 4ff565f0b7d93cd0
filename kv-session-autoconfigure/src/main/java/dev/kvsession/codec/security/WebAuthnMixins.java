package dev.kvsession.codec.security;

import java.time.Duration;
import java.util.List;
import java.util.Set;

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
 * Jackson annotations for the options of a passkey login or registration, which the
 * session keeps until the browser answers. Spring Security's own write them for the
 * browser, cannot read them, and fail beside type ids.
 */
final class WebAuthnMixins extends SimpleModule {

	WebAuthnMixins() {
		setMixInAnnotation(PublicKeyCredentialRequestOptions.class, RequestOptionsMixin.class);
		setMixInAnnotation(PublicKeyCredentialCreationOptions.class, CreationOptionsMixin.class);
		setMixInAnnotation(PublicKeyCredentialDescriptor.class, PublicKeyCredentialDescriptorMixin.class);
		setMixInAnnotation(PublicKeyCredentialParameters.class, PublicKeyCredentialParametersMixin.class);
		setMixInAnnotation(PublicKeyCredentialRpEntity.class, PublicKeyCredentialRpEntityMixin.class);
		setMixInAnnotation(AuthenticatorSelectionCriteria.class, AuthenticatorSelectionCriteriaMixin.class);
		setMixInAnnotation(UserVerificationRequirement.class, UserVerificationRequirementMixin.class);
		setMixInAnnotation(ResidentKeyRequirement.class, ResidentKeyRequirementMixin.class);
		setMixInAnnotation(AttestationConveyancePreference.class, AttestationConveyancePreferenceMixin.class);
		setExtensionMixins();
	}

	private void setExtensionMixins() {
		setMixInAnnotation(AuthenticationExtensionsClientInputs.class, SecurityMixins.Fields.class);
		setMixInAnnotation(AuthenticationExtensionsClientInput.class, SecurityMixins.Fields.class);
		setMixInAnnotation(ImmutableAuthenticationExtensionsClientInputs.class, ExtensionsMixin.class);
		setMixInAnnotation(ImmutableAuthenticationExtensionsClientInput.class, ExtensionMixin.class);
		setMixInAnnotation(CredProtectAuthenticationExtensionsClientInput.class, CredProtectExtensionMixin.class);
		setMixInAnnotation(CredProtect.class, CredProtectMixin.class);
	}

	static final class RequestOptionsMixin extends SecurityMixins.Fields {

		@JsonCreator
		RequestOptionsMixin(@JsonProperty("challenge") Bytes challenge, @JsonProperty("timeout") Duration timeout,
				@JsonProperty("rpId") String rpId,
				@JsonProperty("allowCredentials") List<PublicKeyCredentialDescriptor> allowCredentials,
				@JsonProperty("userVerification") UserVerificationRequirement userVerification,
				@JsonProperty("extensions") AuthenticationExtensionsClientInputs extensions) {
		}

	}

	static final class CreationOptionsMixin extends SecurityMixins.Fields {

		@JsonCreator
		CreationOptionsMixin(@JsonProperty("rp") PublicKeyCredentialRpEntity rp,
				@JsonProperty("user") PublicKeyCredentialUserEntity user, @JsonProperty("challenge") Bytes challenge,
				@JsonProperty("pubKeyCredParams") List<PublicKeyCredentialParameters> pubKeyCredParams,
				@JsonProperty("timeout") Duration timeout,
				@JsonProperty("excludeCredentials") List<PublicKeyCredentialDescriptor> excludeCredentials,
				@JsonProperty("authenticatorSelection") AuthenticatorSelectionCriteria authenticatorSelection,
				@JsonProperty("attestation") AttestationConveyancePreference attestation,
				@JsonProperty("extensions") AuthenticationExtensionsClientInputs extensions) {
		}

	}

	static final class PublicKeyCredentialDescriptorMixin extends SecurityMixins.Fields {

		@JsonCreator
		PublicKeyCredentialDescriptorMixin(@JsonProperty("type") PublicKeyCredentialType type,
				@JsonProperty("id") Bytes id, @JsonProperty("transports") Set<AuthenticatorTransport> transports) {
		}

	}

	static final class PublicKeyCredentialParametersMixin extends SecurityMixins.Fields {

		@JsonCreator
		PublicKeyCredentialParametersMixin(@JsonProperty("type") PublicKeyCredentialType type,
				@JsonProperty("alg") COSEAlgorithmIdentifier alg) {
		}

	}

	static final class PublicKeyCredentialRpEntityMixin extends SecurityMixins.Fields {

		@JsonCreator
		PublicKeyCredentialRpEntityMixin(@JsonProperty("name") String name, @JsonProperty("id") String id) {
		}

	}

	static final class AuthenticatorSelectionCriteriaMixin extends SecurityMixins.Fields {

		@JsonCreator
		AuthenticatorSelectionCriteriaMixin(
				@JsonProperty("authenticatorAttachment") AuthenticatorAttachment authenticatorAttachment,
				@JsonProperty("residentKey") ResidentKeyRequirement residentKey,
				@JsonProperty("userVerification") UserVerificationRequirement userVerification) {
		}

	}

	static final class ExtensionsMixin extends SecurityMixins.Fields {

		@JsonCreator
		ExtensionsMixin(@JsonProperty("inputs") List<AuthenticationExtensionsClientInput<?>> inputs) {
		}

	}

	static final class ExtensionMixin extends SecurityMixins.Fields {

		@JsonCreator
		ExtensionMixin(@JsonProperty("extensionId") String extensionId, @JsonProperty("input") Object input) {
		}

	}

	static final class CredProtectExtensionMixin extends SecurityMixins.Fields {

		@JsonCreator
		CredProtectExtensionMixin(@JsonProperty("input") CredProtect input) {
		}

	}

	static final class CredProtectMixin extends SecurityMixins.Fields {

		@JsonCreator
		CredProtectMixin(@JsonProperty("credProtectionPolicy") CredProtect.ProtectionPolicy credProtectionPolicy,
				@JsonProperty("enforceCredentialProtectionPolicy") boolean enforceCredentialProtectionPolicy) {
		}

	}

	abstract static class UserVerificationRequirementMixin {

		@JsonCreator
		UserVerificationRequirementMixin(String value) {
		}

		@JsonValue
		abstract String getValue();

	}

	abstract static class ResidentKeyRequirementMixin {

		@JsonCreator
		static @Nullable ResidentKeyRequirement valueOf(String value) {
			return null;
		}

		@JsonValue
		abstract String getValue();

	}

	abstract static class AttestationConveyancePreferenceMixin {

		@JsonCreator
		static @Nullable AttestationConveyancePreference valueOf(String value) {
			return null;
		}

		@JsonValue
		abstract String getValue();

	}

}
