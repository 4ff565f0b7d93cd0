package dev.kvsession.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.codec.AttributeEncodingException;
import dev.kvsession.codec.shop.Opaque;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SessionPropertiesTests {

	/**
	 * What Java serialization can carry, and JSON cannot.
	 */
	private static final Opaque OPAQUE = new Opaque().with("tea");

	private static final String TRUSTED_SHOP = "cloudflare.kv.session.json.trusted-packages="
			+ Opaque.class.getPackageName();

	private final WebApplicationContextRunner contexts = SessionContexts.unconfigured()
		.withBean(InMemoryKvClient.class);

	@Test
	void tellsKvTheTimeout() {
		this.contexts.withPropertyValues("cloudflare.kv.session.timeout=3h")
			.run((context) -> assertThat(saved(context).timeToLive()).isEqualTo(Duration.ofHours(3)));
	}

	@Test
	void capsTheLifetime() {
		this.contexts.withPropertyValues("cloudflare.kv.session.max-lifetime=2h")
			.run((context) -> assertThat(saved(context).timeToLive()).isLessThanOrEqualTo(Duration.ofHours(2)));
	}

	@Test
	void boundsRecords() {
		this.contexts.run((context) -> assertLargest(context, 1_100_000, 900_000));
		this.contexts.withPropertyValues("cloudflare.kv.session.max-record-size=10KB")
			.run((context) -> assertLargest(context, 11_000, 9_000));
	}

	private static void assertLargest(AssertableWebApplicationContext context, int refused, int taken) {
		KvSessionRepository repository = repository(context);
		KvSession session = repository.createSession();
		session.setAttribute("cart", "x".repeat(refused));
		assertThatExceptionOfType(KvRequestRefusedException.class).isThrownBy(() -> repository.save(session))
			.withMessageContaining("'cart'")
			.withMessageContaining("max-record-size");
		session.setAttribute("cart", "x".repeat(taken));
		repository.save(session);
		assertThat(repository.findById(session.getId())).isNotNull();
	}

	@Test
	void prefixesKeys() {
		this.contexts.withPropertyValues("cloudflare.kv.session.key-prefix=shop/session:")
			.run((context) -> assertThat(saved(context).key()).startsWith("shop/session:"));
	}

	@Test
	void flushesAtOnceIfToldTo() {
		this.contexts.withPropertyValues("cloudflare.kv.session.flush-mode=immediate").run((context) -> {
			repository(context).createSession();
			assertThat(context.getBean(InMemoryKvClient.class).pairs()).hasSize(1);
		});
	}

	@Test
	void savesWhatWasReadIfToldTo() {
		this.contexts
			.withPropertyValues("cloudflare.kv.session.save-mode=on-get-attribute",
					"cloudflare.kv.session.write-mode=sync",
					"cloudflare.kv.session.json.trusted-packages=" + Cart.class.getPackageName())
			.run((context) -> {
				KvSessionRepository repository = repository(context);
				KvSession session = repository.createSession();
				session.setAttribute("cart", new Cart(List.of("tea")));
				repository.save(session);
				KvSession later = repository.findById(session.getId());
				later.<Cart>getAttribute("cart").items().add("milk");
				repository.save(later);
				assertThat(context.getBean(InMemoryKvClient.class).pairs().values()).singleElement()
					.satisfies((pair) -> assertThat(pair.value()).contains("milk"));
			});
	}

	@Test
	void trustsTheApplicationsPackages() {
		this.contexts.withPropertyValues("cloudflare.kv.session.json.trusted-packages=" + Cart.class.getPackageName())
			.run((context) -> assertThatNoException().isThrownBy(() -> saveCart(context)));
	}

	@Test
	void trustsNothingElse() {
		this.contexts.run((context) -> assertThatExceptionOfType(AttributeEncodingException.class)
			.isThrownBy(() -> saveCart(context)));
	}

	@Test
	void fallsBackToJavaSerializationIfToldTo() {
		this.contexts.withPropertyValues(TRUSTED_SHOP, "cloudflare.kv.session.jdk-fallback=true")
			.run((context) -> assertThatNoException().isThrownBy(() -> save(context, OPAQUE)));
	}

	@Test
	void refusesWhatJsonCannotCarry() {
		this.contexts.withPropertyValues(TRUSTED_SHOP)
			.run((context) -> assertThatExceptionOfType(AttributeEncodingException.class)
				.isThrownBy(() -> save(context, OPAQUE)));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			key-prefix,              a b
			key-prefix,              ''
			max-lifetime,            0s
			max-lifetime,            -1d
			anonymous-timeout,       599s
			touch-interval,          -1s
			near-cache.ttl,          1s
			near-cache.max-weight,   0B
			near-cache.stale-if-error, -1s
			near-cache.max-staleness, -1s
			near-cache.soft-timeout, 0s
			json.trusted-packages,   com.example.*
			json.trusted-packages,   java.util
			""")
	void namesPropertyValueAndReasonIfOutOfBounds(String name, String value) {
		this.contexts.withPropertyValues("cloudflare.kv.session." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (failure) -> {
					assertThat(failure.getName()).isEqualTo("cloudflare.kv.session." + name);
					assertThat(failure.getValue()).isNotNull();
					assertThat(failure.getReason()).isNotBlank();
				}));
	}

	@ParameterizedTest
	@CsvSource({ "connect-timeout,0", "connect-timeout,-1s", "read-timeout,0ms", "read-timeout,6m" })
	void boundsTimeouts(String name, String value) {
		SessionContexts.configured()
			.withPropertyValues("cloudflare.kv." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("cloudflare.kv." + name)));
	}

	@Test
	void stopsTheStartForABoundAlsoIfBeansAreLazy() {
		this.contexts
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("cloudflare.kv.session.max-lifetime=0")
			.run((context) -> assertThat(context).hasFailed());
	}

	private static KvSessionRepository repository(AssertableWebApplicationContext context) {
		return context.getBean(KvSessionRepository.class);
	}

	private static KvPair saved(AssertableWebApplicationContext context) {
		save(context, "tea");
		return context.getBean(InMemoryKvClient.class).pairs().values().iterator().next();
	}

	private static void saveCart(AssertableWebApplicationContext context) {
		save(context, new Cart(List.of("tea")));
	}

	private static void save(AssertableWebApplicationContext context, Object attribute) {
		KvSession session = repository(context).createSession();
		session.setAttribute("cart", attribute);
		repository(context).save(session);
	}

	record Cart(List<String> items) {
	}

}
