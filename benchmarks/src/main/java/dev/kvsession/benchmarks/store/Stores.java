package dev.kvsession.benchmarks.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spring.session.HazelcastIndexedSessionRepository;
import com.hazelcast.spring.session.HazelcastSessionConfiguration;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The stores beside which this library is measured, set up as Spring Session and Boot set
 * them up. Where their servers listen comes from system properties.
 */
public final class Stores {

	/**
	 * System property: the port of Redis on 127.0.0.1; absent if there is none.
	 */
	public static final String REDIS_PORT = "benchmarks.redis.port";

	/**
	 * System property: the port of PostgreSQL on 127.0.0.1; absent if there is none.
	 */
	public static final String POSTGRES_PORT = "benchmarks.postgres.port";

	private Stores() {
	}

	/**
	 * The stores that can be opened here, the map first.
	 * @return their names
	 */
	public static List<String> available() {
		List<String> names = new ArrayList<>(List.of("map", "jdbc-h2"));
		if (Integer.getInteger(REDIS_PORT) != null) {
			names.add("redis");
		}
		if (Integer.getInteger(POSTGRES_PORT) != null) {
			names.add("jdbc-postgresql");
		}
		return names;
	}

	/**
	 * Opens a store.
	 * @param name its name
	 * @return the store
	 */
	public static Store open(String name) {
		return switch (name) {
			case "map" -> new Store(new MapSessionRepository(new ConcurrentHashMap<>()), () -> {
			});
			case "redis" -> redis();
			case "jdbc-h2" -> jdbc("jdbc:h2:mem:sessions;DB_CLOSE_DELAY=-1", "sa", "h2");
			case "jdbc-postgresql" ->
				jdbc("jdbc:postgresql://127.0.0.1:" + Integer.getInteger(POSTGRES_PORT) + "/postgres", "postgres",
						"postgresql");
			case "hazelcast" -> hazelcast();
			case "kv-session" -> KvStore.open();
			default -> throw new IllegalArgumentException("No store is called " + name);
		};
	}

	private static Store redis() {
		LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1",
				Integer.getInteger(REDIS_PORT, 0));
		connections.afterPropertiesSet();
		connections.start();
		RedisTemplate<String, Object> template = new RedisTemplate<>();
		template.setKeySerializer(RedisSerializer.string());
		template.setHashKeySerializer(RedisSerializer.string());
		template.setConnectionFactory(connections);
		template.afterPropertiesSet();
		return new Store(new RedisSessionRepository(template), connections::destroy);
	}

	private static Store jdbc(String url, String user, String platform) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setUsername(user);
		HikariDataSource pool = new HikariDataSource(config);
		String schema = "org/springframework/session/jdbc/schema-" + platform + ".sql";
		String drop = "org/springframework/session/jdbc/schema-drop-" + platform + ".sql";
		ResourceDatabasePopulator populator = new ResourceDatabasePopulator(new ClassPathResource(drop),
				new ClassPathResource(schema));
		populator.setContinueOnError(true);
		populator.execute(pool);
		return new Store(new JdbcIndexedSessionRepository(new JdbcTemplate(pool),
				new TransactionTemplate(new DataSourceTransactionManager(pool))), pool);
	}

	private static Store hazelcast() {
		Config config = HazelcastSessionConfiguration.applySerializationConfig(new Config());
		config.setProperty("hazelcast.phone.home.enabled", "false");
		config.setProperty("hazelcast.logging.type", "none");
		config.getNetworkConfig().setPort(0).getInterfaces().setEnabled(true).addInterface("127.0.0.1");
		config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
		config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
		HazelcastInstance instance = Hazelcast.newHazelcastInstance(config);
		HazelcastIndexedSessionRepository repository = new HazelcastIndexedSessionRepository(instance);
		repository.afterPropertiesSet();
		return new Store(repository, instance::shutdown);
	}

}
