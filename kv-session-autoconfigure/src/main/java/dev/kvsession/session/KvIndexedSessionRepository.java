package dev.kvsession.session;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.IndexResolver;
import org.springframework.session.PrincipalNameIndexResolver;
import org.springframework.session.Session;
import org.springframework.util.Assert;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.session.index.EntryIndex;
import dev.kvsession.session.index.IndexKeys;
import dev.kvsession.session.index.IndexReads;
import dev.kvsession.session.index.IndexedSessions;
import dev.kvsession.session.index.LazyUserSessions;
import dev.kvsession.session.index.SignOuts;
import dev.kvsession.session.index.UserSessions;
import dev.kvsession.session.settings.SessionDetails;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.web.SessionRequest;

/**
 * A session store that also finds sessions by the name of their user. It keeps an entry
 * beside each record that has a user, written and deleted together with the record: a
 * second key to pay for, but no further call unless the user changes. All instances that
 * share the sessions have to use this repository. Safe for concurrent use once it is set
 * up.
 */
public final class KvIndexedSessionRepository extends KvSessionRepository
		implements FindByIndexNameSessionRepository<KvSession> {

	private static final Logger logger = LoggerFactory.getLogger(KvIndexedSessionRepository.class);

	private IndexKeys indexKeys = new IndexKeys(IndexKeys.DEFAULT_PREFIX);

	private IndexResolver<Session> indexResolver = new PrincipalNameIndexResolver<>();

	private final List<IndexResolver<Session>> furtherResolvers = new CopyOnWriteArrayList<>();

	private SessionDetails sessionDetails = SessionDetails.NONE;

	private InstantSource kvTime = InstantSource.system();

	private final KvEngine engine;

	private volatile @Nullable IndexedSessions indexed;

	/**
	 * Creates a repository with default settings.
	 * @param kv reads and writes KV
	 * @param scheduler runs delayed tasks
	 * @param codec encodes and decodes sessions
	 */
	public KvIndexedSessionRepository(KvEngine kv, KvScheduler scheduler, SessionCodec codec) {
		super(kv, scheduler, codec);
		this.engine = kv;
	}

	public KvIndexedSessionRepository(KvEngine kv, SessionRuntime runtime, SessionCodec codec) {
		super(kv, runtime, codec);
		this.engine = kv;
	}

	@Override
	void prepare(SessionSettings complete, SessionRuntime time) {
		this.kvTime = () -> time.clock().instant().plus(this.engine.clockOffset());
		this.indexKeys = new IndexKeys(this.indexKeys.prefix(), complete.seal);
		complete.index = new EntryIndex(this.indexKeys, this::names, this::details, this.kvTime);
	}

	private Map<String, String> names(Session session) {
		Map<String, String> names = EntryIndex.withoutNull(this.indexResolver.resolveIndexesFor(session));
		this.furtherResolvers
			.forEach((resolver) -> names.putAll(EntryIndex.withoutNull(resolver.resolveIndexesFor(session))));
		return names;
	}

	/* What the application cannot say must not make a login fail. */
	private Map<String, String> details() {
		SessionRequest request = SessionRequest.current();
		try {
			return (request != null) ? request.details(this.sessionDetails) : Map.of();
		}
		catch (RuntimeException ex) {
			operations().engine.context.warnings()
				.warn(logger, "logins without details", ex,
						"A login is noted without details, because the SessionDetails failed");
			return Map.of();
		}
	}

	/**
	 * Finds the sessions with a value in an index: in KV's listing, which lags behind by
	 * a minute or more, and among those that this instance knows. A remote call: one
	 * listing for each thousand sessions, and one read for each hundred that this
	 * instance does not know.
	 * @param indexName the index's name
	 * @param indexValue the value; nothing is found with {@code null}
	 * @return the sessions by id
	 * @throws dev.kvsession.client.KvException if KV could not be read
	 */
	@Override
	public Map<String, KvSession> findByIndexNameAndIndexValue(String indexName, @Nullable String indexValue) {
		if (indexValue == null) {
			return new LinkedHashMap<>();
		}
		return indexed().find(indexName, indexValue, operations()::open);
	}

	/**
	 * Returns the sessions of users, to show and to end them.
	 * @return an object that uses this repository
	 */
	public UserSessions getUserSessions() {
		return new LazyUserSessions(this::indexed);
	}

	/**
	 * Returns what finds and ends sessions by their entries in any index. Not API.
	 * @return the same object each time
	 */
	public IndexedSessions indexed() {
		IndexedSessions current = this.indexed;
		return (current != null) ? current : startIndexed();
	}

	private synchronized IndexedSessions startIndexed() {
		IndexedSessions current = this.indexed;
		if (current == null) {
			SessionOperations operations = operations();
			SessionEngine engine = operations.engine;
			IndexReads reads = new IndexReads(this.engine, engine.reads, engine.memory, engine.context, this.indexKeys,
					engine.ids, engine.queues);
			ManyEnds ends = new ManyEnds(operations);
			SignOuts signOuts = new SignOuts(this.engine, reads, engine.context, ends::endAll,
					engine.ends::removeRecord);
			current = new IndexedSessions(reads, signOuts, engine.context, this.kvTime, ends, ends::notFound);
			this.indexed = current;
		}
		return current;
	}

	/**
	 * Sets what names a session has in which index; by default the principal's name in
	 * {@link FindByIndexNameSessionRepository#PRINCIPAL_NAME_INDEX_NAME}.
	 * @param indexResolver called when a session is saved that has changed; if it throws,
	 * the save fails
	 */
	public void setIndexResolver(IndexResolver<Session> indexResolver) {
		Assert.notNull(indexResolver, "'indexResolver' must not be null");
		changeable();
		this.indexResolver = indexResolver;
	}

	/**
	 * Adds names to those of the index resolver, from the next save on.
	 * @param indexResolver called when a session is saved that has changed
	 */
	public void addIndexResolver(IndexResolver<Session> indexResolver) {
		Assert.notNull(indexResolver, "'indexResolver' must not be null");
		this.furtherResolvers.add(indexResolver);
	}

	/**
	 * Sets the prefix of the entries of users; {@code user-sessions:} by default. Those
	 * of other indexes follow it.
	 * @param userIndexPrefix 1 to 128 visible ASCII characters
	 */
	public void setUserIndexPrefix(String userIndexPrefix) {
		changeable();
		this.indexKeys = new IndexKeys(userIndexPrefix);
	}

	/**
	 * Sets what is noted of a login beyond its time; nothing by default.
	 * @param sessionDetails asked when a session is saved with another principal; if it
	 * throws, nothing is noted and a warning logged
	 */
	public void setSessionDetails(SessionDetails sessionDetails) {
		Assert.notNull(sessionDetails, "'sessionDetails' must not be null");
		changeable();
		this.sessionDetails = sessionDetails;
	}

}
