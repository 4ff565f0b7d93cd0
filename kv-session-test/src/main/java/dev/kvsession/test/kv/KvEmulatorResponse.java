package dev.kvsession.test.kv;

import java.time.Duration;
import java.util.Map;

/**
 * One answer, and how to deliver it.
 *
 * @param status the HTTP status; with {@link KvDelivery#LOST_AFTER_WRITE} the one the
 * caller never sees, with {@link KvDelivery#RESET_BEFORE} 0
 * @param headers the headers, names in lower case
 * @param body the body, empty for none; not copied, never changed
 * @param latency how long after the request the answer, or the reset, arrives; zero or
 * more
 * @param delivery whether and how the answer arrives
 * @param dripInterval the time between two bytes of the body with
 * {@link KvDelivery#SLOW_DRIP}, otherwise zero
 */
public record KvEmulatorResponse(int status, Map<String, String> headers, byte[] body, Duration latency,
		KvDelivery delivery, Duration dripInterval) {

	public KvEmulatorResponse {
		headers = Map.copyOf(headers);
	}

	@Override
	public String toString() {
		return "KvEmulatorResponse[" + this.status + ", " + this.body.length + " bytes, " + this.delivery + "]";
	}

}
