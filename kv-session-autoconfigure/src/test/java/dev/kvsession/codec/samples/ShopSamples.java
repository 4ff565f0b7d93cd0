package dev.kvsession.codec.samples;

import java.io.File;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.mock.web.MockHttpServletRequest;

import dev.kvsession.codec.shop.Cart;
import dev.kvsession.codec.shop.Color;
import dev.kvsession.codec.shop.Holder;
import dev.kvsession.codec.shop.Item;
import dev.kvsession.codec.shop.Money;
import dev.kvsession.codec.shop.Opaque;
import dev.kvsession.codec.shop.Preferences;
import dev.kvsession.codec.shop.Tags;

import static dev.kvsession.codec.samples.Sample.jdk;
import static dev.kvsession.codec.samples.Sample.json;
import static dev.kvsession.codec.samples.Sample.refused;

/**
 * An application's own types.
 */
public final class ShopSamples {

	private static final Item ITEM = new Item(1L << 40, "tea", new BigDecimal("3.50"), Color.GREEN);

	private ShopSamples() {
	}

	public static Stream<Sample> all() {
		return Stream.concat(trusted(), foreign());
	}

	private static Stream<Sample> trusted() {
		List<Object> loop = new ArrayList<>();
		loop.add(loop);
		return Stream.of(json("enum", Color.RED), json("enum constant with body", Color.GREEN), json("record", ITEM),
				json("record with nulls", new Item(0, null, null, null)), json("bean", new Cart().add(ITEM, "10%")),
				json("immutable class", new Money(5, "EUR")), json("list of records", List.of(ITEM, ITEM)),
				json("map of records", Map.of("a", ITEM)), json("array of records", new Item[] { ITEM, null }),
				json("array of enums", new Color[] { Color.RED }), json("list subclass", new Tags(List.of("a", "b"))),
				json("record of anything", new Holder(Map.of("a", 1L), ITEM)),
				json("record of a list", new Holder(new ArrayList<>(List.of(ITEM)), 5L)),
				json("record of nothing", new Holder(null, null)),
				jdk("map subclass with a field", new Preferences().theme("dark")),
				jdk("class whose JSON loses its state", new Opaque().with("x")),
				refused("list that contains itself", new Holder(new Object(), null)),
				jdk("cyclic list", loop));
	}

	private static Stream<Sample> foreign() {
		return Stream.of(refused("file", new File("x")), refused("object", new Object()), refused("class", File.class),
				refused("thread", new Thread("x")), refused("file inside a list", List.of(new File("x"))),
				refused("file inside a map", new HashMap<>(Map.of("a", new File("x")))),
				refused("file inside a record", new Holder(new File("x"), null)),
				refused("files", new File[] { new File("x") }),
				refused("type outside the trusted packages", new MockHttpServletRequest()),
				refused("lambda", (Runnable) () -> { }), refused("string builder", new StringBuilder("x")));
	}

}
