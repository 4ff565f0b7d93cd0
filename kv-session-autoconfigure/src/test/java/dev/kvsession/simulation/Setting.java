package dev.kvsession.simulation;

import java.util.List;

import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.protection.ClaimsOutside;
import dev.kvsession.session.protection.ProtectionMode;
import dev.kvsession.session.protection.SessionProtection;
import dev.kvsession.test.KvEmulatorCore;

/**
 * How an instance protects sessions.
 *
 * @param signing of ids
 * @param hashing of ids in keys; has no keys of its own
 * @param sealing of records and the index
 * @param claims whether sealed records have a readable copy of their times
 */
record Setting(Part signing, Part hashing, Part sealing, ClaimsOutside claims) {

	static final String SCOPE = KvEmulatorCore.NAMESPACE_ID;

	static final Setting NONE = new Setting(Part.OFF, Part.OFF, Part.OFF, ClaimsOutside.NONE);

	/** Sets an instance up. */
	void apply(KvSessionRepository repository) {
		SessionProtection protection = SessionProtection.in(SCOPE);
		if (this.signing.isOn()) {
			protection = protection.withSignedIds(this.signing.keys(), this.signing.mode());
		}
		if (this.hashing.isOn()) {
			protection = protection.withHashedKeys(this.hashing.mode());
		}
		if (this.sealing.isOn()) {
			protection = protection.withSealedRecords(this.sealing.keys(), this.sealing.mode(), this.claims);
		}
		repository.setProtection(protection);
	}

	boolean isOn() {
		return this.signing.isOn() || this.hashing.isOn() || this.sealing.isOn();
	}

	@Override
	public String toString() {
		return "signing " + this.signing + ", hashing " + this.hashing + ", sealing " + this.sealing + " claims "
				+ this.claims;
	}

	/**
	 * One of the three protections.
	 *
	 * @param mode how far it has been rolled out, or {@code null} for not at all
	 * @param keys the configured keys
	 */
	record Part(ProtectionMode mode, List<String> keys) {

		static final Part OFF = new Part(null, List.of());

		boolean isOn() {
			return this.mode != null;
		}

		/** Whether it protects what is new. */
		boolean writes() {
			return isOn() && this.mode != ProtectionMode.READ;
		}

		/** The name of the key that protects what is new. */
		String keyName() {
			return nameOf(this.keys.get(0));
		}

		static String nameOf(String key) {
			return key.substring(0, key.indexOf(':'));
		}

		@Override
		public String toString() {
			return this.mode + " " + this.keys.stream().map(Part::nameOf).toList();
		}

	}

}
