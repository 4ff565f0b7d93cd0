package dev.kvsession.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

import dev.kvsession.autoconfigure.properties.KvPropertyNames;

/**
 * Matches unless sessions in KV are switched off. A blank value, as of
 * {@code ${KV_SESSIONS:}}, does not switch them off; it fails when it is bound.
 */
final class OnSessionsEnabledCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean off = Boolean.FALSE.equals(LateConfiguration.enabled(context.getEnvironment()));
		return new ConditionOutcome(!off, ConditionMessage.forCondition("Sessions in Cloudflare KV")
			.because(KvPropertyNames.SESSION_PREFIX + ".enabled is " + (off ? "false" : "not false")));
	}

}
