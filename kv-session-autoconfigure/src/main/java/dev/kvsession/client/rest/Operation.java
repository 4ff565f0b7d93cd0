package dev.kvsession.client.rest;

/** The operations of KV's API. After a lost answer to a write it may have happened. */
public enum Operation {

	BULK_GET("bulk get", false), LIST("list", false), ACCOUNTS("account lookup", false), PUT("put", true),
	BULK_PUT("bulk put", true), DELETE("delete", true), BULK_DELETE("bulk delete", true);

	private final String label;

	private final boolean write;

	Operation(String label, boolean write) {
		this.label = label;
		this.write = write;
	}

	String label() {
		return this.label;
	}

	boolean isWrite() {
		return this.write;
	}

}
