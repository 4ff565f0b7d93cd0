package dev.kvsession.codec;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.codec.shop.Item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The table of {@code docs/storage-schema.md}, "When a class changes".
 */
class ClassEvolutionTests {

	private final JsonSessionCodec codec = Records.codec(JdkFallback.OFF);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "'kept':1|0|", "'id':''|0|", "'id':'5'|5|", "'id':5.7|5|", "'id':null|0|", "'name':5|0|5",
					"'name':true|0|true", "'old':['java.io.File','x']|0|",
					"'old':{'@class':'dev.kvsession.codec.shop.Gone'}|0|" })
	@DisplayName("P9 an attribute of an older class is read leniently")
	void isReadLeniently(String field, long id, String name) {
		assertThat(read(field)).isEqualTo(new Item(id, name, null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "'id':'x'", "'id':true", "'id':[5]", "'id':99999999999999999999",
			"'name':['java.util.ArrayList',['a']]", "'price':5", "'price':''", "'color':'RED'",
			"'color':['dev.kvsession.codec.shop.Color','PINK']" })
	@DisplayName("P9 what cannot be read as the changed class is unreadable, and named")
	void isUnreadable(String field) {
		assertThatExceptionOfType(UnreadableAttributeException.class).isThrownBy(() -> read(field))
			.withMessageContaining("`" + field.substring(1, field.indexOf('\'', 1)) + "`");
	}

	private Object read(String field) {
		String raw = "{'@class':'dev.kvsession.codec.shop.Item'," + field + "}";
		return this.codec.decodeAttribute("a", new StoredAttribute(Records.AT, "json", raw.replace('\'', '"')));
	}

}
