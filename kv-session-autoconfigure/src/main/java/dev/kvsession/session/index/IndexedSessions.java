package dev.kvsession.session.index;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

	/** Finds the newest sessions with a value in an index. */
	public List<LiveSession> find(String indexName, String value) {
		return this.waiter.await(this.reads.all(indexName, value, KvCallClass.READ)
			.thenApply((all) -> newest(all, MOST_FOUND))
			.thenCompose((all) -> this.reads.read(all, indexName, value, KvCallClass.READ))
			.thenApply(IndexedSessions::live));
	}

	private static List<Found> newest(List<Found> all, int most) {
		return all.stream().sorted(Comparator.comparing(Found::since).reversed()).limit(most).toList();
	}

	private static List<LiveSession> live(List<Found> read) {
		return read.stream().map(Found::live).flatMap(Stream::ofNullable).toList();
	}

	@Override
	public List<UserSession> list(String principal) {
		return this.waiter.await(this.reads.all(PRINCIPAL, principal, KvCallClass.READ)
			.thenApply((all) -> newest(all, KvLimits.MAX_BULK_GET_KEYS))
			.thenCompose((newest) -> this.reads.read(newest, PRINCIPAL, principal, KvCallClass.READ))
			.thenApply((read) -> live(read).stream()
				.map(this::shown)
				.sorted(Comparator.comparing(UserSession::lastSeenAt).reversed())
				.toList()));
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
