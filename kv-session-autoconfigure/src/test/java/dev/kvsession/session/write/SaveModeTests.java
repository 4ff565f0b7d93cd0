package dev.kvsession.session.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.session.SaveMode;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class SaveModeTests {

	private final World world = new World();

	private Instance app(SaveMode mode) {
		return this.world.instance((repository) -> repository.setSaveMode(mode));
	}

	private static String login(Instance app) {
		return app.login((session) -> session.setAttribute("list", new ArrayList<>(List.of("first"))));
	}

	private String stored(String id) {
		return this.world.record(id).attributes().get("list").raw();
	}

	@Test
	void onSetAttributeDoesNotSaveWhatIsChangedInPlace() {
		Instance app = app(SaveMode.ON_SET_ATTRIBUTE);
		String id = login(app);
		this.world.settle();
		this.world.forgetCalls();
		app.request(id, (session) -> session.<List<String>>getAttribute("list").add("second"));
		assertThat(this.world.calls(KvCallKind.PUT)).isEmpty();
		assertThat(stored(id)).doesNotContain("second");
	}

	@ParameterizedTest
	@EnumSource(names = { "ON_GET_ATTRIBUTE", "ALWAYS" })
	void theOtherModesSaveWhatIsChangedInPlace(SaveMode mode) {
		Instance app = app(mode);
		String id = login(app);
		this.world.settle();
		app.request(id, (session) -> session.<List<String>>getAttribute("list").add("second"));
		assertThat(stored(id)).contains("second");
		assertThat(app.find(id).<List<String>>getAttribute("list")).containsExactly("first", "second");
	}

	@ParameterizedTest
	@EnumSource(names = { "ON_GET_ATTRIBUTE", "ALWAYS" })
	void theOtherModesWriteNothingIfNothingWasChanged(SaveMode mode) {
		Instance app = app(mode);
		String id = login(app);
		this.world.settle();
		this.world.forgetCalls();
		app.request(id, (session) -> session.<List<String>>getAttribute("list").contains("first"));
		assertThat(this.world.calls(KvCallKind.PUT)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "ON_GET_ATTRIBUTE", "ALWAYS" })
	void whatOneRequestChangesInPlaceNoOtherSeesBeforeItIsSaved(SaveMode mode) {
		Instance app = app(mode);
		String id = login(app);
		KvSession one = app.find(id);
		KvSession two = app.find(id);
		one.<List<String>>getAttribute("list").add("second");
		assertThat(one.<List<String>>getAttribute("list")).containsExactly("first", "second");
		assertThat(two.<List<String>>getAttribute("list")).containsExactly("first");
		assertThat(app.find(id).<List<String>>getAttribute("list")).containsExactly("first");
	}

	@ParameterizedTest
	@EnumSource
	void readThenSetThenSavedTwiceKeepsWhatWasSet(SaveMode mode) {
		Instance app = app(mode);
		String id = login(app);
		app.request(id, (session) -> {
			assertThat(session.<List<String>>getAttribute("list")).containsExactly("first");
			session.setAttribute("list", new ArrayList<>(List.of("new")));
		});
		assertThat(app.find(id).<List<String>>getAttribute("list")).containsExactly("new");
		this.world.pass(Duration.ofSeconds(2));
		assertThat(stored(id)).contains("new");
	}

	@ParameterizedTest
	@EnumSource
	void readThenRemovedThenSavedTwiceStaysRemoved(SaveMode mode) {
		Instance app = app(mode);
		String id = login(app);
		app.request(id, (session) -> {
			session.<List<String>>getAttribute("list");
			session.removeAttribute("list");
		});
		assertThat(app.find(id).getAttributeNames()).isEmpty();
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.record(id).attributes()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "ON_GET_ATTRIBUTE", "ALWAYS" })
	void whatIsChangedInPlaceBetweenTwoSavesIsSaved(SaveMode mode) {
		Instance app = app(mode);
		String id = login(app);
		KvSession session = app.find(id);
		List<String> list = session.getAttribute("list");
		for (String element : Arrays.asList("second", "third")) {
			list.add(element);
			app.save(session);
			this.world.pass(Duration.ofSeconds(2));
			assertThat(stored(id)).contains(element);
		}
		this.world.forgetCalls();
		app.save(session);
		assertThat(this.world.calls()).isEmpty();
	}

}
