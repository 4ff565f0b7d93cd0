package dev.kvsession.codec;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.codec.trust.TrustedPackages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrustedPackagesTests {

	private final TrustedPackages packages = new TrustedPackages(List.of("com.example.shop", "com.example.Login"));

	@ParameterizedTest
	@CsvSource({ "com.example.shop.Cart,true", "com.example.shop.cart.Item,true", "com.example.shop.Cart$Line,true",
			"com.example.shopping.Evil,false", "com.example.Cart,false", "com.example.Login,true",
			"com.example.Login$Step,true", "com.example.LoginEvil,false", "com.example,false",
			"evil.com.example.shop.X,false" })
	void endAtABoundary(String name, boolean trusted) {
		assertThat(this.packages.contains(name)).isEqualTo(trusted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "*", "com.example.*", "com.example.", ".com", "com/example", "com..example",
			"com.example.shop,com.other", "[Lcom.example.X;" })
	void refuseWhatIsNoName(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedPackages(List.of(name)))
			.withMessageContaining("cloudflare.kv.session.json.trusted-packages")
			.withMessageContaining("'" + name + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "java", "java.util", "java.util.logging.FileHandler", "javax.naming", "jakarta",
			"sun.misc", "jdk.internal", "com", "com.sun", "org", "org.springframework", "org.apache" })
	void refuseWhatIsTooBroad(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedPackages(List.of(name)))
			.withMessageContaining("too broad");
	}

}
