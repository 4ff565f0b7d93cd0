package dev.kvsession.codec.value;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentHashMap.KeySetView;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;

import dev.kvsession.codec.structure.ReadBudget;

/**
 * Reads a collection's elements first, then adds all at once, unless {@link ReadBudget}
 * finds that too costly.
 */
final class CollectionReaders extends ValueDeserializerModifier {

	private static final String AUTHORITY = "org.springframework.security.core.GrantedAuthority";

	@Override
	public ValueDeserializer<?> modifyCollectionDeserializer(DeserializationConfig config, CollectionType type,
			BeanDescription.Supplier description, ValueDeserializer<?> usual) {
		Class<?> raw = type.getRawClass();
		boolean copying = CopyOnWriteArrayList.class.isAssignableFrom(raw);
		boolean set = Set.class.isAssignableFrom(raw) && !SortedSet.class.isAssignableFrom(raw)
				&& !EnumSet.class.isAssignableFrom(raw);
		return ((copying || set || isHashedLater(type)) && isJacksons(usual)) ? new OfCollection(type, usual, null)
				: usual;
	}

	@Override
	public ValueDeserializer<?> modifyMapDeserializer(DeserializationConfig config, MapType type,
			BeanDescription.Supplier description, ValueDeserializer<?> usual) {
		Class<?> raw = type.getRawClass();
		boolean other = raw == Pairs.class || SortedMap.class.isAssignableFrom(raw)
				|| EnumMap.class.isAssignableFrom(raw);
		return (other || !isJacksons(usual)) ? usual : new OfMap(type, usual, null);
	}

	/* Spring Security's users put the list of their authorities into a set. */
	private static boolean isHashedLater(JavaType type) {
		return List.class.isAssignableFrom(type.getRawClass())
				&& type.getContentType().getRawClass().getName().equals(AUTHORITY);
	}

	private static boolean isJacksons(ValueDeserializer<?> usual) {
		return usual.getClass().getName().startsWith("tools.jackson.");
	}

	/** Reads by another deserializer, and makes the collection of what it read. */
	private abstract static class Reader extends ValueDeserializer<Object> {

		final JavaType type;

		final ValueDeserializer<?> usual;

		final @Nullable ValueDeserializer<?> parts;

		Reader(JavaType type, ValueDeserializer<?> usual, @Nullable ValueDeserializer<?> parts) {
			this.type = type;
			this.usual = usual;
			this.parts = parts;
		}

		@Override
		public boolean isCachable() {
			return true;
		}

		@Override
		public @Nullable Object getEmptyValue(DeserializationContext context) {
			return this.usual.getEmptyValue(context);
		}

		@Override
		public Object deserialize(JsonParser parser, DeserializationContext context) {
			ValueDeserializer<?> reader = this.parts;
			Object read = (reader != null) ? reader.deserialize(parser, context) : null;
			return (read != null) ? make(read, context) : context.reportInputMismatch(this.type, "not a collection");
		}

		@Override
		public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types) {
			return types.deserializeTypedFromAny(parser, context);
		}

		abstract Object make(Object read, DeserializationContext context);

	}

	private static final class OfCollection extends Reader {

		private OfCollection(JavaType type, ValueDeserializer<?> usual, @Nullable ValueDeserializer<?> parts) {
			super(type, usual, parts);
		}

		@Override
		public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
			if (isHashedLater(this.type)) {
				return new OfCollection(this.type, this.usual, this.usual.createContextual(context, property));
			}
			JavaType list = context.getTypeFactory()
				.constructCollectionType(ArrayList.class, this.type.getContentType());
			return new OfCollection(this.type, this.usual, context.findContextualValueDeserializer(list, property));
		}

		@Override
		public Object deserialize(JsonParser parser, DeserializationContext context) {
			return ReadBudget.of(context).nested(() -> super.deserialize(parser, context));
		}

		@Override
		Object make(Object read, DeserializationContext context) {
			List<?> elements = (List<?>) read;
			Class<?> raw = this.type.getRawClass();
			if (Set.class.isAssignableFrom(raw) || isHashedLater(this.type)) {
				ReadBudget.of(context).check(elements, CopyOnWriteArraySet.class.isAssignableFrom(raw));
			}
			return addAll(raw, elements, context);
		}

		@SuppressWarnings("unchecked")
		private Object addAll(Class<?> raw, List<?> elements, DeserializationContext context) {
			Object target = (raw == KeySetView.class) ? ConcurrentHashMap.newKeySet()
					: this.usual.getEmptyValue(context);
			((Collection<Object>) target).addAll(elements);
			return target;
		}

	}

	private static final class OfMap extends Reader {

		private OfMap(JavaType type, ValueDeserializer<?> usual, @Nullable ValueDeserializer<?> parts) {
			super(type, usual, parts);
		}

		@Override
		public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
			JavaType pairs = context.getTypeFactory()
				.constructMapType(Pairs.class, this.type.getKeyType(), this.type.getContentType());
			return new OfMap(this.type, this.usual, context.findContextualValueDeserializer(pairs, property));
		}

		@Override
		@SuppressWarnings("unchecked")
		Object make(Object read, DeserializationContext context) {
			Pairs<?, ?> pairs = (Pairs<?, ?>) read;
			ReadBudget.of(context)
				.check(pairs.keys(), Hashtable.class.isAssignableFrom(this.type.getRawClass())
						&& !Properties.class.isAssignableFrom(this.type.getRawClass()));
			Map<Object, Object> target = (Map<Object, Object>) this.usual.getEmptyValue(context);
			pairs.addTo(target);
			return target;
		}

	}

	/** A map's entries in the order of its text, without looking for equal keys. */
	static final class Pairs<K, V> extends AbstractMap<K, V> {

		private final List<K> keys = new ArrayList<>();

		private final List<V> values = new ArrayList<>();

		@Override
		public @Nullable V put(K key, V value) {
			this.keys.add(key);
			this.values.add(value);
			return null;
		}

		List<K> keys() {
			return this.keys;
		}

		void addTo(Map<Object, Object> target) {
			for (int i = 0; i < this.keys.size(); i++) {
				target.put(this.keys.get(i), this.values.get(i));
			}
		}

		@Override
		public Set<Map.Entry<K, V>> entrySet() {
			throw new UnsupportedOperationException();
		}

	}

}
