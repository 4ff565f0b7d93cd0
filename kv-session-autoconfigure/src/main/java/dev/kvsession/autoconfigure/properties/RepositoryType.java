package dev.kvsession.autoconfigure.properties;

/** By what sessions are found. */
public enum RepositoryType {

	/** By their id. */
	DEFAULT,

	/** By their id and by the name of their user. */
	INDEXED

}
