package dev.kvsession.test.spring;

import java.nio.file.Path;
import java.time.InstantSource;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotationMetadata;

import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * Starts the emulator. It selects nothing: a selector is what Spring asks before it
 * evaluates the conditions of auto-configurations, which look for the properties. A
 * registrar or a bean would come too late.
 */
final class KvEmulatorSelector implements ImportSelector {

	private static final String NAME = "kvEmulator";

	private final BeanDefinitionRegistry beans;

	private final ConfigurableEnvironment environment;

	KvEmulatorSelector(BeanFactory beans, Environment environment) {
		this.beans = (BeanDefinitionRegistry) beans;
		this.environment = (ConfigurableEnvironment) environment;
	}

	@Override
	public String[] selectImports(AnnotationMetadata annotated) {
		MergedAnnotation<ImportKvEmulator> wish = annotated.getAnnotations().get(ImportKvEmulator.class);
		if (!this.beans.containsBeanDefinition(NAME)) {
			register(start(wish.getInt("port"), this.environment.resolvePlaceholders(wish.getString("file"))));
		}
		return new String[0];
	}

	private static KvEmulator start(int port, String file) {
		KvEmulator emulator = KvEmulator.start(KvEmulatorSettings.strong(), port, InstantSource.system());
		return file.isEmpty() ? emulator : emulator.keepIn(Path.of(file));
	}

	private void register(KvEmulator emulator) {
		this.environment.getPropertySources().addFirst(new MapPropertySource(NAME, emulator.properties()));
		// Never lazy, for a bean that nobody has asked for is not closed.
		this.beans.registerBeanDefinition(NAME,
				BeanDefinitionBuilder.genericBeanDefinition(KvEmulator.class, () -> emulator)
					.setDestroyMethodName("close")
					.setLazyInit(false)
					.getBeanDefinition());
	}

}
