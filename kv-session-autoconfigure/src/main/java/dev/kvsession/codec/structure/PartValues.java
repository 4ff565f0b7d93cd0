package dev.kvsession.codec.structure;

import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.ReferenceType;
import tools.jackson.databind.util.AccessPattern;

import dev.kvsession.codec.trust.CanonicalTypes;

/**
 * Stores the JDK's values with parts as an array of them. Jackson's own form cannot tell
 * an {@code Optional} from its content.
 */
public final class PartValues extends FormModule {

	private static final Map<Class<?>, Form<?>> FORMS = forms();

	public PartValues() {
		setSerializerModifier(new Nulls());
	}

	@Override
	protected @Nullable ValueSerializer<?> writer(Class<?> type, SerializationConfig config) {
		return contains(type) ? new Content.Writer<>(Object.class, JsonToken.START_ARRAY, PartValues::write) : null;
	}

	private static void write(Object value, JsonGenerator generator, SerializationContext context) {
		Objects.requireNonNull(parts(value)).forEach((part) -> Content.write(part, generator, context));
	}

	@Override
	protected @Nullable ValueDeserializer<?> reader(Class<?> type) {
		// entries of any class stand where only the interface is declared
		Form<?> form = FORMS.get((type == Map.Entry.class) ? SimpleImmutableEntry.class : type);
		return (form != null) ? new Reader<>(form, EarlierReferences.of(form.type())) : null;
	}

	@Override
	protected @Nullable ValueDeserializer<?> reader(ReferenceType type, @Nullable TypeDeserializer contentTypes,
			@Nullable ValueDeserializer<?> content) {
		Form<?> form = FORMS.get(type.getRawClass());
		return (form != null) ? new Reader<>(form, EarlierReferences.of(type, contentTypes, content)) : null;
	}

	/* The parts of a value, or null if it is none of these. */
	static @Nullable List<@Nullable Object> parts(Object value) {
		Form<?> form = FORMS.get(CanonicalTypes.of(value.getClass()));
		return (form != null) ? form.take(value) : null;
	}

	static boolean contains(Class<?> type) {
		return FORMS.containsKey(CanonicalTypes.of(type));
	}

	private static Map<Class<?>, Form<?>> forms() {
		Map<Class<?>, Form<?>> forms = new HashMap<>();
		put(forms, Optional.class, PartValues::ofOptional,
				(parts) -> isNull(parts) ? null : Optional.ofNullable(first(parts)));
		put(forms, OptionalInt.class, (optional) -> some(optional.isPresent(), optional.orElse(0)),
				(parts) -> isNull(parts) ? null
						: parts.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) parts.get(0)));
		put(forms, OptionalLong.class, (optional) -> some(optional.isPresent(), optional.orElse(0)),
				(parts) -> isNull(parts) ? null
						: parts.isEmpty() ? OptionalLong.empty() : OptionalLong.of((long) parts.get(0)));
		put(forms, OptionalDouble.class, (optional) -> some(optional.isPresent(), optional.orElse(0)),
				(parts) -> isNull(parts) ? null
						: parts.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((double) parts.get(0)));
		put(forms, AtomicReference.class, (reference) -> Collections.singletonList(reference.get()),
				(parts) -> parts.isEmpty() ? null : new AtomicReference<>(first(parts)));
		put(forms, SimpleEntry.class, (entry) -> Arrays.asList(entry.getKey(), entry.getValue()),
				(parts) -> new SimpleEntry<>(parts.get(0), parts.get(1)));
		put(forms, SimpleImmutableEntry.class, (entry) -> Arrays.asList(entry.getKey(), entry.getValue()),
				(parts) -> new SimpleImmutableEntry<>(parts.get(0), parts.get(1)));
		put(forms, Pattern.class, (pattern) -> List.of(pattern.pattern(), pattern.flags()), PartValues::pattern);
		put(forms, GregorianCalendar.class, PartValues::ofCalendar, PartValues::calendar);
		return Map.copyOf(forms);
	}

	private static <T> void put(Map<Class<?>, Form<?>> forms, Class<T> type, Function<T, List<?>> taker,
			Function<List<Object>, @Nullable T> maker) {
		forms.put(type, new Form<>(type, taker, maker));
	}

	private static List<?> ofOptional(Optional<?> optional) {
		return optional.isPresent() ? List.of(optional.get()) : List.of();
	}

	private static List<?> some(boolean present, Object content) {
		return (present) ? List.of(content) : List.of();
	}

	/* No optional has it, so it stands for one that is null itself. */
	private static boolean isNull(List<Object> parts) {
		return !parts.isEmpty() && first(parts) == null;
	}

	private static @Nullable Object first(List<Object> parts) {
		return parts.isEmpty() ? null : parts.get(0);
	}

	/* Canonical equivalence would multiply a pattern of many accents without bound. */
	private static Pattern pattern(List<Object> parts) {
		int flags = (int) parts.get(1);
		if ((flags & Pattern.CANON_EQ) != 0) {
			throw new IllegalArgumentException("a pattern with canonical equivalence");
		}
		return Pattern.compile((String) parts.get(0), flags);
	}

	private static List<?> ofCalendar(GregorianCalendar calendar) {
		return List.of(calendar.getTimeInMillis(), calendar.getTimeZone().getID(), calendar.isLenient(),
				calendar.getFirstDayOfWeek(), calendar.getMinimalDaysInFirstWeek(),
				calendar.getGregorianChange().getTime());
	}

	private static GregorianCalendar calendar(List<Object> parts) {
		GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone((String) parts.get(1)));
		calendar.setGregorianChange(new Date((long) parts.get(5)));
		calendar.setFirstDayOfWeek((int) parts.get(3));
		calendar.setMinimalDaysInFirstWeek((int) parts.get(4));
		calendar.setTimeInMillis((long) parts.get(0));
		calendar.setLenient((boolean) parts.get(2));
		return calendar;
	}

	/** How one class is taken apart and made again. */
	private record Form<T>(Class<T> type, Function<T, List<?>> taker, Function<List<Object>, @Nullable T> maker) {

		@SuppressWarnings("unchecked")
		private List<@Nullable Object> take(Object value) {
			Object canonical = value;
			if (value instanceof Map.Entry<?, ?> entry && this.type == SimpleImmutableEntry.class) {
				canonical = new SimpleImmutableEntry<Object, Object>(entry);
			}
			return (List<@Nullable Object>) this.taker.apply(this.type.cast(canonical));
		}

	}

	/** Tells a null field from an empty one, for which earlier versions wrote null. */
	private static final class Nulls extends ValueSerializerModifier {

		@Override
		public List<BeanPropertyWriter> changeProperties(SerializationConfig config,
				BeanDescription.Supplier description, List<BeanPropertyWriter> properties) {
			for (BeanPropertyWriter property : properties) {
				Class<?> type = property.getType().getRawClass();
				if (EarlierReferences.contain(type) && !property.hasNullSerializer()) {
					property.assignNullSerializer(new NullWriter(type == AtomicReference.class));
				}
			}
			return properties;
		}

	}

	/** Writes parts that no value has: none for a reference, null for an optional. */
	private static final class NullWriter extends StdSerializer<Object> {

		private final boolean reference;

		private NullWriter(boolean reference) {
			super(Object.class);
			this.reference = reference;
		}

		@Override
		public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
			generator.writeStartArray();
			if (!this.reference) {
				generator.writeNull();
			}
			generator.writeEndArray();
		}

	}

	private static final class Reader<T> extends ValueDeserializer<Object> {

		private final Form<T> form;

		private final EarlierReferences earlier;

		private Reader(Form<T> form, EarlierReferences earlier) {
			this.form = form;
			this.earlier = earlier;
		}

		@Override
		public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
			return new Reader<>(this.form, this.earlier.contextual(context, property));
		}

		@Override
		public AccessPattern getNullAccessPattern() {
			return AccessPattern.DYNAMIC;
		}

		/* Jackson asks for it after null as well as after what was read as null. */
		@Override
		public @Nullable Object getNullValue(DeserializationContext context) {
			boolean read = context.getAttribute(Reader.class) != null;
			context.setAttribute(Reader.class, null);
			return (read) ? null : this.earlier.empty();
		}

		@Override
		public @Nullable Object getAbsentValue(DeserializationContext context) {
			return null;
		}

		@Override
		public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
			if (!parser.isExpectedStartArrayToken()) {
				return this.earlier.read(parser, context);
			}
			List<Object> parts = new ArrayList<>();
			JsonToken token = parser.nextToken();
			if (this.earlier.isContent(token)) {
				return this.earlier.readArray(parser, context);
			}
			if (token == JsonToken.VALUE_STRING && EarlierReferences.contain(this.form.type())) {
				String first = parser.getString();
				if (parser.nextToken() != JsonToken.END_ARRAY) {
					return this.earlier.readTyped(first, parser, context);
				}
				parts.add(first);
			}
			while (parser.currentToken() != JsonToken.END_ARRAY) {
				parts.add(Content.read(parser, context));
				parser.nextToken();
			}
			if (this.form.type() == Pattern.class) {
				ReadBudget.of(context).checkPattern((String) parts.get(0));
			}
			T value = this.form.maker().apply(parts);
			if (value == null) {
				context.setAttribute(Reader.class, true);
			}
			return value;
		}

	}

}
