package dev.kvsession.autoconfigure.properties;

/**
 * Properties of handoff cookies. Confined to the start of the application.
 */
public class HandoffProperties {

	/**
	 * Whether to send a session that was just created or changed along with the answer,
	 * encrypted in a cookie of two minutes, for other instances to use until KV shows it
	 * everywhere.
	 */
	private boolean enabled = true;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

}
