package dev.kvsession.sample;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the sample itself. Immutable.
 *
 * @param imageSources from where, beside the app itself, pages may load images (the
 * avatars), in the grammar of Content-Security-Policy
 * @param demo what runs this application as a demo, or {@code null} outside of one
 */
@ConfigurationProperties("sample")
record SampleProperties(@DefaultValue("https:") String imageSources, @Nullable Demo demo) {

	/**
	 * What restarts this application, and starts a second one, when a button is pressed.
	 *
	 * @param address the base of its URLs
	 * @param token proves to it that a page of this application sent the form
	 */
	record Demo(String address, String token) {

		@Override
		public String toString() {
			return "Demo[" + this.address + "]";
		}

	}

}
