package dev.kvsession.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.client.KvClient;

/**
 * Matches if there is a bean of {@link KvClient} or {@link KvConnectionDetails}, a
 * namespace id or a token. With only one of the latter two the start then fails and names
 * the other. Blank values, as of {@code ${TOKEN:}}, count as missing.
 */
final class OnKvConfiguredCondition extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Cloudflare KV");
		for (Class<?> type : List.of(KvClient.class, KvConnectionDetails.class)) {
			if (hasBean(context.getBeanFactory(), type)) {
				return ConditionOutcome.match(message.foundExactly("a bean of type " + type.getName()));
			}
		}
		List<String> present = LateConfiguration.configured(context.getEnvironment());
		if (present.isEmpty() && isAheadOfTime(context.getEnvironment())) {
			return ConditionOutcome.match(message.because("the application is built ahead of time"));
		}
		if (present.isEmpty()) {
			return ConditionOutcome.noMatch(message
				.because("neither " + KvPropertyNames.NAMESPACE_ID + " nor " + KvPropertyNames.API_TOKEN + " is set"));
		}
		return ConditionOutcome.match(message.foundExactly(String.join(" and ", present)));
	}

	private static boolean hasBean(@Nullable ConfigurableListableBeanFactory beanFactory, Class<?> type) {
		return beanFactory != null
				&& BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, type, true, false).length > 0;
	}

	private static boolean isAheadOfTime(Environment environment) {
		return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
				&& !Boolean.FALSE.equals(LateConfiguration.enabled(environment));
	}

}
