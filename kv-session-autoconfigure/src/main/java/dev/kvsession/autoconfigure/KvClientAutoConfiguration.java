package dev.kvsession.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of a {@link dev.kvsession.client.KvClient}, with or without
 * sessions. Backs off unless {@code cloudflare.kv.namespace-id} or
 * {@code cloudflare.kv.api-token} is set, or a bean of {@link KvConnectionDetails} or
 * {@link dev.kvsession.client.KvClient} is present. During ahead-of-time processing KV
 * counts as configured.
 */
@AutoConfiguration
@Conditional(OnKvConfiguredCondition.class)
@Import(KvClientConfiguration.class)
public final class KvClientAutoConfiguration {

}
