package dev.kvsession.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

import dev.kvsession.client.KvClient;

/**
 * Matches if somebody means to use KV: a bean of {@link KvClient} or
 * {@link KvConnectionDetails}, a namespace id or a token. With only one of the latter two
 * it matches as well, so that the start fails and says what is missing. Blank values, as
 * of {@code ${TOKEN:}}, count as missing.
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
		List<String> present = present(context.getEnvironment());
		if (present.isEmpty()) {
			return ConditionOutcome.noMatch(message
				.because("neither " + KvPropertyNames.NAMESPACE_ID + " nor " + KvPropertyNames.API_TOKEN + " is set"));
		}
		return ConditionOutcome.match(message.foundExactly(String.join(" and ", present)));
	}

	private static boolean hasBean(@Nullable ConfigurableListableBeanFactory beanFactory, Class<?> type) {
		return beanFactory != null && beanFactory.getBeanNamesForType(type, true, false).length > 0;
	}

	private static List<String> present(Environment environment) {
		Binder binder = Binder.get(environment);
		return Stream.of(KvPropertyNames.NAMESPACE_ID, KvPropertyNames.API_TOKEN)
			.filter((name) -> StringUtils.hasText(binder.bind(name, String.class).orElse("")))
			.toList();
	}

}
