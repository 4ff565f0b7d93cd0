package dev.kvsession.session.index;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.springframework.session.FindByIndexNameSessionRepository;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvLimits;
import dev.kvsession.codec.SessionIndexes;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.settings.StageWaiter;

/** Finds and ends sessions by their index entries. Safe for concurrent use. */
public final class IndexedSessions implements UserSessions {

	private static final String PRINCIPAL = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

	private static final Pattern HANDLE = Pattern.compile("[A-Za-z0-9_-]{43}");

	/**
	 * Sessions that began so shortly after a sign-out end, too: clocks differ by seconds.
	 */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	/** Bounds what one call decodes. */
	private static final int MOST_FOUND = 10_000;

	private final IndexReads reads;

	private final SignOuts signOuts;

	private final SessionContext context;

	private final InstantSource kvTime;

	private final StageWaiter waiter;

	private final Consumer<String> ended;

	/** {@code ended} gets each ended id on the thread of the request that ended it. */
	public IndexedSessions(IndexReads reads, SignOuts signOuts, SessionContext context, InstantSource kvTime,
			StageWaiter waiter, Consumer<String> ended) {
		this.reads = reads;
		this.signOuts = signOuts;
		this.context = context;
		this.kvTime = kvTime;
		this.waiter = waiter;
		this.ended = ended;
	}

	/**
	 * Finds the newest sessions with a value in an index, by id, as {@code open} makes
	 * them of what this instance knows.
	 */
	public <S> Map<String, S> find(String indexName, String value, Function<LiveSession, S> open) {
		return found(indexName, value, MOST_FOUND, open);
	}

	@Override
	public List<UserSession> list(String principal) {
		return found(PRINCIPAL, principal, KvLimits.MAX_BULK_GET_KEYS, this::shown).values()
			.stream()
			.sorted(Comparator.comparing(UserSession::lastSeenAt).reversed())
			.toList();
	}

	private <S> Map<String, S> found(String indexName, String value, int most, Function<LiveSession, S> open) {
		List<Found> read = this.waiter.await(this.reads.all(indexName, value, KvCallClass.READ)
			.thenApply((all) -> newest(all, most))
			.thenCompose((newest) -> this.reads.read(newest, indexName, value, KvCallClass.READ)));
		Map<String, S> sessions = new LinkedHashMap<>();
		for (Found one : read) {
			LiveSession live = this.reads.newest(one);
			if (live != null) {
				S opened = open.apply(live);
				// Asked last: it may have changed until it was opened.
				if (this.reads.isStill(live, indexName, value)) {
					sessions.put(live.id(), opened);
				}
			}
		}
		return sessions;
	}

	private static List<Found> newest(List<Found> all, int most) {
		return all.stream().sorted(Comparator.comparing(Found::since).reversed()).limit(most).toList();
	}

	private UserSession shown(LiveSession live) {
		SessionRecord record = live.shown().record();
		SessionIndexes indexes = record.indexes();
		return new UserSession(UserSession.handleOf(live.id()), record.createdAt(),
				Instant.ofEpochMilli(live.lastAccessedMillis()), live.expiresAt(this.context.lifetimes()),
				(indexes != null) ? indexes.details() : Map.of());
	}

	@Override
	public boolean end(String principal, String handle) {
		if (!HANDLE.matcher(handle).matches()) {
			return false;
		}
		return ended(this.reads.one(PRINCIPAL, principal, handle, KvCallClass.READ)
			.thenCompose((one) -> this.reads.read(one, PRINCIPAL, principal, KvCallClass.READ))
			.thenCompose(this.signOuts::end)) > 0;
	}

	@Override
	public int endAll(String principal) {
		return endAll(List.of(new SignOut(PRINCIPAL, principal, latest(), null)));
	}

	@Override
	public int endOthers(String principal, String currentId) {
		return ended(this.reads.kept(currentId, PRINCIPAL, principal)
			.thenCompose((kept) -> this.signOuts.begin(new SignOut(PRINCIPAL, principal, latest(), kept))));
	}

	/* The answer must not carry what has ended. */
	private int ended(CompletableFuture<List<String>> ends) {
		List<String> ids = this.waiter.await(ends);
		ids.forEach(this.ended);
		return ids.size();
	}

	private Instant latest() {
		return this.kvTime.instant().plus(MARGIN);
	}

	/**
	 * Ends sessions now, and in the background those that KV shows later. Returns the
	 * number of the former.
	 */
	public int endAll(List<SignOut> signOuts) {
		List<CompletableFuture<List<String>>> begun = signOuts.stream().map(this.signOuts::begin).toList();
		return begun.stream().mapToInt(this::ended).sum();
	}

}
