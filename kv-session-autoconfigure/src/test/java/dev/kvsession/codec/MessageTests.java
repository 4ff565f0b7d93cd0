package dev.kvsession.codec;

import java.io.File;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.codec.shop.Account;
import dev.kvsession.codec.shop.Bound;
import dev.kvsession.codec.shop.Holder;
import dev.kvsession.codec.shop.Latest;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the codec says when a value cannot be stored or read.
 */
class MessageTests {

	private final JsonSessionCodec codec = Records.codec(JdkFallback.OFF);

	static Stream<Arguments> values() {
		File file = new File("x");
		Account account = new Account(1, "ada");
		return Stream.of(Arguments.of(new Holder(List.of("a", new Holder(file, null)), null), "`content[1].content`"),
				Arguments.of(List.of(new Holder(1, null), new Holder(account, null)), "`[1].content.owner`"),
				Arguments.of(new Holder(Map.of("ada@example.com", file), null), "`content[*]`"),
				Arguments.of(new Holder(Map.of("ada@example.com", account), null), "`content[*].owner`"),
				Arguments.of(new Holder(new Object[] { 1, file }, null), "`content[1]`"),
				Arguments.of(new Holder(Optional.of(new Holder(account, null)), null), "`content.content.owner`"),
				Arguments.of(new LinkedHashMap<>(Map.of("a", List.of(file))), "`[*][0]`"),
				Arguments.of(new Latest(null, account), "`account.owner`"),
				Arguments.of(new ArrayList<>(List.of(new Holder(null, new Holder(null, file)))), "`[0].other.other`"));
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("values")
	@DisplayName("P9 a message names the part that cannot be stored, and P12 no key of a map")
	void namesTheComponent(Object value, String place) {
		assertThatExceptionOfType(AttributeEncodingException.class)
			.isThrownBy(() -> this.codec.encodeAttribute("cart", value, Records.AT))
			.withMessageContaining(place + " of attribute `cart`")
			.withMessageNotContaining("example.com");
	}

	@Test
	void aPartThatCannotBeReadIsNamed() {
		assertUnreadable(
				"{\"@class\":\"dev.kvsession.codec.shop.Holder\",\"content\":[\"java.util.ArrayList\",[1,"
						+ "{\"@class\":\"dev.kvsession.codec.shop.Holder\",\"content\":[\"java.io.File\",\"x\"]}]]}",
				"holds a java.io.File, which is not trusted, at `content[1].content`");
	}

	@Test
	@DisplayName("P9 a missing class of a trusted package is named, with what to do")
	void aMissingClassIsNamed() {
		for (String raw : List.of("{\"@class\":\"dev.kvsession.codec.shop.OldCart\",\"id\":1}",
				"{\"@class\":\"java.util.HashMap\",\"#dev.kvsession.codec.shop.OldCart:A\":1}",
				"[\"[Ldev.kvsession.codec.shop.OldCart;\",[]]",
				"[\"java.util.ArrayList<dev.kvsession.codec.shop.OldCart>\",[]]")) {
			assertUnreadable(raw, "dev.kvsession.codec.shop.OldCart", "renamed");
		}
	}

	@Test
	void aClassInThePlaceOfAnotherIsNamed() {
		assertUnreadable(
				"{\"@class\":\"dev.kvsession.codec.shop.Cart\",\"notes\":{\"@class\":\"dev.kvsession.codec.shop.Money\"}}",
				"dev.kvsession.codec.shop.Money", "declares another type");
	}

	@Test
	@DisplayName("P9 of what an annotation keeps out of JSON a message says why it does not come back, and what to do")
	void theReasonOfAnIgnoredField() {
		assertRefused(new Account(1, "ada"), "such as @JsonIgnore, a constructor or a setter may leave it out");
	}

	@Test
	void theNextStepSuitsTheType() {
		assertRefused(new File("x"), "no type of the application's own");
		assertRefused((Runnable & java.io.Serializable) () -> {
		}, "generated at run time");
		assertRefused(new Unlisted(), "name its package in cloudflare.kv.session.json.trusted-packages");
	}

	static Stream<Arguments> reasons() {
		List<Object> loop = new ArrayList<>();
		loop.add(loop);
		return Stream.of(Arguments.of(loop, "refers to itself"),
				Arguments.of(new BigInteger("1".repeat(1001)), "too long"),
				Arguments.of(Bound.braces("x"), "anonymous or inner class"),
				Arguments.of(new TreeSet<>(Comparator.reverseOrder()), "comparator"),
				Arguments.of(Bound.later("x"), "generated at run time"));
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("reasons")
	void namesTheReason(Object value, String reason) {
		assertThatExceptionOfType(AttributeEncodingException.class)
			.isThrownBy(() -> this.codec.encodeAttribute("cart", new Holder(value, null), Records.AT))
			.withMessageContaining(reason)
			.withMessageNotContaining("a class that this application does not have");
	}

	private void assertRefused(Object value, String text) {
		assertThatExceptionOfType(AttributeEncodingException.class)
			.isThrownBy(() -> this.codec.encodeAttribute("cart", List.of(value), Records.AT))
			.withMessageContaining(text);
	}

	private void assertUnreadable(String raw, String... texts) {
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.codec.decodeAttribute("cart", new StoredAttribute(Records.AT, "json", raw)))
			.withMessageContainingAll(texts)
			.withMessageNotContaining("name its package in cloudflare.kv.session.json.trusted-packages, at")
			.withNoCause();
	}

	static final class Unlisted {

	}

}
