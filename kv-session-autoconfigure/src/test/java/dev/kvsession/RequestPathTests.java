package dev.kvsession;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts the classes that one call of the repository passes, from the repository to the
 * HTTP transport. The bounds only go down.
 */
class RequestPathTests {

	private static final Map<String, Integer> BOUNDS = Map.of("find", 77, "save", 103, "logout", 70);

	@Test
	void passesFewClasses() throws Exception {
		Map<String, Set<String>> passed = passed();
		passed.forEach(RequestPathTests::print);
		assertThat(passed).hasSize(BOUNDS.size())
			.allSatisfy((step, classes) -> assertThat(topLevel(classes)).as(step)
				.hasSizeGreaterThan(1)
				.hasSizeLessThanOrEqualTo(BOUNDS.get(step)));
	}

	private static Map<String, Set<String>> passed() throws ReflectiveOperationException {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		ClassLoader probed = new ProbedClasses();
		Thread.currentThread().setContextClassLoader(probed);
		try {
			@SuppressWarnings("unchecked")
			Supplier<Map<String, Set<String>>> scenario = (Supplier<Map<String, Set<String>>>) probed
				.loadClass(RequestPathScenario.class.getName())
				.getConstructor()
				.newInstance();
			return scenario.get();
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static void print(String step, Set<String> classes) {
		Map<String, Set<String>> rooms = topLevel(classes).stream()
			.collect(Collectors.groupingBy((name) -> name.substring(0, name.lastIndexOf('.')), TreeMap::new,
					Collectors.toCollection(TreeSet::new)));
		System.out.printf("%n%s: %d classes (%d with nested ones)%n", step, topLevel(classes).size(), classes.size());
		rooms.forEach((room, names) -> System.out.printf("  %3d %s:%s%n", names.size(), room,
				names.stream()
					.map((name) -> name.substring(room.length() + 1))
					.collect(Collectors.joining(" ", " ", ""))));
	}

	private static Set<String> topLevel(Set<String> classes) {
		return classes.stream()
			.map((name) -> name.replaceAll("\\$.*", ""))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
