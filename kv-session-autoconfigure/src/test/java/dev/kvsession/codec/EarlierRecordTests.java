package dev.kvsession.codec;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;

import dev.kvsession.codec.samples.SecuritySamples;
import dev.kvsession.codec.shop.Choices;
import dev.kvsession.codec.shop.Color;
import dev.kvsession.codec.shop.Customer;
import dev.kvsession.codec.shop.Item;
import dev.kvsession.codec.shop.Latest;
import dev.kvsession.codec.shop.SocialShopper;
import dev.kvsession.codec.value.ReadBack;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attributes as earlier versions wrote them, in sessions that live for a week.
 */
class EarlierRecordTests {

	private static final Item ITEM = new Item(1L << 40, "tea", new BigDecimal("19.90"), Color.GREEN);

	private static final String TEA = "{'id':1099511627776,'name':'tea','price':['java.math.BigDecimal',19.90],"
			+ "'color':['dev.kvsession.codec.shop.Color','GREEN']}";

	private static final String SHOP = "{'@class':'dev.kvsession.codec.shop.";

	private final JsonSessionCodec codec = Records.codec(JdkFallback.OFF);

	static Stream<Arguments> earlier() {
		return Stream.of(Arguments.of("optional fields", Choices.all(ITEM),
				SHOP + "Choices','note':'x','item':" + TEA + ",'count':3,'total':4,'rate':1.5,"
						+ "'names':['java.util.ArrayList',['a','b']],'any':['java.lang.Long',5]," + "'texts':['a']}"),
				Arguments.of("empty fields", Choices.none(),
						SHOP + "Choices','note':null,'item':null,'count':null,'total':null,'rate':null,"
								+ "'names':null,'any':null,'texts':null}"),
				Arguments.of("reference to anything", new Latest(new Customer(1, "ada"), null),
						SHOP + "Latest','content':{'@class':'dev.kvsession.codec.shop.Customer','id':1,'name':'ada'},"
								+ "'account':null}"),
				Arguments.of("user of OAuth2", user(),
						"{'@class':'org.springframework.security.oauth2.client.authentication."
								+ "OAuth2AuthenticationToken','principal':" + SHOP
								+ "SocialShopper','authorities':['java.util.LinkedHashSet',"
								+ "[{'@class':'org.springframework.security.core.authority.SimpleGrantedAuthority',"
								+ "'authority':'ROLE_USER'}]],'attributes':{'@class':'java.util.LinkedHashMap',"
								+ "'login':'octocat','credit':['java.math.BigDecimal',19.90]},'favourite':" + TEA
								+ ",'nameAttributeKey':'login'},'authorities':['java.util.ArrayList',"
								+ "[{'@class':'org.springframework.security.core.authority.SimpleGrantedAuthority',"
								+ "'authority':'ROLE_USER'}]],'authorizedClientRegistrationId':'github',"
								+ "'details':null}"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("earlier")
	@DisplayName("P9 what an earlier version wrote is read")
	void isRead(String name, Object value, String raw) {
		StoredAttribute stored = new StoredAttribute(Records.AT, "json", raw.replace('\'', '"'));
		assertThat(ReadBack.difference(value, this.codec.decodeAttribute("a", stored))).isNull();
	}

	@Test
	@DisplayName("P9 a locale of no language is written as earlier versions read it")
	void writesTheRootLocaleAsBefore() {
		assertThat(this.codec.encodeAttribute("a", Locale.ROOT, Records.AT).raw())
			.isEqualTo("[\"java.util.Locale\",\"\"]");
	}

	private static Object user() {
		Map<String, Object> attributes = new LinkedHashMap<>();
		attributes.put("login", "octocat");
		attributes.put("credit", new BigDecimal("19.90"));
		return new OAuth2AuthenticationToken(
				new SocialShopper(SecuritySamples.AUTHORITIES.subList(0, 1), attributes, ITEM),
				SecuritySamples.AUTHORITIES.subList(0, 1), "github");
	}

}
