package dev.kvsession.codec;

/** Whether attributes that JSON cannot carry are stored by Java serialization. */
public enum JdkFallback {

	/**
	 * Such attributes are refused when they are set, and those already stored are not
	 * read.
	 */
	OFF,

	/**
	 * Such attributes are stored by Java serialization and read through an allow list.
	 */
	ON

}
