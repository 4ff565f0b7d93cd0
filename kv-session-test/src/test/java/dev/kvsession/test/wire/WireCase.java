package dev.kvsession.test.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests that are sent one after the other to a namespace that is empty at first.
 *
 * @param name what it shows
 * @param steps the requests
 */
record WireCase(String name, List<Step> steps) {

	static WireCase of(String name, Step... steps) {
		return new WireCase(name, List.of(steps));
	}

	void check(List<Reply> replies) {
		for (int i = 0; i < this.steps.size(); i++) {
			this.steps.get(i).check(this.name, replies.get(i));
		}
	}

	List<String> comparable(List<Reply> replies) {
		List<String> comparable = new ArrayList<>();
		for (int i = 0; i < this.steps.size(); i++) {
			comparable.add(this.steps.get(i).comparable(replies.get(i)));
		}
		return comparable;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
