package dev.kvsession.codec.value;

import org.springframework.util.ClassUtils;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.TypeFactory;

import dev.kvsession.codec.security.FlashMaps;
import dev.kvsession.codec.security.SecurityModules;
import dev.kvsession.codec.structure.BindingResults;
import dev.kvsession.codec.structure.PartValues;
import dev.kvsession.codec.trust.AttributeAnnotations;
import dev.kvsession.codec.trust.TrustedTypeValidator;
import dev.kvsession.codec.trust.TrustedTypes;

/**
 * Builds the mapper for attribute values. The application's settings of Spring Boot's
 * mapper must not change records.
 */
public final class AttributeMapper {

	/** How deep a value may be nested; deeper ones are refused when they are set. */
	public static final int MAX_DEPTH = 200;

	/**
	 * Longest name, in characters, as long as KV's longest value: keys and names of form
	 * parameters may be long.
	 */
	private static final int MAX_NAME = 25 * 1024 * 1024;

	private static final String SQL = "java.sql.Timestamp";

	private AttributeMapper() {
	}

	static JsonMapper build(ClassLoader loader, TrustedTypes trusted) {
		SecurityModules security = SecurityModules.find(loader, trusted);
		return JsonMapper.builder(factory(MAX_DEPTH))
			.typeFactory(TypeFactory.createDefaultInstance().withClassLoader(loader))
			.annotationIntrospector(new AttributeAnnotations(trusted))
			.enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
			.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.addModules(security.modules())
			.addModule(new PartValues())
			.addModule(new BindingResults())
			.addModule(last(loader, trusted, security.validator()))
			.build();
	}

	public static JsonFactory factory(int depth) {
		return JsonFactory.builder()
			.streamReadConstraints(
					StreamReadConstraints.builder().maxNestingDepth(depth).maxNameLength(MAX_NAME).build())
			.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build();
	}

	/* Comes last, since Spring Security's modules switch on their own typing. */
	private static SimpleModule last(ClassLoader loader, TrustedTypes trusted, PolymorphicTypeValidator security) {
		PolymorphicTypeValidator validator = new TrustedTypeValidator(trusted, security);
		SimpleModule module = new SimpleModule(AttributeMapper.class.getName()) {

			@Override
			public void setupModule(SetupContext context) {
				super.setupModule(context);
				context.addKeySerializers(TypedKeys.writers());
				context.addKeyDeserializers((type, config, description) -> new TypedKeys(trusted, type.getRawClass()));
				context.addValueInstantiators(new FieldInstantiators(trusted));
				((MapperBuilder<?, ?>) context.getOwner()).polymorphicTypeValidator(validator)
					.setDefaultTyping(new TypedValues(validator, trusted))
					.disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
					.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);
			}

		};
		module.setDefaultNullKeySerializer(new TypedKeys.Writer());
		module.setDeserializerModifier(new CollectionReaders());
		TextValues.register(module);
		if (ClassUtils.isPresent(SQL, loader)) {
			TextValues.SqlValues.register(module);
		}
		FlashMaps.register(module, loader);
		return module;
	}

}
