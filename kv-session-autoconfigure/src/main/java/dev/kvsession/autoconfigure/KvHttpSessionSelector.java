package dev.kvsession.autoconfigure;

import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.core.Ordered;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Imports the configurations of {@link EnableKvHttpSession} after the user's beans, so
 * that those win, and before auto-configurations, so that those back off.
 */
final class KvHttpSessionSelector implements DeferredImportSelector, Ordered {

	@Override
	public String[] selectImports(AnnotationMetadata importingClassMetadata) {
		return new String[] { KvClientConfiguration.class.getName(), KvHttpSessionConfiguration.class.getName(),
				KvStart.Registrar.class.getName() };
	}

	@Override
	public int getOrder() {
		return 0;
	}

}
