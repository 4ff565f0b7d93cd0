package dev.kvsession.codec.shop;

/**
 * Cannot be initialized.
 */
public class Broken {

	private static final int LIMIT = Integer.parseInt("s3cr3tT0k3n");

	private int id = LIMIT;

	public int id() {
		return this.id;
	}

}
