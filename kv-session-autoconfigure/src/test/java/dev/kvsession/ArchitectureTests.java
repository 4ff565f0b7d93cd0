package dev.kvsession;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

	private static final String BASE = "dev.kvsession.";

	private static final String SESSION = BASE + "session.";

	private static final JavaClasses LIBRARY = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("dev/kvsession/test/"))
		.importPackages("dev.kvsession");

	private static final JavaClasses EMULATOR = new ClassFileImporter().importPackages(BASE + "test");

	@Test
	void clientAndCodecStandOnNothingOfOurs() {
		check(ArchRuleDefinition.noClasses()
			.that(JavaClass.Predicates.resideInAPackage(BASE + "client.."))
			.should()
			.dependOnClassesThat(othersThan("client")));
		check(ArchRuleDefinition.noClasses()
			.that(JavaClass.Predicates.resideInAPackage(BASE + "codec.."))
			.should()
			.dependOnClassesThat(othersThan("codec")));
	}

	@Test
	void clientAndCodecDoNotKnowSpringSession() {
		check(ArchRuleDefinition.noClasses()
			.that(JavaClass.Predicates.resideInAnyPackage(BASE + "client..", BASE + "codec.."))
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.springframework.session..")));
	}

	@Test
	void sessionStandsOnClientAndCodec() {
		check(ArchRuleDefinition.noClasses()
			.that(JavaClass.Predicates.resideInAPackage(BASE + "session.."))
			.should()
			.dependOnClassesThat(othersThan("session", "client", "codec", "crypto")));
	}

	@Test
	void cryptoKnowsNobody() {
		check(ArchRuleDefinition.noClasses()
			.that(JavaClass.Predicates.resideInAPackage(BASE + "crypto.."))
			.should()
			.dependOnClassesThat(othersThan("crypto")));
	}

	@Test
	void securityStandsOnSessionAndClient() {
		check(ArchRuleDefinition.noClasses()
			.that(JavaClass.Predicates.resideInAPackage(BASE + "security.."))
			.should()
			.dependOnClassesThat(othersThan("security", "session", "client")));
		check(ArchRuleDefinition.noClasses()
			.that(othersThan("security", "autoconfigure"))
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage(BASE + "security..")));
	}

	@Test
	void nobodyImportsTheAutoConfiguration() {
		check(ArchRuleDefinition.noClasses()
			.that(othersThan("autoconfigure"))
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage(BASE + "autoconfigure..")));
	}

	@Test
	void bootIsForTheAutoConfigurationAlone() {
		check(ArchRuleDefinition.noClasses()
			.that(othersThan("autoconfigure", "actuate"))
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.springframework.boot..")));
	}

	@Test
	void actuateKnowsOfBootOnlyWhatHealthIs() {
		check(ArchRuleDefinition.noClasses()
			.that(JavaClass.Predicates.resideInAPackage(BASE + "actuate.."))
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.springframework.boot..")
				.and(DescribedPredicate
					.not(JavaClass.Predicates.resideInAPackage("org.springframework.boot.health.contributor..")))));
	}

	@Test
	void onlyTheAutoConfigurationImportsActuate() {
		check(ArchRuleDefinition.noClasses()
			.that(othersThan("actuate", "autoconfigure"))
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage(BASE + "actuate..")));
	}

	@Test
	void autoConfigurationsArePublicAndFinalWithoutPublicMembers() {
		check(ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould(haveNoPublicMembers()));
	}

	@Test
	void configurationsAndConditionsAreNotPublic() {
		check(ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(Configuration.class)
			.or()
			.areAssignableTo(Condition.class)
			.should()
			.notBePublic());
	}

	@Test
	void beanMethodsAreNotPrivate() {
		check(ArchRuleDefinition.methods()
			.that()
			.areAnnotatedWith(Bean.class)
			.should()
			.notBePrivate()
			.andShould()
			.notBePublic());
	}

	@Test
	void timeComesFromOutside() {
		check(ArchRuleDefinition.noClasses()
			.should()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(Clock.class, "systemUTC")
			.orShould()
			.callMethod(Thread.class, "sleep", long.class));
	}

	/*
	 * To all others a pending session is a name: what never changes of it.
	 */
	@Test
	void pendingSessionsAreTouchedUnderTheirLockOnly() {
		Set<String> guarded = Set.of(SESSION + "PendingSession");
		Set<String> owners = Set.of("PendingSessions", "PendingSession");
		Set<String> names = Set.of("id", "live", "hasNoRecord", JavaConstructor.CONSTRUCTOR_NAME);
		check(ArchRuleDefinition.noClasses()
			.that(DescribedPredicate.describe("do not work under the lock of PendingSessions",
					(candidate) -> !owners.contains(candidate.getSimpleName())))
			.should()
			.accessTargetWhere(DescribedPredicate.describe("changes under that lock",
					(access) -> guarded.contains(access.getTargetOwner().getFullName())
							&& !names.contains(access.getName()))));
	}

	@Test
	void nothingLogsToJavaUtilLogging() {
		check(ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("java.util.logging..")));
	}

	@Test
	void publicApiOfSessionsIsFreeOfJacksonAndSpringWeb() {
		DescribedPredicate<JavaClass> foreign = JavaClass.Predicates.resideInAnyPackage("tools.jackson..",
				"com.fasterxml.jackson..", "org.springframework.web..", "org.springframework.http..");
		check(ArchRuleDefinition.codeUnits()
			.that()
			.areDeclaredInClassesThat(JavaClass.Predicates.resideInAPackage(BASE + "session..").and(publicOnes()))
			.and()
			.arePublic()
			.should(notMention(foreign)));
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(LIBRARY.stream().map(JavaClass::getPackage).distinct()).hasSizeGreaterThan(1)
			.allSatisfy((candidate) -> assertThat(candidate.isAnnotatedWith(NullMarked.class)).as(candidate.getName())
				.isTrue());
	}

	@Test
	void emulatorIsFreeOfCycles() {
		SlicesRuleDefinition.slices().matching(BASE + "(**)").should().beFreeOfCycles().check(EMULATOR);
	}

	@Test
	void ofTheEmulatorOnlyTheApiIsUsed() {
		JavaClasses users = new ClassFileImporter().importPackages("dev.kvsession")
			.that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(BASE + "test..")));
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage(BASE + "test..")
				.and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(BASE + "test", BASE + "test.kv"))))
			.check(users);
	}

	private static void check(ArchRule rule) {
		rule.check(LIBRARY);
	}

	private static DescribedPredicate<JavaClass> othersThan(String... packages) {
		return DescribedPredicate.describe("of ours outside " + String.join(", ", packages), (candidate) -> {
			String name = candidate.getPackageName();
			return name.startsWith(BASE) && Set.of(packages).stream().noneMatch((own) -> isIn(name, BASE + own));
		});
	}

	private static boolean isIn(String name, String packageName) {
		return name.equals(packageName) || name.startsWith(packageName + ".");
	}

	private static DescribedPredicate<JavaClass> publicOnes() {
		return DescribedPredicate.describe("are public",
				(candidate) -> candidate.getModifiers().contains(JavaModifier.PUBLIC));
	}

	private static ArchCondition<JavaClass> haveNoPublicMembers() {
		return new ArchCondition<>("have no public members") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				item.getMembers()
					.stream()
					.filter((member) -> member.getModifiers().contains(JavaModifier.PUBLIC))
					.filter((member) -> !isDefaultConstructor(member))
					.forEach((member) -> events.add(new SimpleConditionEvent(item, false, member.getFullName())));
			}

			private boolean isDefaultConstructor(JavaMember member) {
				return member instanceof JavaCodeUnit unit && unit.isConstructor()
						&& unit.getRawParameterTypes().isEmpty();
			}

		};
	}

	private static ArchCondition<JavaCodeUnit> notMention(DescribedPredicate<JavaClass> types) {
		return new ArchCondition<>("not mention types that " + types.getDescription()) {

			@Override
			public void check(JavaCodeUnit item, ConditionEvents events) {
				item.getAllInvolvedRawTypes()
					.stream()
					.filter(types)
					.forEach((type) -> events.add(
							new SimpleConditionEvent(item, false, item.getFullName() + " mentions " + type.getName())));
			}

		};
	}

}
