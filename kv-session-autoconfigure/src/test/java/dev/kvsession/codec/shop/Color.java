package dev.kvsession.codec.shop;

public enum Color {

	RED,

	GREEN {
		@Override
		public boolean isCalm() {
			return true;
		}
	};

	public boolean isCalm() {
		return false;
	}

}
