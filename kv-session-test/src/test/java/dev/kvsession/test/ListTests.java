package dev.kvsession.test;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

class ListTests {

	private final CoreDriver kv = new CoreDriver(KvEmulatorSettings.strong());

	@Test
	void listsByPrefixWithExpirationAndMetadata() {
		this.kv.kv("PUT", "/bulk", "[{\"key\":\"s:a b\",\"value\":\"1\",\"expiration_ttl\":60,\"metadata\":7},"
				+ "{\"key\":\"s:b\",\"value\":\"1\"},{\"key\":\"t\",\"value\":\"1\"}]");
		JsonNode page = CoreDriver.json(this.kv.kv("GET", "/keys?prefix=s%3A", ""));
		assertThat(page.get("result").toString()).isEqualTo("[{\"name\":\"s:a b\",\"expiration\":"
				+ (this.kv.now().getEpochSecond() + 60) + ",\"metadata\":7},{\"name\":\"s:b\"}]");
		assertThat(page.get("result_info").toString()).isEqualTo("{\"count\":2,\"cursor\":\"\"}");
	}

	@Test
	void pagesByCursor() {
		for (int i = 0; i < 25; i++) {
			this.kv.contents().store("k" + (100 + i), "v", null);
		}
		List<String> names = new ArrayList<>();
		String cursor = "";
		int pages = 0;
		do {
			JsonNode page = CoreDriver.json(this.kv.kv("GET", "/keys?limit=10&cursor=" + cursor, ""));
			page.get("result").values().forEach((key) -> names.add(key.get("name").asString()));
			cursor = page.at("/result_info/cursor").asString();
			pages++;
		}
		while (!cursor.isEmpty());
		assertThat(pages).isEqualTo(3);
		assertThat(names).hasSize(25).isSorted().isEqualTo(this.kv.contents().keys("k"));
	}

	@Test
	void aFullLastPageHasNoCursor() {
		for (int i = 0; i < 10; i++) {
			this.kv.contents().store("k" + i, "v", null);
		}
		assertThat(CoreDriver.json(this.kv.kv("GET", "/keys?limit=10", "")).at("/result_info/cursor").asString())
			.isEmpty();
	}

	@Test
	void ordersByUtf8Bytes() {
		this.kv.contents().store("\uFF21", "v", null);
		this.kv.contents().store("\uD83D\uDE00", "v", null);
		assertThat(this.kv.contents().keys("")).containsExactly("\uFF21", "\uD83D\uDE00");
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=9", "limit=1001", "limit=x", "cursor=%25" })
	void refusesWrongParameters(String query) {
		assertThat(CoreDriver.error(this.kv.kv("GET", "/keys?" + query, ""))).isEqualTo("400/10012");
	}

}
