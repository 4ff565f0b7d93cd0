package dev.kvsession.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Auto-configuration of sessions in Cloudflare Workers KV, if KV is configured. Ordered
 * before Boot's own stores, which then back off.
 */
@AutoConfiguration(before = SessionAutoConfiguration.class, after = KvClientAutoConfiguration.class,
		beforeName = { "org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration",
				"org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration" })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Session.class)
@ConditionalOnMissingBean(SessionRepository.class)
@Conditional({ OnSessionsEnabledCondition.class, OnKvConfiguredCondition.class })
@Import(KvHttpSessionConfiguration.class)
public final class KvSessionAutoConfiguration {

}
