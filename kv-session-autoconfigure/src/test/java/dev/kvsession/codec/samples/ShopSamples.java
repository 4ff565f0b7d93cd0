package dev.kvsession.codec.samples;

import java.io.File;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.mock.web.MockHttpServletRequest;

import dev.kvsession.codec.shop.Annotated;
import dev.kvsession.codec.shop.Cart;
import dev.kvsession.codec.shop.Color;
import dev.kvsession.codec.shop.Holder;
import dev.kvsession.codec.shop.Item;
import dev.kvsession.codec.shop.Money;
import dev.kvsession.codec.shop.Opaque;
import dev.kvsession.codec.shop.Preferences;
import dev.kvsession.codec.shop.Tags;

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
		return Stream.of(Sample.json("enum", Color.RED), Sample.json("enum constant with body", Color.GREEN),
				Sample.json("record", ITEM), Sample.json("record with nulls", new Item(0, null, null, null)),
				Sample.json("bean", new Cart().add(ITEM, "10%")), Sample.json("immutable class", new Money(5, "EUR")),
				Sample.json("list of records", List.of(ITEM, ITEM)), Sample.json("map of records", Map.of("a", ITEM)),
				Sample.json("array of records", new Item[] { ITEM, null }),
				Sample.json("array of enums", new Color[] { Color.RED }),
				Sample.json("list subclass", new Tags(List.of("a", "b"))),
				Sample.json("record of anything", new Holder(Map.of("a", 1L), ITEM)),
				Sample.json("record of a list", new Holder(new ArrayList<>(List.of(ITEM)), 5L)),
				Sample.json("record with its own type ids", new Annotated(ITEM)),
				Sample.json("record of nothing", new Holder(null, null)),
				Sample.jdk("map subclass with a field", new Preferences().theme("dark")),
				Sample.jdk("class whose JSON loses its state", new Opaque().with("x")),
				Sample.refused("plain object inside a record", new Holder(new Object(), null)),
				Sample.jdk("cyclic list", loop));
	}

	private static Stream<Sample> foreign() {
		return Stream.of(Sample.refused("file", new File("x")), Sample.refused("object", new Object()),
				Sample.refused("class", File.class), Sample.refused("thread", new Thread("x")),
				Sample.refused("file inside a list", List.of(new File("x"))),
				Sample.refused("file inside a map", new HashMap<>(Map.of("a", new File("x")))),
				Sample.refused("file inside a record", new Holder(new File("x"), null)),
				Sample.refused("files", new File[] { new File("x") }),
				Sample.refused("type outside the trusted packages", new MockHttpServletRequest()),
				Sample.refused("lambda", (Runnable) () -> {
				}), Sample.json("string builder", new StringBuilder("x")));
	}

}
