package dev.kvsession.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import dev.kvsession.autoconfigure.failure.KvConfigurationException;
import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.KvTransport;
import dev.kvsession.client.ThreadKvScheduler;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.rest.RestKvClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KvClientAutoConfigurationTests {

	private static final String[] CONFIGURED = { "cloudflare.kv.namespace-id=" + SessionContexts.NAMESPACE_ID,
			"cloudflare.kv.api-token=" + SessionContexts.TOKEN };

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KvClientAutoConfiguration.class));

	@Test
	void makesAClientWithoutAWebApplication() {
		this.contexts.withPropertyValues(CONFIGURED)
			.run((context) -> assertThat(context).hasSingleBean(RestKvClient.class)
				.hasSingleBean(RestClientTransport.class)
				.hasSingleBean(ThreadKvScheduler.class));
	}

	@Test
	void leavesTheApplicationsOwnRestClientAlone() {
		AtomicInteger requests = new AtomicInteger();
		ClientHttpRequestFactory own = (uri, method) -> {
			requests.incrementAndGet();
			throw new IOException("own");
		};
		this.contexts.withPropertyValues(CONFIGURED)
			.withPropertyValues("cloudflare.kv.base-url=http://127.0.0.1:1")
			.withBean(RestClient.Builder.class, () -> RestClient.builder().requestFactory(own))
			.run((context) -> {
				assertThat(context.getBean(RestKvClient.class).get("session:x").toCompletableFuture())
					.failsWithin(Duration.ofSeconds(20));
				assertThat(requests).hasValue(0);
				RestClient.Builder builder = context.getBean(RestClient.Builder.class);
				assertThatThrownBy(() -> builder.build().get().uri("http://127.0.0.1:1/").retrieve().toBodilessEntity())
					.hasRootCauseMessage("own");
				assertThat(requests).hasValue(1);
			});
	}

	@Test
	void connectsToCloudflareUnlessToldOtherwise() {
		this.contexts.withPropertyValues(CONFIGURED).run((context) -> {
			KvConnection connection = context.getBean(KvConnection.class);
			assertThat(connection.baseUrl()).isEqualTo(KvConnection.DEFAULT_BASE_URL);
			assertThat(connection.accountId()).isNull();
		});
	}

	@Test
	void takesTheConnectionFromProperties() {
		this.contexts.withPropertyValues(CONFIGURED)
			.withPropertyValues("cloudflare.kv.account-id=" + SessionContexts.ACCOUNT_ID,
					"cloudflare.kv.base-url=https://kv.example.com/client/v4/")
			.run((context) -> {
				KvConnection connection = context.getBean(KvConnection.class);
				assertThat(connection.accountId()).isEqualTo(SessionContexts.ACCOUNT_ID);
				assertThat(connection.baseUrl()).hasToString("https://kv.example.com/client/v4");
			});
	}

	@Test
	void takesBlankAccountAndBaseUrlAsMissing() {
		this.contexts.withPropertyValues(CONFIGURED)
			.withPropertyValues("cloudflare.kv.account-id=${CLOUDFLARE_KV_ACCOUNT_ID:}", "cloudflare.kv.base-url=")
			.run((context) -> {
				KvConnection connection = context.getBean(KvConnection.class);
				assertThat(connection.accountId()).isNull();
				assertThat(connection.baseUrl()).isEqualTo(KvConnection.DEFAULT_BASE_URL);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "${CLOUDFLARE_KV_UNSET:}", "${CLOUDFLARE_KV_UNSET: }" })
	void backsOffIfNothingIsConfigured(String blank) {
		this.contexts
			.withPropertyValues("cloudflare.kv.namespace-id=" + blank, "cloudflare.kv.api-token=" + blank,
					"cloudflare.kv.account-id=" + SessionContexts.ACCOUNT_ID)
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(KvClient.class).doesNotHaveBean(KvScheduler.class);
				assertThat(ConditionEvaluationReport.get(context.getBeanFactory())
					.getConditionAndOutcomesBySource()
					.get(KvClientAutoConfiguration.class.getName()))
					.anySatisfy((condition) -> assertThat(condition.getOutcome().getMessage())
						.contains("neither cloudflare.kv.namespace-id nor cloudflare.kv.api-token is set"));
			});
	}

	@Test
	void stopsTheStartForAMistakeAlsoIfBeansAreLazy() {
		this.contexts
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("cloudflare.kv.namespace-id=no-id", "cloudflare.kv.api-token=" + SessionContexts.TOKEN)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(KvConfigurationException.class));
	}

	@Test
	void detailsReplaceTheProperties() {
		this.contexts.withPropertyValues("cloudflare.kv.api-token=another")
			.withBean(KvConnectionDetails.class, () -> new KvConnectionDetails() {

				@Override
				public String getNamespaceId() {
					return SessionContexts.NAMESPACE_ID;
				}

				@Override
				public String getApiToken() {
					return SessionContexts.TOKEN;
				}

			})
			.run((context) -> {
				assertThat(context.getBean(KvConnection.class).apiToken()).isEqualTo(SessionContexts.TOKEN);
				assertThat(context).doesNotHaveBean(PropertiesKvConnectionDetails.class);
			});
	}

	@Test
	void anotherClientNeedsNoConnection() {
		this.contexts.withUserConfiguration(OwnClient.class)
			.withPropertyValues("cloudflare.kv.api-token=without-namespace")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(KvClient.class)
				.doesNotHaveBean(KvConnection.class)
				.doesNotHaveBean(KvTransport.class)
				.hasSingleBean(KvScheduler.class));
	}

	@Test
	void anotherTransportCarriesTheCalls() {
		this.contexts.withPropertyValues(CONFIGURED).withUserConfiguration(OwnParts.class).run((context) -> {
			assertThat(context).hasSingleBean(KvTransport.class)
				.hasSingleBean(KvScheduler.class)
				.doesNotHaveBean(ThreadKvScheduler.class);
			assertThat(context.getBean(KvClient.class).get("a").toCompletableFuture().join()).hasValue("carried");
		});
	}

	@Test
	void propertiesDoNotShowTheToken() {
		this.contexts.withPropertyValues(CONFIGURED)
			.run((context) -> assertThat(context.getBean(KvProperties.class).toString()
					+ context.getBean(KvConnectionDetails.class) + context.getBean(KvConnection.class))
				.doesNotContain(SessionContexts.TOKEN));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		InMemoryKvClient ownClient() {
			return new InMemoryKvClient();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnParts {

		@Bean
		KvTransport ownTransport() {
			return new KvTransport() {

				@Override
				public CompletionStage<KvResponse> exchange(KvRequest request) {
					if (request.path().equals("/accounts")) {
						return answer(
								"{\"success\":true,\"result\":[{\"id\":\"" + SessionContexts.ACCOUNT_ID + "\"}]}");
					}
					return answer("{\"success\":true,\"result\":{\"values\":{\"a\":\"carried\"}}}");
				}

				private CompletionStage<KvResponse> answer(String body) {
					return CompletableFuture.completedFuture(new KvResponse(200, Map.of(), body.getBytes()));
				}

			};
		}

		@Bean
		KvScheduler ownScheduler() {
			return (task, delay) -> CompletableFuture.completedFuture(null);
		}

	}

}
