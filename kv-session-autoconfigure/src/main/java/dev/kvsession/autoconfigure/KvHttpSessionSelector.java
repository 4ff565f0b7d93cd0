package dev.kvsession.autoconfigure;

import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.core.Ordered;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Imports what {@link EnableKvHttpSession} stands for after all of the user's beans are
 * known, so that they win, and before auto-configurations, so that those back off.
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
