package dev.kvsession.client;

import org.junit.jupiter.api.extension.RegisterExtension;

import dev.kvsession.test.KvEmulatorExtension;

class KvClientOnTheEmulatorTests extends KvClientContract {

	@RegisterExtension
	static final KvEmulatorExtension extension = new KvEmulatorExtension();

	@Override
	KvConnection connection() {
		return ContractClient.connection(extension.emulator().properties());
	}

}
