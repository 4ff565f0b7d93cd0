package dev.kvsession.autoconfigure.properties;

import java.util.ArrayList;
import java.util.List;

/**
 * Properties of how session attributes become JSON. Confined to the start of the
 * application.
 */
public class JsonProperties {

	/**
	 * Packages (with those below) and classes of the application whose instances may
	 * stand in sessions, without wildcards.
	 */
	private List<String> trustedPackages = new ArrayList<>();

	public List<String> getTrustedPackages() {
		return this.trustedPackages;
	}

	public void setTrustedPackages(List<String> trustedPackages) {
		this.trustedPackages = trustedPackages;
	}

}
