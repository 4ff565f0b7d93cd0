package dev.kvsession.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers {@link KvStart}, without a condition on properties. Whoever excludes
 * {@link KvClientAutoConfiguration} does without, which is decided here, since nobody
 * knows of exclusions in an application that was built ahead of time.
 */
final class KvStartRegistrar implements ImportBeanDefinitionRegistrar {

	private static final String BEAN = "kvStart";

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importingClassMetadata, BeanDefinitionRegistry registry) {
		if (registry instanceof ConfigurableListableBeanFactory factory && ConditionEvaluationReport.get(factory)
			.getExclusions()
			.contains(KvClientAutoConfiguration.class.getName())) {
			return;
		}
		if (!registry.containsBeanDefinition(BEAN)) {
			RootBeanDefinition start = new RootBeanDefinition(KvStart.class);
			start.setLazyInit(false);
			registry.registerBeanDefinition(BEAN, start);
		}
	}

}
