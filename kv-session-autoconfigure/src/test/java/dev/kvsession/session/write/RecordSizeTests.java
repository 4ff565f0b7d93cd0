package dev.kvsession.session.write;

import java.time.Duration;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RecordSizeTests {

	private static final int KB = 1024;

	private final World world = new World();

	private Instance app(WriteMode mode) {
		return this.world.instance((repository) -> {
			repository.setWriteMode(mode);
			repository.setMaxRecordSize(DataSize.ofKilobytes(10));
		});
	}

	private static void refused(Runnable save, String... parts) {
		assertThatExceptionOfType(KvRequestRefusedException.class).isThrownBy(save::run)
			.satisfies((ex) -> assertThat(ex).hasMessageContaining("cloudflare.kv.session.max-record-size")
				.hasMessageContainingAll(parts)
				.hasMessageNotContaining("xxx"));
	}

	private static Consumer<KvSession> set(String name, int size) {
		return (session) -> session.setAttribute(name, "x".repeat(size));
	}

	private static void change(Instance app, String id, Consumer<KvSession> change) {
		KvSession session = app.find(id);
		change.accept(session);
		app.save(session);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P3 a save that makes the record too large is refused with names and sizes, and nothing else is lost")
	void tooLarge(WriteMode mode) {
		Instance app = app(mode);
		String id = app.login(set("a", 4 * KB));
		this.world.settle();
		change(app, id, set("b", 4 * KB));
		refused(() -> change(app, id, set("cart", 4 * KB)), "'cart' 4098 bytes", "'a' 4098 bytes", "'b' 4098 bytes");
		assertThat(app.find(id).getAttributeNames()).containsExactlyInAnyOrder("a", "b");
		change(app, id, set("c", 100));
		this.world.settle();
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("a", "b", "c");
		assertThat(this.world.instance().find(id)).isNotNull();
		refused(() -> app.login(set("a", 11 * KB)), "'a' 11266 bytes");
	}

	@Test
	@DisplayName("P3 a session may always become smaller, be used, be given a new id, and end")
	void whatIsTooLargeAlready() {
		Instance before = this.world.instance();
		String id = before.login(set("a", 20 * KB));
		this.world.settle();
		Instance app = app(WriteMode.COALESCE);
		refused(() -> change(app, id, set("b", 1)), "'a' 20482 bytes", "'b' 3 bytes");
		change(app, id, set("a", 15 * KB));
		KvSession session = app.find(id);
		session.changeSessionId();
		app.save(session);
		change(app, session.getId(), (changed) -> changed.removeAttribute("a"));
		change(app, session.getId(), set("b", KB));
		this.world.settle();
		assertThat(this.world.record(session.getId()).attributes()).containsOnlyKeys("b");
		app.delete(session.getId());
		assertThat(app.find(session.getId())).isNull();
	}

	@Test
	@DisplayName("P11 a record that is too large is refused in an outage as well, and what waits is not lost")
	void inAnOutage() {
		Instance app = app(WriteMode.COALESCE);
		String id = app.login(set("a", 4 * KB));
		this.world.settle();
		app.find(id);
		this.world.faults().every(KvFault.status(503));
		this.world.pass(Duration.ofMinutes(1));
		for (int i = 0; i < 5; i++) {
			change(app, id, set("b" + i, KB));
		}
		refused(() -> change(app, id, set("c", 3 * KB)), "'c' 3074 bytes", "'b0' 1026 bytes");
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.world.record(id).attributes()).hasSize(6);
	}

	@Test
	@DisplayName("P3 characters that take several bytes count as such")
	void bytes() {
		Instance app = app(WriteMode.SYNC);
		refused(() -> app.login((session) -> session.setAttribute("a", "\u20ac".repeat(4 * KB))), "'a' 12290 bytes");
		String id = app.login((session) -> session.setAttribute("a", "\u20ac".repeat(3 * KB)));
		assertThat(app.find(id)).isNotNull();
	}

	@Test
	@DisplayName("P6 1,000 changes of one large session at once cost an encoding a write, not one a change")
	void manyChangesAtOnce() {
		Instance app = this.world.instance();
		CountingCodec codec = new CountingCodec();
		KvSessionRepository repository = new KvSessionRepository(app.engine(), app.runtime(), codec);
		KvSession session = repository.createSession();
		set("large", 200 * KB).accept(session);
		repository.save(session);
		this.world.settle();
		this.world.forgetCalls();
		codec.encodings = 0;
		for (int i = 0; i < 1000; i++) {
			KvSession found = repository.findById(session.getId());
			set("a" + i, 10).accept(found);
			repository.save(found);
		}
		this.world.settle();
		assertThat(this.world.record(session.getId()).attributes()).hasSize(1001);
		assertThat(codec.encodings).isLessThan(5)
			.isLessThanOrEqualTo(this.world.calls(KvCallKind.PUT, KvCallKind.BULK_PUT).size());
	}

	private static final class CountingCodec implements SessionCodec {

		private int encodings;

		@Override
		public String encode(SessionRecord record) {
			this.encodings++;
			return World.CODEC.encode(record);
		}

		@Override
		public SessionRecord decode(String json) {
			return World.CODEC.decode(json);
		}

		@Override
		public StoredAttribute encodeAttribute(String name, Object value, Stamp at) {
			return World.CODEC.encodeAttribute(name, value, at);
		}

		@Override
		public Object decodeAttribute(String name, StoredAttribute attribute) {
			return World.CODEC.decodeAttribute(name, attribute);
		}

	}

}
