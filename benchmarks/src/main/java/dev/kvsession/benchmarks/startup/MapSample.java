package dev.kvsession.benchmarks.startup;

import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

/**
 * The sample with its sessions in a map. What shows a session's record in KV is left out,
 * and so is the starter's auto-configuration.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(excludeName = { "dev.kvsession.autoconfigure.KvClientAutoConfiguration",
		"dev.kvsession.autoconfigure.KvSessionAutoConfiguration" })
@ConfigurationPropertiesScan("dev.kvsession.sample")
@ComponentScan(basePackages = "dev.kvsession.sample",
		excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX,
				pattern = ".*\\.(SampleApplication|StoredRecords|RawRecords|MeController|SessionsController"
						+ "|KvCallConfiguration|UnavailableConfiguration)"))
@EnableSpringHttpSession
public class MapSample {

	@Bean
	MapSessionRepository sessionRepository() {
		return new MapSessionRepository(new ConcurrentHashMap<>());
	}

	/**
	 * Starts the sample.
	 * @param args as the sample takes them
	 */
	public static void main(String[] args) {
		SpringApplication.run(MapSample.class, args);
	}

}
