package dev.kvsession.session.protection;

/**
 * How far a protection has been rolled out. Instances that run side by side are at most
 * one step apart, or they end each other's sessions.
 */
public enum ProtectionMode {

	/** Understand what is protected, and write what is not. */
	READ,

	/** Write what is protected, and still accept what is not. */
	WRITE,

	/** Accept only what is protected. */
	REQUIRED

}
