package dev.kvsession.codec;

/** Whether attributes that JSON cannot carry are stored by Java serialization. */
public enum JdkFallback {

	/** Such attributes are refused when set, and stored ones are not read. */
	OFF,

	/** Such attributes are stored, and are read through an allow list. */
	ON

}
