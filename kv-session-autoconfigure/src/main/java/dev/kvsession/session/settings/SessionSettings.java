package dev.kvsession.session.settings;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.SessionIdGenerator;
import org.springframework.util.unit.DataSize;

import dev.kvsession.client.KvLimits;
import dev.kvsession.codec.SessionCodec;

/**
 * The repository's settings. The thread that sets the repository up writes them; they do
 * not change after the first use.
 */
public final class SessionSettings {

	public static final ApplicationEventPublisher NOWHERE = (event) -> {
	};

	public SessionKeys keys = new SessionKeys(SessionKeys.DEFAULT_PREFIX);

	public Duration timeout = Duration.ofDays(7);

	public SessionExpiration expiration = SessionExpiration.SLIDING;

	public @Nullable Duration maxLifetime;

	public @Nullable Duration anonymousTimeout;

	public @Nullable Duration touchInterval;

	public FlushMode flushMode = FlushMode.ON_SAVE;

	public SaveMode saveMode = SaveMode.ON_SET_ATTRIBUTE;

	public WriteMode writeMode = WriteMode.COALESCE;

	public NearCacheSettings nearCache = NearCacheSettings.DEFAULT;

	public DataSize maxRecordSize = DataSize.ofBytes(KvLimits.MAX_VALUE_BYTES);

	public int maxWaitingRequests = 100;

	public ReadFailurePolicy onReadFailure = ReadFailurePolicy.FAIL;

	public UnreadablePolicy onUnreadable = UnreadablePolicy.NEW_SESSION;

	public SessionIdGenerator idGenerator = new SecureSessionIdGenerator();

	/** Makes ids of what the generator makes. */
	public BiFunction<SessionIdGenerator, InstantSource, SessionIds> idFormat = (generator, clock) -> SessionIdShape
		.of(generator);

	public @Nullable StorageSeal seal;

	public SessionTenant tenant = SessionTenant.NONE;

	public SessionClaims claims = new AuthenticationClaims();

	public SessionIndex index = SessionIndex.NONE;

	public @Nullable HandoffKey handoffKey;

	public SessionCodec codec;

	public final KvSessionStatistics statistics = new KvSessionStatistics();

	public ApplicationEventPublisher events = NOWHERE;

	public SessionSettings(SessionCodec codec) {
		this.codec = codec;
	}

}
