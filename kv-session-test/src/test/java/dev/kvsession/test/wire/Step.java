package dev.kvsession.test.wire;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request and what is known about its answer.
 *
 * @param request the request
 * @param code the expected status and code, {@code null} if not known
 * @param content the expected value or {@code result}, {@code null} if not known
 * @param comparable whether two servers answer with the same content
 */
record Step(Send request, @Nullable String code, @Nullable String content, boolean comparable) {

	static final String REFUSED = "refused";

	void check(String wire, Reply reply) {
		String description = wire + ": " + this;
		assertThat(reply.text()).as(description).doesNotContainPattern("\\bat .*:\\d+").doesNotContain("Exception");
		if (REFUSED.equals(this.code)) {
			assertThat(reply.status() / 100).as(description).isNotEqualTo(2);
		}
		else if (this.code != null) {
			assertThat(reply.code()).as(description).isEqualTo(this.code);
		}
		if (this.content != null) {
			assertThat(reply.content()).as(description).isEqualTo(this.content);
		}
	}

	/**
	 * What of an answer has to be the same at another server.
	 */
	String comparable(Reply reply) {
		if (REFUSED.equals(this.code)) {
			return REFUSED;
		}
		return toString() + ": "
				+ (this.comparable ? reply.code() + " " + reply.contentType() + " " + reply.content() : reply.code());
	}

	@Override
	public String toString() {
		String target = this.request.target();
		return this.request.method() + " " + target.substring(0, Math.min(target.length(), 80));
	}

}
