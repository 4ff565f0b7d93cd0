package dev.kvsession.codec.shop;

import java.util.ArrayDeque;
import java.util.List;

public class Wishes extends ArrayDeque<String> {

	private static final long serialVersionUID = 1L;

	Wishes() {
	}

	public Wishes(String... wishes) {
		super(List.of(wishes));
	}

}
