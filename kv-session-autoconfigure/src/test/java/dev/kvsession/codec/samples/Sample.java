package dev.kvsession.codec.samples;

public record Sample(String name, Way way, Object value) {

	public static Sample json(String name, Object value) {
		return new Sample(name, Way.JSON, value);
	}

	public static Sample jdk(String name, Object value) {
		return new Sample(name, Way.JDK, value);
	}

	public static Sample refused(String name, Object value) {
		return new Sample(name, Way.REFUSED, value);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
