package dev.kvsession.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The newest state of a session that this instance knows. Immutable.
 *
 * @param shown the state that requests see
 * @param underWay changes on their way to KV that nobody has been told to be saved, or
 * {@code null}
 */
record NewestState(Snapshot shown, @Nullable SessionChange underWay) {

	KnownAttribute attribute(String name) {
		boolean settled = this.underWay == null || !this.underWay.attributes().containsKey(name);
		return new KnownAttribute(this.shown.cell(name), settled);
	}

	/**
	 * Whether setting an interval changes it.
	 * @param interval the interval, in whole seconds
	 * @return whether the state has another one, or another one is on its way to KV
	 */
	boolean isOther(Duration interval) {
		boolean settled = this.underWay == null || this.underWay.interval() == null;
		return !settled || !interval.equals(this.shown.record().maxInactiveInterval());
	}

	@Override
	public String toString() {
		return "NewestState[" + this.shown.record() + "]";
	}

}
