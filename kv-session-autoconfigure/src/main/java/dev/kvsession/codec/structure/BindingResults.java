package dev.kvsession.codec.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.validation.AbstractBindingResult;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindingResult;
import org.springframework.validation.DirectFieldBindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.MapBindingResult;
import org.springframework.validation.ObjectError;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

import dev.kvsession.codec.trust.CanonicalTypes;
import dev.kvsession.codec.trust.PlatformTypes;
import dev.kvsession.codec.trust.SecurityTypes;

/**
 * Stores target and errors of a form's binding, which a redirect carries to the form's
 * page. Drops what belongs to the request, such as property editors, and all rejected
 * values and arguments but values of the JDK.
 */
public final class BindingResults extends FormModule {

	private static final String NAME = "objectName";

	private static final String TARGET = "target";

	private static final String ERRORS = "errors";

	public BindingResults() {
		add(BeanPropertyBindingResult.class, (name, target) -> new BeanPropertyBindingResult(target, name));
		add(DirectFieldBindingResult.class, (name, target) -> new DirectFieldBindingResult(target, name));
		add(MapBindingResult.class,
				(name, target) -> new MapBindingResult((target instanceof Map<?, ?> map) ? map : Map.of(), name));
	}

	private <T extends AbstractBindingResult> void add(Class<T> type, BiFunction<String, @Nullable Object, T> maker) {
		addDeserializer(type, Content.reader((parser, context) -> {
			Map<String, @Nullable Object> fields = Content.readFields(parser, context);
			T result = maker.apply((String) Objects.requireNonNull(fields.get(NAME)), fields.get(TARGET));
			for (Object parts : (List<?>) Objects.requireNonNull(fields.get(ERRORS))) {
				result.addError(error((List<?>) parts));
			}
			return result;
		}));
	}

	@Override
	protected @Nullable ValueSerializer<?> writer(Class<?> type, SerializationConfig config) {
		return contains(type) ? new Content.Writer<>(Object.class, JsonToken.START_OBJECT, BindingResults::write)
				: null;
	}

	private static void write(Object value, JsonGenerator generator, SerializationContext context) {
		List<@Nullable Object> parts = parts(value);
		Content.write(NAME, parts.get(0), generator, context);
		Content.write(TARGET, parts.get(1), generator, context);
		Content.write(ERRORS, parts.get(2), generator, context);
	}

	static boolean contains(Class<?> type) {
		return SecurityTypes.BINDING_RESULTS.contains(type.getName());
	}

	/* What is stored of a result. */
	static List<@Nullable Object> parts(Object value) {
		BindingResult result = (BindingResult) value;
		return Arrays.asList(result.getObjectName(), result.getTarget(), errors(result));
	}

	private static List<List<@Nullable Object>> errors(BindingResult result) {
		List<List<@Nullable Object>> errors = new ArrayList<>();
		for (ObjectError error : result.getAllErrors()) {
			FieldError field = (error instanceof FieldError of) ? of : null;
			errors.add(Arrays.asList(error.getObjectName(), (field != null) ? field.getField() : null,
					(field != null) ? plain(field.getRejectedValue(), null) : null,
					field != null && field.isBindingFailure(), texts(error.getCodes()), arguments(error.getArguments()),
					error.getDefaultMessage()));
		}
		return errors;
	}

	private static @Nullable List<String> texts(String @Nullable [] texts) {
		return (texts != null) ? Arrays.asList(texts) : null;
	}

	private static @Nullable List<@Nullable Object> arguments(Object @Nullable [] arguments) {
		if (arguments == null) {
			return null;
		}
		List<@Nullable Object> stored = new ArrayList<>();
		for (Object argument : arguments) {
			stored.add((argument instanceof MessageSourceResolvable message) ? Arrays.asList(texts(message.getCodes()),
					arguments(message.getArguments()), message.getDefaultMessage())
					: plain(argument, String.valueOf(argument)));
		}
		return stored;
	}

	private static @Nullable Object plain(@Nullable Object value, @Nullable Object otherwise) {
		boolean plain = value == null || PlatformTypes.VALUES.contains(CanonicalTypes.of(value.getClass()).getName());
		return (plain) ? value : otherwise;
	}

	private static ObjectError error(List<?> parts) {
		String object = (String) Objects.requireNonNull(parts.get(0));
		String[] codes = array(parts.get(4));
		Object[] arguments = messages(parts.get(5));
		String message = (String) parts.get(6);
		return (parts.get(1) instanceof String field)
				? new FieldError(object, field, parts.get(2), (boolean) parts.get(3), codes, arguments, message)
				: new ObjectError(object, codes, arguments, message);
	}

	private static String @Nullable [] array(@Nullable Object texts) {
		return (texts instanceof List<?> list) ? list.toArray(new String[0]) : null;
	}

	private static Object @Nullable [] messages(@Nullable Object arguments) {
		if (!(arguments instanceof List<?> list)) {
			return null;
		}
		List<@Nullable Object> messages = new ArrayList<>();
		for (Object argument : list) {
			messages.add((argument instanceof List<?> parts) ? new DefaultMessageSourceResolvable(array(parts.get(0)),
					messages(parts.get(1)), (String) parts.get(2)) : argument);
		}
		return messages.toArray();
	}

}
