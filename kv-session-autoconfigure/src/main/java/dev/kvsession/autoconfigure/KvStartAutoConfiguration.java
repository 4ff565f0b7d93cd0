package dev.kvsession.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the checks at the end of the start, whether KV is configured or
 * not: whether it was configured too late, where sessions are kept, unknown properties.
 */
@AutoConfiguration(after = { KvClientAutoConfiguration.class, KvSessionAutoConfiguration.class })
@Import(KvStart.Registrar.class)
public final class KvStartAutoConfiguration {

}
