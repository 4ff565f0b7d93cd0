package dev.kvsession.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.codec.SessionCodec;
import dev.kvsession.session.handoff.Handoff;
import dev.kvsession.session.handoff.HandoffFormat;
import dev.kvsession.session.handoff.HandoffSeal;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.read.HandoffReads;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.settings.HandoffKey;
import dev.kvsession.session.settings.SessionIds;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.web.SessionRequest;

/**
 * Sends a session's new state with the answer, and finds in a request what another
 * instance has sent. Does nothing without a key. Safe for concurrent use.
 */
public final class Handoffs {

	/** How far the clocks of two instances may differ. */
	static final Duration SKEW = Duration.ofSeconds(30);

	/**
	 * How often a pending session is sent again: the last handoff must outlive KV's delay
	 * after the write.
	 */
	private static final Duration AGAIN = Duration.ofSeconds(30);

	private static final Logger logger = LoggerFactory.getLogger(Handoffs.class);

	private final @Nullable HandoffSeal seal;

	private final HandoffReads reads;

	private final SessionMemory memory;

	private final SessionCodec codec;

	private final SessionIds ids;

	private final InstantSource clock;

	private volatile @Nullable Encoded last;

	Handoffs(SessionContext context, HandoffReads reads, SessionMemory memory, SessionIds ids) {
		SessionSettings settings = context.settings();
		HandoffKey key = settings.handoffKey;
		this.seal = (key != null) ? new HandoffSeal(key, settings.keys.prefix()) : null;
		this.reads = reads;
		this.memory = memory;
		this.codec = settings.codec;
		this.ids = ids;
		this.clock = context.clock();
	}

	/**
	 * Returns the newest handoff of the request for a session: genuine, young and newer
	 * than what is known here; or {@code null}. If KV has no record of the session yet,
	 * it is sent again with the answer, for other instances. A young signed id is a
	 * handoff by itself: it proves that there was a session a moment ago.
	 */
	@Nullable Handoff newer(String id, @Nullable LiveSession known) {
		SessionRequest request = SessionRequest.current();
		if (request == null || request.isHandoffSettled(id)) {
			return null;
		}
		Handoff newest = newest(id, request);
		if (known != null && known.isUnwritten() && (newest == null || !isYoung(newest, AGAIN))) {
			send(request, known);
		}
		// mutant: young-id
		if (newest == null && known == null && this.ids.isYoung(id, this.clock.millis()) && this.memory.isUnknown(id)
				&& !this.memory.isUnsaved(id)) {
			return Handoff.ofId(id, this.clock.millis());
		}
		return (newest != null && (known == null || this.reads.mayTellMoreThan(newest, known))) ? newest : null;
	}

	public CompletableFuture<Optional<LiveSession>> load(Handoff handoff) {
		return this.reads.load(handoff);
	}

	private @Nullable Handoff newest(String id, SessionRequest request) {
		Handoff newest = null;
		for (Handoff handoff : request.handoffs(this::open)) {
			if (handoff.id().equals(id) && (newest == null || handoff.rev().compareTo(newest.rev()) > 0)) {
				newest = handoff;
			}
		}
		return newest;
	}

	/** A cookie that is wrong in any way counts as none. */
	private List<Handoff> open(List<String> cookies) {
		HandoffSeal current = this.seal;
		if (current == null || cookies.isEmpty()) {
			return List.of();
		}
		List<Handoff> opened = new ArrayList<>();
		for (String cookie : cookies) {
			Handoff handoff = open(current, cookie);
			if (handoff != null) {
				opened.add(handoff);
			}
			else {
				logger.debug("Ignoring a handoff cookie that is forged, damaged, too old or sealed with another key");
			}
		}
		return opened;
	}

	private @Nullable Handoff open(HandoffSeal current, String cookie) {
		byte[] plain = current.open(cookie);
		if (plain == null) {
			return null;
		}
		try {
			Handoff handoff = HandoffFormat.read(plain);
			return isYoung(handoff, Handoff.LIFETIME) ? handoff : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private boolean isYoung(Handoff handoff, Duration longest) {
		long age = this.clock.millis() - handoff.issuedAtMillis();
		return age >= -SKEW.toMillis() && age <= longest.toMillis();
	}

	/** Sends the client's session with the answer: just written, or pending. */
	void send(SessionRequest request, LiveSession session) {
		HandoffSeal current = this.seal;
		if (current != null && request.isOwn(session.id())) {
			this.memory.sent(session.id());
			request.handOver(session.id(), (room) -> sealed(current, session, room));
		}
	}

	private String sealed(HandoffSeal current, LiveSession session, int room) {
		Snapshot snapshot = session.shown();
		boolean hopeless = snapshot.recordSize() > HandoffFormat.MAX_BYTES;
		String record = hopeless ? null : encoded(snapshot);
		Handoff handoff = new Handoff(session.id(), snapshot.record().rev(), this.clock.millis(), record);
		return current.seal(HandoffFormat.write(handoff, HandoffSeal.plainLength(room)));
	}

	/** Several requests that have changed one session at once send the same state. */
	private String encoded(Snapshot snapshot) {
		Encoded known = this.last;
		if (known == null || known.snapshot() != snapshot) {
			known = new Encoded(snapshot, this.codec.encode(snapshot.record()));
			this.last = known;
		}
		return known.record();
	}

	/**
	 * Takes back the handoff of a session that has ended. The request is {@code null} if
	 * none ended it.
	 */
	void ended(@Nullable SessionRequest request, String id) {
		if (request != null && (request.hasHandedOver(id) || newest(id, request) != null)) {
			request.clearHandoff();
		}
	}

	/** A state as it was encoded last. */
	private record Encoded(Snapshot snapshot, String record) {

		@Override
		public String toString() {
			return "Encoded";
		}

	}

}
