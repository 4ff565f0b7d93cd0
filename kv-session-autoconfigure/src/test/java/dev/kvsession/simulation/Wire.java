package dev.kvsession.simulation;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvTransport;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.test.kv.KvEmulatorResponse;

/**
 * Carries an instance's calls to KV and the answers back. A call on its way arrives also
 * if the instance that sent it has lost its power meanwhile.
 */
final class Wire implements KvTransport {

	/** As {@code cloudflare.kv.read-timeout}. */
	private static final long READ_TIMEOUT = 5 * Nanos.SECOND;

	private static final int OK = 200;

	private static final long SLOW = 3500 * Nanos.MILLI;

	private final World world;

	private final Node node;

	/**
	 * What the last call was answered, or should have been; {@code null} if it was no
	 * success, for then its connection is not used again.
	 */
	private KvEmulatorResponse previous;

	private Set<String> previousKeys = Set.of();

	Wire(World world, Node node) {
		this.world = world;
		this.node = node;
	}

	@Override
	public CompletionStage<KvResponse> exchange(KvRequest request) {
		CompletableFuture<KvResponse> answer = new CompletableFuture<>();
		Weather weather = this.world.weather();
		Weather.Fate fate = weather.draw(Call.isWrite(request), Call.isBulk(request));
		Call call = this.world.store().sent(this.node, request, fate);
		switch (call.fate) {
			case REFUSED -> end(call, answer, weather.wire(), new KvUnavailableException("No connection", null));
			case SILENCE -> {
				end(call, answer, READ_TIMEOUT, new KvUnknownOutcomeException("No answer in time", null));
				this.world.anomalies().add(Anomaly.TIME_OUT);
				if (weather.flip() && !weather.isStormy()) {
					this.world.timeline().schedule(() -> this.world.store().arrived(call), weather.wire());
				}
			}
			default -> this.world.timeline().schedule(() -> arrive(call, answer), weather.wire());
		}
		return answer;
	}

	private void arrive(Call call, CompletableFuture<KvResponse> answer) {
		KvEmulatorResponse response = this.world.store().arrived(call);
		long latency = response.latency().toNanos();
		switch (call.fate) {
			case RESET, LOST -> {
				this.world.anomalies().add((call.fate == Weather.Fate.LOST) ? Anomaly.LOST_ANSWER : Anomaly.RESET);
				end(call, answer, latency, new KvUnknownOutcomeException("Reset", null));
			}
			case SLOW -> end(call, answer, latency + SLOW, response);
			case SHIFTED -> shift(call, answer, latency, response);
			default -> end(call, answer, latency, response);
		}
	}

	private void shift(Call call, CompletableFuture<KvResponse> answer, long delay, KvEmulatorResponse response) {
		KvEmulatorResponse other = this.previous;
		// An old answer that names the very keys cannot be told from a slow reader's.
		if (other == null || this.previousKeys.equals(Set.copyOf(call.keys))) {
			end(call, answer, delay, response);
			return;
		}
		this.world.anomalies().add(Anomaly.SHIFTED_ANSWER);
		this.node.schedule(() -> {
			this.world.store().ended(call, 0);
			answer(call, answer, other, response);
		}, delay);
	}

	private void end(Call call, CompletableFuture<KvResponse> answer, long delay, KvException failure) {
		this.node.schedule(() -> {
			this.world.store().ended(call, 0);
			answer.completeExceptionally(failure);
		}, delay);
	}

	private void end(Call call, CompletableFuture<KvResponse> answer, long delay, KvEmulatorResponse response) {
		this.node.schedule(() -> {
			this.world.store().ended(call, response.status());
			answer(call, answer, response, response);
		}, delay);
	}

	private void answer(Call call, CompletableFuture<KvResponse> answer, KvEmulatorResponse given,
			KvEmulatorResponse own) {
		this.previousKeys = Set.copyOf(call.keys);
		this.previous = (own.status() == OK) ? own : null;
		this.node.told(given);
		answer.complete(new KvResponse(given.status(), given.headers(), given.body()));
	}

}
