package dev.kvsession.codec.shop;

import java.util.ArrayList;
import java.util.Collection;

public class Tags extends ArrayList<String> {

	private static final long serialVersionUID = 1L;

	public Tags() {
	}

	public Tags(Collection<String> tags) {
		super(tags);
	}

}
