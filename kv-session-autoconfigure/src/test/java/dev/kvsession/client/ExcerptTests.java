package dev.kvsession.client;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kvsession.client.rest.Excerpt;

import static org.assertj.core.api.Assertions.assertThat;

class ExcerptTests {

	@DisplayName("P12 a server's words are shown without keys")
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			Authentication error                                    | Authentication error
			get: 'key not found'                                    | get: …
			UTF-8 encoded length of 513 exceeds key limit of 512.   | … encoded length of 513 exceeds key limit of 512.
			no key session:abc here                                 | no key … here
			bad "a b c" and `d`                                     | bad … and …
			open 'quote never ends                                  | open …
			id 0f8fad5b-d9cb-469f-a165-70867728950e gone            | id … gone
			id abcdefghijklmnopqrstuvwxyz gone                      | id … gone
			""")
	void keepsPlainWords(String text, String expected) {
		assertThat(Excerpt.of(text)).isEqualTo(expected);
	}

	@Test
	void isShortAndOneLine() {
		assertThat(Excerpt.of("word\r\n\u0007 ".repeat(100))).hasSizeLessThanOrEqualTo(130).doesNotContain("\n", "\r");
		assertThat(Excerpt.of("")).isEmpty();
	}

}
