package dev.kvsession.codec.samples;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.security.web.webauthn.api.AttestationConveyancePreference;
import org.springframework.security.web.webauthn.api.AuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.AuthenticatorAttachment;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredProtectAuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.CredProtectAuthenticationExtensionsClientInput.CredProtect;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.authentication.WebAuthnAuthentication;

/**
 * What a login with a passkey keeps in sessions.
 */
public final class WebAuthnSamples {

	private WebAuthnSamples() {
	}

	public static Stream<Sample> all() {
		PublicKeyCredentialUserEntity user = ImmutablePublicKeyCredentialUserEntity.builder()
			.name("octocat")
			.id(Bytes.random())
			.displayName("Mona")
			.build();
		return Stream.of(Sample.json("passkey login", new WebAuthnAuthentication(user, SecuritySamples.AUTHORITIES)),
				Sample.json("passkey request options", requestOptions()),
				Sample.json("least passkey request options",
						PublicKeyCredentialRequestOptions.builder().rpId("x").build()),
				Sample.json("passkey creation options", creationOptions(user)));
	}

	private static PublicKeyCredentialRequestOptions requestOptions() {
		return PublicKeyCredentialRequestOptions.builder()
			.challenge(Bytes.random())
			.rpId("example.com")
			.timeout(Duration.ofMillis(1_234_567))
			.allowCredentials(List.of(descriptor()))
			.userVerification(UserVerificationRequirement.PREFERRED)
			.extensions(extensions())
			.build();
	}

	private static PublicKeyCredentialCreationOptions creationOptions(PublicKeyCredentialUserEntity user) {
		return PublicKeyCredentialCreationOptions.builder()
			.rp(PublicKeyCredentialRpEntity.builder().id("example.com").name("Example").build())
			.user(user)
			.challenge(Bytes.random())
			.pubKeyCredParams(PublicKeyCredentialParameters.EdDSA, PublicKeyCredentialParameters.ES256)
			.timeout(Duration.ofMinutes(5))
			.excludeCredentials(List.of(descriptor()))
			.authenticatorSelection(AuthenticatorSelectionCriteria.builder()
				.authenticatorAttachment(AuthenticatorAttachment.PLATFORM)
				.residentKey(ResidentKeyRequirement.REQUIRED)
				.userVerification(UserVerificationRequirement.REQUIRED)
				.build())
			.attestation(AttestationConveyancePreference.NONE)
			.extensions(extensions())
			.build();
	}

	private static PublicKeyCredentialDescriptor descriptor() {
		return PublicKeyCredentialDescriptor.builder()
			.id(Bytes.random())
			.transports(Set.of(AuthenticatorTransport.USB))
			.build();
	}

	private static AuthenticationExtensionsClientInputs extensions() {
		return new ImmutableAuthenticationExtensionsClientInputs(
				List.of(ImmutableAuthenticationExtensionsClientInput.credProps,
						new CredProtectAuthenticationExtensionsClientInput(
								new CredProtect(CredProtect.ProtectionPolicy.USER_VERIFICATION_REQUIRED, true))));
	}

}
