package dev.kvsession.benchmarks.transport;

import java.net.http.HttpClient;

import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;

/**
 * The HTTP clients that Spring's {@code RestClient} can stand on, each as plain as it
 * comes but for time-outs and enough connections.
 */
final class RequestFactories {

	private static final int CONNECTIONS = 32;

	private RequestFactories() {
	}

	static ClientHttpRequestFactory create(String name) {
		return switch (name) {
			case "jdk" -> jdk();
			case "simple" -> simple();
			case "httpcomponents" -> httpComponents();
			case "jetty" -> new JettyClientHttpRequestFactory();
			case "reactor" -> new ReactorClientHttpRequestFactory();
			default -> throw new IllegalArgumentException("No request factory is called " + name);
		};
	}

	private static ClientHttpRequestFactory jdk() {
		HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(TransportCpu.TIMEOUT)
			.build();
		JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(client);
		factory.setReadTimeout(TransportCpu.TIMEOUT);
		factory.enableCompression(false);
		return factory;
	}

	private static ClientHttpRequestFactory simple() {
		SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
		factory.setConnectTimeout(TransportCpu.TIMEOUT);
		factory.setReadTimeout(TransportCpu.TIMEOUT);
		return factory;
	}

	private static ClientHttpRequestFactory httpComponents() {
		PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager();
		connections.setMaxTotal(CONNECTIONS);
		connections.setDefaultMaxPerRoute(CONNECTIONS);
		return new HttpComponentsClientHttpRequestFactory(
				HttpClientBuilder.create().setConnectionManager(connections).build());
	}

}
