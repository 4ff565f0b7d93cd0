package dev.kvsession.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of what happens at the end of the start whether KV is configured or
 * not: the check that it was not configured too late, one line in the log that says where
 * sessions are, and warnings of unknown properties.
 */
@AutoConfiguration(after = { KvClientAutoConfiguration.class, KvSessionAutoConfiguration.class })
@Import(KvStart.Registrar.class)
public final class KvStartAutoConfiguration {

}
