package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Figures that the README and the page on consistency state. Who changes one changes the
 * other.
 */
class StatedBoundsTests {

	private static final Duration TOUCH_IS_DUE = Duration.ofMinutes(90);

	@ParameterizedTest
	@CsvSource({ "USED,0,75", "CHANGED,60,100", "TOUCHED,120,135" })
	@DisplayName("P5 a logout is noticed elsewhere within the time that the documents state")
	void aLogoutIsNoticedElsewhere(Use use, long least, long most) {
		long longest = IntStream.of(0, 3, 5, 7, 10, 20, 60)
			.mapToLong((secondsBefore) -> acceptedAfterLogout(use, secondsBefore))
			.max()
			.orElseThrow();
		assertThat(longest).isBetween(least, most);
	}

	private static long acceptedAfterLogout(Use use, int secondsBefore) {
		World world = new World();
		Instance one = world.instance();
		Instance two = world.instance();
		String id = one.login((session) -> session.setAttribute("a", "1"));
		world.pass((use == Use.TOUCHED) ? TOUCH_IS_DUE : Duration.ofMinutes(30));
		two.find(id);
		one.find(id);
		world.pass(Duration.ofSeconds(20));
		one.request(id, (session) -> {
			if (use == Use.CHANGED) {
				session.setAttribute("b", "2");
			}
		});
		useEachSecond(world, one, id, secondsBefore);
		two.delete(id);
		return Math.max(0, useEachSecond(world, one, id, 400));
	}

	/*
	 * The last of the seconds in which it was accepted.
	 */
	private static int useEachSecond(World world, Instance instance, String id, int seconds) {
		int last = 0;
		for (int second = 1; second <= seconds; second++) {
			world.pass(Duration.ofSeconds(1));
			last = (instance.find(id) != null) ? second : last;
		}
		return last;
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 20 })
	@DisplayName("P7 a touch is written three to six seconds after its request")
	void aTouchIsWrittenSecondsLater(int secondsInUse) {
		World world = new World();
		Instance app = world.instance();
		String id = app.login((session) -> session.setAttribute("a", "1"));
		world.pass(TOUCH_IS_DUE);
		app.find(id);
		world.pass(Duration.ofSeconds(secondsInUse));
		int before = world.writesOf(id).size();
		Instant used = world.now();
		app.request(id, (session) -> {
		});
		while (world.writesOf(id).size() == before) {
			world.pass(Duration.ofMillis(100));
		}
		assertThat(Duration.between(used, world.now())).isBetween(Duration.ofSeconds(3), Duration.ofMillis(6500));
	}

	@Test
	@DisplayName("P4 what is changed in place and not set is seen here, and lost elsewhere")
	void changesInPlaceAreNotSaved() {
		World world = new World();
		Instance one = world.instance();
		String id = one.login((session) -> session.setAttribute("cart", new Basket("tea")));
		one.request(id, (session) -> session.<Basket>getAttribute("cart").text = "milk");
		assertThat(one.find(id).<Basket>getAttribute("cart").text).isEqualTo("milk");
		world.settle();
		assertThat(world.instance().find(id).<Basket>getAttribute("cart").text).isEqualTo("tea");
	}

	private enum Use {

		USED, CHANGED, TOUCHED

	}

	/**
	 * A value that can be changed.
	 */
	static final class Basket {

		public String text;

		Basket() {
		}

		Basket(String text) {
			this.text = text;
		}

	}

}
