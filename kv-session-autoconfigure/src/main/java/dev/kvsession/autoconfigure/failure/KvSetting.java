package dev.kvsession.autoconfigure.failure;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * A part of the connection as it was configured. Immutable; {@link #toString()} leaves
 * the text out.
 *
 * @param property the property's name
 * @param text the text, {@code null} if it is missing or blank
 * @param bean the type of the bean that returned it, or {@code null} if it was read from
 * the property
 */
public record KvSetting(String property, @Nullable String text, @Nullable String bean) {

	public KvSetting {
		text = StringUtils.hasText(text) ? text : null;
	}

	public boolean isPresent() {
		return this.text != null;
	}

	/**
	 * Refuses the text.
	 * @param mistake what it must be; a second sentence says what to do
	 * @return what to throw
	 */
	public MalformedKvPropertyException refused(String mistake) {
		return new MalformedKvPropertyException("'" + this.property + "' " + mistake, this.bean);
	}

	@Override
	public String toString() {
		return "KvSetting[property=" + this.property + ", bean=" + this.bean + "]";
	}

}
