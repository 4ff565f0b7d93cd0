package dev.kvsession.codec.value;

import java.util.Locale;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Writes locales so that the same come back. Browsers send any, and some language tags
 * make another locale, such as Norwegian's with variant NY.
 */
final class Locales {

	/** Separates the parts of a locale that no language tag makes. No header holds it. */
	private static final char SEPARATOR = '\n';

	/** Marks a variant that language tags have no place for. */
	private static final String VARIANT = "lvariant";

	private Locales() {
	}

	static String text(Locale locale) {
		if (locale.equals(Locale.ROOT)) {
			return "";
		}
		String tag = locale.toLanguageTag();
		if (locale.equals(Locale.forLanguageTag(tag))) {
			return tag;
		}
		String own = tag(locale);
		return locale.equals(Locale.forLanguageTag(own)) ? own
				: locale.getLanguage() + SEPARATOR + locale.getCountry() + SEPARATOR + locale.getVariant();
	}

	static Locale parse(String text) {
		String[] parts = text.split(String.valueOf(SEPARATOR), -1);
		return (parts.length == 3) ? new Locale(parts[0], parts[1], parts[2]) : Locale.forLanguageTag(text);
	}

	/* A language tag with all parts where they stand, none of them replaced. */
	private static String tag(Locale locale) {
		StringJoiner tag = new StringJoiner("-");
		tag.add(StringUtils.hasLength(locale.getLanguage()) ? locale.getLanguage() : "und");
		add(tag, locale.getScript());
		add(tag, locale.getCountry());
		for (char key : locale.getExtensionKeys()) {
			if (key != Locale.PRIVATE_USE_EXTENSION) {
				tag.add(key + "-" + locale.getExtension(key));
			}
		}
		String own = locale.getExtension(Locale.PRIVATE_USE_EXTENSION);
		if (own != null || StringUtils.hasLength(locale.getVariant())) {
			tag.add(String.valueOf(Locale.PRIVATE_USE_EXTENSION));
			add(tag, own);
			add(tag, StringUtils.hasLength(locale.getVariant()) ? VARIANT : "");
			add(tag, locale.getVariant().replace('_', '-'));
		}
		return tag.toString();
	}

	private static void add(StringJoiner tag, @Nullable String part) {
		if (StringUtils.hasLength(part)) {
			tag.add(part);
		}
	}

}
