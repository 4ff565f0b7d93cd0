package dev.kvsession.session;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.session.events.AbstractSessionEvent;

import dev.kvsession.CapturedLog;
import dev.kvsession.client.KvException;
import dev.kvsession.codec.UnreadableAttributeException;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.AttributeCopy;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.settings.ReadFailurePolicy;
import dev.kvsession.session.write.NewestState;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTests {

	private static final String VALUE = "canary-attribute-value";

	@RegisterExtension
	private final CapturedLog log = CapturedLog.traced("dev.kvsession");

	private final List<String> told = new ArrayList<>();

	private final List<String> ids = new ArrayList<>();

	private final World world = new World();

	private final Instance app = this.world.instance();

	private String login() {
		String id = this.app.login((session) -> session.setAttribute("a", VALUE));
		this.ids.add(id);
		return id;
	}

	private void failing(Runnable operation) {
		try {
			operation.run();
		}
		catch (KvException | UnreadableAttributeException ex) {
			this.told.add(text(ex));
		}
	}

	private static String text(Throwable ex) {
		StringWriter text = new StringWriter();
		ex.printStackTrace(new PrintWriter(text, true));
		return text.toString();
	}

	private void assertNothingShows() {
		for (ILoggingEvent event : this.log.events()) {
			this.told.add(event.getFormattedMessage());
			if (event.getThrowableProxy() instanceof ThrowableProxy thrown) {
				this.told.add(text(thrown.getThrowable()));
			}
		}
		List<String> secrets = new ArrayList<>(this.ids);
		secrets.addAll(List.of(VALUE, KvEmulatorCore.API_TOKEN));
		assertThat(this.told).isNotEmpty().allSatisfy((text) -> assertThat(text).doesNotContain(secrets));
	}

	@Test
	@DisplayName("P12 neither messages nor logs of failing reads, writes, deletes and changes of id name id, value or token")
	void failures() {
		for (KvFault fault : List.of(KvFault.status(503), KvFault.wrongToken(), KvFault.html(200),
				KvFault.resetBefore(), KvFault.lostAfterWrite(), KvFault.quotaExhausted(),
				KvFault.error(404, 10013, "no"), KvFault.error(400, 10012, "invalid"))) {
			String id = login();
			this.world.pass(Duration.ofMinutes(4));
			KvSession open = this.app.find(id);
			KvSession renamed = this.app.find(id);
			this.ids.add(renamed.changeSessionId());
			this.world.faults().every(fault);
			failing(() -> this.world.instance().find(id));
			open.setAttribute("a", VALUE + "2");
			failing(() -> this.app.save(open));
			failing(() -> this.app.save(renamed));
			failing(() -> this.app.delete(id));
			this.world.pass(Duration.ofSeconds(30));
			this.world.faults().clear();
			this.world.pass(Duration.ofDays(1));
		}
		assertThat(this.told).hasSizeGreaterThan(15);
		assertThat(this.log.events()).isNotEmpty();
		assertNothingShows();
	}

	@Test
	@DisplayName("P12 nor do warnings about unreadable records and attributes, failing touches and read failures")
	void warnings() {
		String unreadable = login();
		this.world.store(unreadable, "{\"schema\":1,\"" + VALUE + "\":" + VALUE);
		failing(() -> this.world.instance().find(unreadable));
		String newer = login();
		this.world.store(newer, this.world.truth(newer).replace("\"schema\":1", "\"schema\":9"));
		failing(() -> this.world.instance().find(newer));
		String attribute = login();
		this.world.store(attribute, this.world.truth(attribute)
			.replace("\"json\":\"" + VALUE + "\"", "\"json\":{\"@class\":\"com.example." + VALUE + "\"}"));
		failing(() -> this.world.instance().find(attribute).getAttribute("a"));
		String touched = login();
		this.world.pass(Duration.ofHours(2));
		KvSession session = this.app.find(touched);
		session.setLastAccessedTime(this.world.now());
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT, KvCallKind.BULK_GET);
		this.app.save(session);
		this.world.settle();
		Instance lenient = this.world
			.instance((repository) -> repository.setOnReadFailure(ReadFailurePolicy.NO_SESSION));
		assertThat(lenient.find(touched)).isNull();
		assertThat(this.log.events()).hasSizeGreaterThanOrEqualTo(4);
		assertNothingShows();
	}

	@Test
	@DisplayName("P12 toString shows neither id nor value")
	void toStrings() {
		String id = login();
		KvSession session = this.app.find(id);
		session.setAttribute("b", VALUE);
		SessionDraft draft = session.draft();
		SessionChange change = draft.change();
		LiveSession live = session.live();
		this.app.delete(id);
		for (Object object : List.of(session, draft, draft.attributes(), change, change.attributes(), live,
				live.snapshot(), new NewestState(live.snapshot(), change, null), live.snapshot().record(),
				live.snapshot().record().attributes(), live.snapshot().cell("a"), this.app.repository(),
				this.app.create(), new AttributeCopy(live.snapshot().cell("a"), VALUE),
				Set.copyOf(this.app.events(AbstractSessionEvent.class)))) {
			this.told.add(object.toString());
		}
		assertNothingShows();
	}

}
