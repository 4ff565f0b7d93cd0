package dev.kvsession.test;

import java.util.Map;

import org.junit.jupiter.api.extension.RegisterExtension;

class WireOnTheEmulatorTests extends WireContract {

	@RegisterExtension
	static final KvEmulatorExtension extension = new KvEmulatorExtension();

	@Override
	Map<String, Object> kv() {
		return extension.emulator().properties();
	}

}
