package dev.kvsession.codec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import tools.jackson.core.Version;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.codec.security.SecurityModules;
import dev.kvsession.codec.trust.PlatformTypes;
import dev.kvsession.codec.trust.SecurityTypes;
import dev.kvsession.codec.trust.TrustedTypes;

/**
 * Registers for native images what the codec reaches by reflection. An application
 * registers its own types with {@code @RegisterReflectionForBinding}.
 */
final class CodecRuntimeHints implements RuntimeHintsRegistrar {

	private static final MemberCategory[] MEMBERS = { MemberCategory.ACCESS_DECLARED_FIELDS,
			MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_DECLARED_METHODS };

	/** Needs no annotations, so that no module names it. */
	private static final String CONTEXT = "org.springframework.security.core.context.SecurityContextImpl";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		ClassLoader loader = Objects.requireNonNullElseGet(classLoader, getClass()::getClassLoader);
		Stream.of(PlatformTypes.VALUES, PlatformTypes.COLLECTIONS)
			.flatMap(Set::stream)
			.forEach((name) -> hints.reflection()
				.registerTypeIfPresent(loader, name, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS));
		SecurityTypes.NAMES.forEach((name) -> hints.reflection().registerTypeIfPresent(loader, name, MEMBERS));
		hints.reflection().registerTypeIfPresent(loader, CONTEXT, MEMBERS);
		annotated(loader).forEach((type) -> hints.reflection().registerType(TypeReference.of(type.getName()), MEMBERS));
	}

	/*
	 * Classes that Spring Security's and our modules annotate, and the classes with these
	 * annotations.
	 */
	private static Set<Class<?>> annotated(ClassLoader loader) {
		Set<Class<?>> types = new HashSet<>();
		List<JacksonModule> modules = SecurityModules.find(loader, new TrustedTypes(List.of())).modules();
		modules.forEach((module) -> JsonMapper.builder().addModule(new Listening(module, types)).build());
		return types;
	}

	/** A module that notes the classes to which another adds annotations. */
	private static final class Listening extends JacksonModule {

		private final JacksonModule module;

		private final Set<Class<?>> types;

		private Listening(JacksonModule module, Set<Class<?>> types) {
			this.module = module;
			this.types = types;
		}

		@Override
		public String getModuleName() {
			return this.module.getModuleName();
		}

		@Override
		public Version version() {
			return this.module.version();
		}

		@Override
		public void setupModule(SetupContext context) {
			this.module.setupModule((SetupContext) Proxy.newProxyInstance(SetupContext.class.getClassLoader(),
					new Class<?>[] { SetupContext.class }, (proxy, method, arguments) -> {
						if (method.getName().equals("setMixIn")) {
							this.types.add((Class<?>) arguments[0]);
							this.types.add((Class<?>) arguments[1]);
						}
						return invoke(context, method, arguments);
					}));
		}

		private static Object invoke(SetupContext context, Method method, Object[] arguments) throws Throwable {
			try {
				return method.invoke(context, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getTargetException();
			}
		}

	}

}
