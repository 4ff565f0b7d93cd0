package dev.kvsession.codec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.ClassPathXmlApplicationContext;

import dev.kvsession.codec.shop.Holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Types whose construction does harm, forged into JSON and set as attributes.
 */
class GadgetTests {

	private static final List<String> GADGETS = List.of("java.util.logging.FileHandler", "java.io.File",
			"java.io.FileOutputStream", "java.net.InetAddress", "java.net.URLClassLoader", "java.lang.Class",
			"java.lang.ProcessBuilder", "java.lang.Thread", "javax.naming.InitialContext",
			"javax.script.ScriptEngineManager", "javax.management.BadAttributeValueExpException",
			"com.sun.rowset.JdbcRowSetImpl", "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
			"sun.reflect.annotation.AnnotationInvocationHandler",
			"org.springframework.context.support.ClassPathXmlApplicationContext",
			"org.springframework.context.support.FileSystemXmlApplicationContext",
			"org.springframework.beans.factory.config.PropertyPathFactoryBean",
			"org.springframework.aop.framework.JdkDynamicAopProxy",
			"org.springframework.jdbc.datasource.DriverManagerDataSource",
			"org.springframework.security.core.userdetails.jdbc.JdbcDaoImpl",
			"org.springframework.security.provisioning.InMemoryUserDetailsManager",
			"org.springframework.security.web.FilterChainProxy", "org.apache.tomcat.dbcp.dbcp2.BasicDataSource",
			"org.apache.catalina.users.MemoryUserDatabase",
			"org.apache.commons.collections.functors.InvokerTransformer",
			"org.springframework.web.servlet.view.groovy.GroovyMarkupConfigurer",
			"com.mchange.v2.c3p0.JndiRefForwardingDataSource", "dev.kvsession.codec.shopping.Evil",
			"dev.kvsession.codec.JsonSessionCodec");

	private final JsonSessionCodec codec = Records.codec(JdkFallback.ON);

	@TempDir
	Path folder;

	static Stream<String> forged() {
		return GADGETS.stream()
			.flatMap((gadget) -> Stream.of("[\"GADGET\",\"FILE\"]", "[\"GADGET\",{\"pattern\":\"FILE\"}]",
					"{\"@class\":\"GADGET\",\"pattern\":\"FILE\",\"configLocation\":\"FILE\"}",
					"[\"[LGADGET;\",[{\"pattern\":\"FILE\"}]]", "[\"[[LGADGET;\",[]]",
					"[\"java.util.ArrayList\",[[\"GADGET\",\"FILE\"]]]", "[\"java.util.ArrayList<GADGET>\",[\"FILE\"]]",
					"[\"java.util.EnumSet<GADGET>\",[]]", "{\"@class\":\"java.util.EnumMap<GADGET,java.lang.Object>\"}",
					"{\"@class\":\"java.util.HashMap<java.lang.String,GADGET>\",\"a\":\"FILE\"}",
					"{\"@class\":\"java.util.HashMap\",\"a\":[\"GADGET\",\"FILE\"]}",
					"{\"@class\":\"java.util.HashMap\",\"#GADGET:FILE\":1}",
					"{\"@class\":\"dev.kvsession.codec.shop.Holder\",\"content\":[\"GADGET\",\"FILE\"]}",
					"{\"@class\":\"dev.kvsession.codec.shop.Annotated\",\"content\":{\"@class\":\"GADGET\"}}",
					"{\"@class\":\"dev.kvsession.codec.shop.Annotated\","
							+ "\"content\":{\"@class\":\"java.util.HashMap<java.lang.String,GADGET>\"}}",
					"{\"@class\":\"org.springframework.security.core.context.SecurityContextImpl\","
							+ "\"authentication\":{\"@class\":\"GADGET\",\"pattern\":\"FILE\"}}",
					"{\"@class\":\"org.springframework.security.authentication.UsernamePasswordAuthenticationToken\","
							+ "\"authenticated\":true,\"authorities\":[\"java.util.ArrayList\",[]],"
							+ "\"principal\":{\"@class\":\"GADGET\",\"pattern\":\"FILE\"}}",
					"{\"@class\":\"org.springframework.security.oauth2.core.user.DefaultOAuth2User\","
							+ "\"nameAttributeKey\":\"n\",\"authorities\":[\"java.util.ArrayList\",[]],"
							+ "\"attributes\":{\"@class\":\"java.util.HashMap\",\"n\":[\"GADGET\",\"FILE\"]}}")
				.map((json) -> json.replace("GADGET", gadget)));
	}

	@ParameterizedTest
	@MethodSource("forged")
	@DisplayName("P9 only trusted types are made from a record")
	void refusesForgedJson(String json) {
		Path file = this.folder.resolve("made");
		String raw = json.replace("FILE", file.toString());
		StoredAttribute attribute = this.codec
			.decode(this.codec.encode(Records.with(Map.of("a", new StoredAttribute(Records.AT, "json", raw)))))
			.attributes()
			.get("a");
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.codec.decodeAttribute("a", attribute))
			.withMessageContaining("not trusted")
			.withMessageContaining("cloudflare.kv.session.json.trusted-packages");
		assertThat(Files.exists(file)).isFalse();
	}

	static Stream<Object> gadgets() throws Exception {
		return Stream.of(new javax.naming.InitialContext(), new ClassPathXmlApplicationContext(), new Thread(),
				new java.net.URLClassLoader(new java.net.URL[0]), new ProcessBuilder("x"),
				TempDir.class.getAnnotation(java.lang.annotation.Target.class));
	}

	@ParameterizedTest
	@MethodSource("gadgets")
	@DisplayName("P9 only trusted types are stored")
	void refusesToStore(Object gadget) {
		for (Object value : List.of(gadget, List.of(gadget), Map.of("a", gadget), new Holder(gadget, null))) {
			assertThatExceptionOfType(AttributeEncodingException.class)
				.isThrownBy(() -> this.codec.encodeAttribute("a", value, Records.AT));
		}
	}

	@Test
	@DisplayName("P9 nothing of an untrusted type runs before it is refused")
	void runsNothing() {
		AtomicInteger calls = new AtomicInteger();
		Evil evil = new Evil(calls);
		assertThatExceptionOfType(AttributeEncodingException.class)
			.isThrownBy(() -> this.codec.encodeAttribute("a", List.of(evil), Records.AT))
			.withMessageContaining("holds a " + Evil.class.getName());
		assertThat(calls).hasValue(0);
	}

	public static final class Evil {

		private final AtomicInteger calls;

		Evil(AtomicInteger calls) {
			this.calls = calls;
		}

		public String getConnection() {
			return "call " + this.calls.incrementAndGet();
		}

	}

}
