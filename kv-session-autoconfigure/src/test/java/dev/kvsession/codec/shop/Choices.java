package dev.kvsession.codec.shop;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a shopper has chosen, or not.
 */
public record Choices(Optional<String> note, Optional<Item> item, OptionalInt count, OptionalLong total,
		OptionalDouble rate, AtomicReference<List<String>> names, AtomicReference<Object> any,
		AtomicReference<String[]> texts) {

	public static Choices none() {
		return new Choices(Optional.empty(), Optional.empty(), OptionalInt.empty(), OptionalLong.empty(),
				OptionalDouble.empty(), new AtomicReference<>(), new AtomicReference<>(), new AtomicReference<>());
	}

	public static Choices all(Item item) {
		return new Choices(Optional.of("x"), Optional.of(item), OptionalInt.of(3), OptionalLong.of(4),
				OptionalDouble.of(1.5), new AtomicReference<>(List.of("a", "b")), new AtomicReference<>(5L),
				new AtomicReference<>(new String[] { "a" }));
	}

	public static Choices nothing() {
		return new Choices(null, null, null, null, null, null, null, null);
	}

}
