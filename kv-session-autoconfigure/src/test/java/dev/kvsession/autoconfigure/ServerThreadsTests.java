package dev.kvsession.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.mock.env.MockEnvironment;

import dev.kvsession.autoconfigure.bean.ServerThreads;

import static org.assertj.core.api.Assertions.assertThat;

class ServerThreadsTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void takesHalfOfTomcats() {
		assertThat(half()).isEqualTo(100);
		this.environment.setProperty("server.tomcat.threads.max", "30");
		assertThat(half()).isEqualTo(15);
		this.environment.setProperty("server.tomcat.threads.max", "1");
		assertThat(half()).isEqualTo(1);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void knowsNoNumberOfVirtualThreads() {
		this.environment.setProperty("spring.threads.virtual.enabled", "true");
		assertThat(half()).isNull();
	}

	@Test
	void knowsNoOtherServers() {
		ClassLoader without = new FilteredClassLoader("org.apache.catalina", "org.eclipse.jetty.server");
		assertThat(new ServerThreads(this.environment, without).half()).isNull();
	}

	private Integer half() {
		return new ServerThreads(this.environment, getClass().getClassLoader()).half();
	}

}
