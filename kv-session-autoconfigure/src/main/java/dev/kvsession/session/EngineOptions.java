package dev.kvsession.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.SessionIdGenerator;
import org.springframework.util.unit.DataSize;

import dev.kvsession.client.KvLimits;
import dev.kvsession.codec.SessionCodec;

/**
 * The repository's settings while they are being collected. Confined to the thread that
 * sets the repository up.
 */
final class EngineOptions {

	static final ApplicationEventPublisher NOWHERE = (event) -> {
	};

	SessionKeys keys = new SessionKeys(SessionKeys.DEFAULT_PREFIX);

	Duration timeout = Duration.ofDays(7);

	SessionExpiration expiration = SessionExpiration.SLIDING;

	@Nullable Duration maxLifetime;

	@Nullable Duration touchInterval;

	FlushMode flushMode = FlushMode.ON_SAVE;

	SaveMode saveMode = SaveMode.ON_SET_ATTRIBUTE;

	WriteMode writeMode = WriteMode.COALESCE;

	NearCacheSettings nearCache = NearCacheSettings.DEFAULT;

	DataSize maxRecordSize = DataSize.ofBytes(KvLimits.MAX_VALUE_BYTES);

	int maxWaitingRequests = 100;

	ReadFailurePolicy onReadFailure = ReadFailurePolicy.FAIL;

	UnreadablePolicy onUnreadable = UnreadablePolicy.NEW_SESSION;

	SessionIdGenerator idGenerator = new SecureSessionIdGenerator();

	SessionClaims claims = new AuthenticationClaims();

	@Nullable HandoffKey handoffKey;

	SessionCodec codec;

	final KvSessionStatistics statistics = new KvSessionStatistics();

	ApplicationEventPublisher events = NOWHERE;

	EngineOptions(SessionCodec codec) {
		this.codec = codec;
	}

}
