package dev.kvsession.codec;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamConstants;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.codec.value.StoredFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Attributes by Java serialization, as they are written and as they may be forged.
 */
class JdkFallbackTests {

	private final JsonSessionCodec on = Records.codec(JdkFallback.ON);

	private final JsonSessionCodec off = Records.codec(JdkFallback.OFF);

	@Test
	void readsWhatItWrote() throws Exception {
		assertThat(this.on.decodeAttribute("a", stored(serialized(List.of("a", Locale.FRENCH)))))
			.isEqualTo(List.of("a", Locale.FRENCH));
	}

	@Test
	void namesThePropertyWhenOff() throws Exception {
		StoredAttribute attribute = stored(serialized("text"));
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.off.decodeAttribute("cart", attribute))
			.withMessageContaining("'cart'")
			.withMessageContaining("cloudflare.kv.session.jdk-fallback=true");
	}

	@Test
	void namesThePropertyWhenSettingWouldHelp() {
		TreeSet<String> sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		assertThatExceptionOfType(AttributeEncodingException.class)
			.isThrownBy(() -> this.off.encodeAttribute("cart", sorted, Records.AT))
			.withMessageContaining("java.util.TreeSet")
			.withMessageContaining("cloudflare.kv.session.jdk-fallback=true");
		assertThat(this.on.encodeAttribute("cart", sorted, Records.AT).format()).isEqualTo("jdk");
	}

	@ParameterizedTest
	@ValueSource(strings = { "java.util.logging.FileHandler", "java.io.File", "java.net.InetAddress",
			"com.sun.rowset.JdbcRowSetImpl", "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
			"sun.reflect.annotation.AnnotationInvocationHandler", "java.lang.invoke.SerializedLambda",
			"javax.management.BadAttributeValueExpException", "java.rmi.server.UnicastRemoteObject",
			"java.security.SignedObject", "org.springframework.aop.framework.JdkDynamicAopProxy",
			"org.springframework.beans.factory.support.DefaultListableBeanFactory",
			"org.springframework.core.SerializableTypeWrapper$MethodInvokeTypeProvider", "[Ljava.io.File;",
			"dev.kvsession.codec.JdkFallbackTests" })
	@DisplayName("P9 only trusted types are deserialized")
	void refusesForgedClasses(String name) throws Exception {
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.on.decodeAttribute("a", stored(forged(name))))
			.withMessageContaining("not trusted")
			.withMessageContaining(name.replace("[L", "").replace(";", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.apache.commons.collections.functors.InvokerTransformer",
			"org.apache.commons.beanutils.BeanComparator", "org.codehaus.groovy.runtime.ConvertedClosure" })
	void refusesForgedClassesThatAreAbsent(String name) {
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.on.decodeAttribute("a", stored(forged(name))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[\"java.io.File\",\"x\"]", "{\"@class\":\"java.lang.Thread\"}", "null", "{" })
	@DisplayName("P9 JSON inside of Java serialization makes trusted types only")
	void refusesForgedFailures(String json) {
		Object forged = new Object[] { new StoredFailure(json) };
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.on.decodeAttribute("a", stored(serialized(forged))));
	}

	@Test
	@DisplayName("P9 dynamic proxies are not deserialized")
	void refusesProxies() {
		Object proxy = TempDir.class.getAnnotation(java.lang.annotation.Target.class);
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.on.decodeAttribute("a", stored(serialized(proxy))));
	}

	@Test
	void refusesDeepNesting() {
		List<Object> deep = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			deep = new ArrayList<>(List.of(deep));
		}
		StoredAttribute attribute = stored(serialized(deep));
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.on.decodeAttribute("a", attribute));
	}

	@Test
	@DisplayName("P9 sets that are costly to hash are not deserialized")
	void refusesDeeplyNestedSets() {
		Set<Object> root = new HashSet<>();
		Set<Object> left = root;
		Set<Object> right = new HashSet<>();
		for (int i = 0; i < 22; i++) {
			Set<Object> nextLeft = new HashSet<>(Set.of("a"));
			Set<Object> nextRight = new HashSet<>();
			left.add(nextLeft);
			left.add(nextRight);
			right.add(nextLeft);
			right.add(nextRight);
			left = nextLeft;
			right = nextRight;
		}
		StoredAttribute attribute = stored(serialized(root));
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.on.decodeAttribute("a", attribute));
	}

	@Test
	@DisplayName("P9 URLs, which look names up when hashed, are not deserialized")
	void refusesUrls() throws Exception {
		StoredAttribute attribute = stored(serialized(URI.create("http://kv-session.invalid/").toURL()));
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.on.decodeAttribute("a", attribute))
			.withMessageContaining("java.net.URL");
	}

	@Test
	void refusesHugeArrays() {
		StoredAttribute attribute = stored(serialized(new byte[2_000_000]));
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.on.decodeAttribute("a", attribute));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "\"!!!\"", "\"rO0ABQ==\"", "5", "{}", "\"", "\"rO0ABXQAAWE\"x", "null" })
	void refusesWhatIsNoSerializedObject(String raw) {
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.on.decodeAttribute("a", new StoredAttribute(Records.AT, "jdk", raw)));
	}

	private static StoredAttribute stored(byte[] bytes) {
		return new StoredAttribute(Records.AT, "jdk", '"' + Base64.getEncoder().encodeToString(bytes) + '"');
	}

	private static byte[] serialized(Object value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(value);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * The stream of an object of a class that cannot be made here.
	 */
	private static byte[] forged(String name) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeShort(ObjectStreamConstants.STREAM_MAGIC);
		out.writeShort(ObjectStreamConstants.STREAM_VERSION);
		out.writeByte(name.startsWith("[") ? ObjectStreamConstants.TC_ARRAY : ObjectStreamConstants.TC_OBJECT);
		out.writeByte(ObjectStreamConstants.TC_CLASSDESC);
		out.writeUTF(name);
		out.writeLong(1);
		out.writeByte(ObjectStreamConstants.SC_SERIALIZABLE);
		out.writeShort(0);
		out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
		out.writeByte(ObjectStreamConstants.TC_NULL);
		out.writeInt(0);
		return bytes.toByteArray();
	}

}
