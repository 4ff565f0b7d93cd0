package dev.kvsession;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Packages are rooms: small, without cycles at any level, and closed to others where
 * their {@code package-info} says so.
 */
class RoomTests {

	private static final String BASE = "dev.kvsession.";

	private static final Path SOURCES = Path.of("src", "main", "java");

	private static final String NOT_API = " * Not API: only the library itself uses it.";

	private static final int MOST_CLASSES = 26;

	/**
	 * Of the client, a dozen are exceptions.
	 */
	private static final Map<String, Integer> LARGER = Map.of(BASE + "client", 32);

	/**
	 * Closed to other modules, but open to the whole library.
	 */
	private static final Set<String> SHARED = Set.of(BASE + "client.support", BASE + "crypto");

	private static final Pattern API = Pattern.compile("(?s) API: (.*?)\\. Only the library uses");

	private static final Pattern CODE = Pattern.compile("\\{@code (\\w+)}");

	private static final Pattern IMPORT = Pattern
		.compile("(?m)^import (?:static )?(dev\\.kvsession\\.[a-z.]+\\.[A-Z]\\w*)");

	private static final JavaClasses LIBRARY = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("dev/kvsession/test/"))
		.importPackages("dev.kvsession");

	@Test
	void roomsAreFreeOfCycles() {
		SlicesRuleDefinition.slices().matching(BASE + "(**)").should().beFreeOfCycles().check(LIBRARY);
	}

	@Test
	void roomsAreSmall() {
		Map<String, Set<String>> rooms = new TreeMap<>();
		LIBRARY.stream()
			.filter((candidate) -> candidate.isTopLevelClass() && !candidate.getSimpleName().equals("package-info"))
			.forEach((candidate) -> rooms.computeIfAbsent(candidate.getPackageName(), (name) -> new TreeSet<>())
				.add(candidate.getSimpleName()));
		assertThat(rooms).hasSizeGreaterThan(1)
			.allSatisfy((name, classes) -> assertThat(classes).as(name)
				.hasSizeLessThanOrEqualTo(LARGER.getOrDefault(name, MOST_CLASSES)));
	}

	@Test
	void whatIsNotApiIsUsedInItsTreeOnly() {
		Set<String> internal = notApi();
		assertThat(LIBRARY.stream()
			.flatMap((candidate) -> candidate.getDirectDependenciesFromSelf().stream())
			.filter((dependency) -> internal.contains(outermost(dependency.getTargetClass().getName())))
			.filter((dependency) -> !SHARED.contains(dependency.getTargetClass().getPackageName()))
			.filter((dependency) -> !tree(dependency.getOriginClass().getPackageName())
				.equals(tree(dependency.getTargetClass().getPackageName())))
			.map(Dependency::getDescription)).isEmpty();
	}

	@Test
	void otherModulesUseApiOnly() {
		Set<String> internal = notApi();
		assertThat(Stream.of("sample-app", "kv-session-starter", "benchmarks")
			.flatMap((module) -> files(Path.of("..", module, "src"))))
			.hasSizeGreaterThan(1)
			.allSatisfy((file) -> assertThat(IMPORT.matcher(read(file)).results().map((found) -> found.group(1)))
				.as(file.toString())
				.doesNotContainAnyElementsOf(internal));
	}

	@Test
	void apiCheckLeavesOutWhatIsNotApi() {
		Set<String> internal = notApi();
		Set<String> excluded = Pattern.compile("<exclude>(dev\\.kvsession\\.[\\w.]+)</exclude>")
			.matcher(read(Path.of("..", "pom.xml")))
			.results()
			.map((found) -> found.group(1))
			.collect(Collectors.toSet());
		assertThat(LIBRARY.stream()
			.filter((candidate) -> candidate.isTopLevelClass()
					&& candidate.getModifiers().contains(JavaModifier.PUBLIC))
			.filter((candidate) -> !excluded.contains(candidate.getPackageName()))
			.filter((candidate) -> internal.contains(candidate.getName()))
			.map(JavaClass::getName)).containsExactlyInAnyOrderElementsOf(
					excluded.stream().filter((name) -> name.matches(".*\\.[A-Z]\\w*")).toList());
		assertThat(excluded.stream().filter((name) -> name.matches(".*\\.[a-z]+"))).containsExactlyInAnyOrderElementsOf(
				rooms().filter((room) -> room.text().contains(NOT_API)).map(Room::name).toList());
	}

	/*
	 * The classes of closed rooms, and those that a room with API does not name as API. A
	 * room whose package-info says nothing of API is API.
	 */
	private static Set<String> notApi() {
		Map<String, Set<String>> api = rooms().filter((room) -> room.api() != null)
			.collect(Collectors.toMap(Room::name, Room::api));
		Set<String> internal = LIBRARY.stream()
			.filter((candidate) -> candidate.isTopLevelClass() && !candidate.getSimpleName().equals("package-info"))
			.filter((candidate) -> api.containsKey(candidate.getPackageName())
					&& !api.get(candidate.getPackageName()).contains(candidate.getSimpleName()))
			.map(JavaClass::getName)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(internal).hasSizeGreaterThan(1);
		return internal;
	}

	private static Stream<Room> rooms() {
		return files(SOURCES).filter((file) -> file.endsWith("package-info.java"))
			.map((file) -> new Room(
					SOURCES.relativize(file.getParent()).toString().replace('\\', '/').replace('/', '.'), read(file)));
	}

	private static String outermost(String className) {
		return className.replaceAll("\\$.*", "");
	}

	private static Stream<Path> files(Path root) {
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/*
	 * The room below dev.kvsession that a package belongs to. What Spring Security takes
	 * stands on the session store from outside, and is as close to it as its own rooms.
	 */
	private static String tree(String packageName) {
		String room = packageName.substring(BASE.length()).replaceAll("\\..*", "");
		return room.equals("security") ? "session" : room;
	}

	/*
	 * A package and its package-info.
	 */
	private record Room(String name, String text) {

		@Nullable Set<String> api() {
			Matcher api = API.matcher(this.text);
			if (api.find()) {
				return CODE.matcher(api.group(1))
					.results()
					.map((found) -> found.group(1))
					.collect(Collectors.toCollection(TreeSet::new));
			}
			return this.text.contains(NOT_API) ? Set.of() : null;
		}

	}

}
