package dev.kvsession.benchmarks.soak;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import dev.kvsession.benchmarks.BarChart;

/**
 * Draws a leg as SVG: the answers of each few seconds, those refused in another colour,
 * above the phases.
 */
final class SoakChart {

	private static final long BUCKET = TimeUnit.SECONDS.toNanos(5);

	private static final int WIDTH = 900;

	private static final int TOP = 24;

	private static final int HEIGHT = 150;

	private final Map<Long, Integer> answers = new TreeMap<>();

	private final Map<Long, Integer> refusals = new TreeMap<>();

	private final List<Tally> tallies;

	private final long start;

	private final double bucketWidth;

	private SoakChart(List<Tally> tallies, long end) {
		this.tallies = tallies;
		this.start = tallies.get(0).begin();
		this.bucketWidth = (double) WIDTH / ((end - this.start) / BUCKET + 1);
		for (Tally tally : tallies) {
			tally.times().forEach((time) -> this.answers.merge(bucket(time), 1, Integer::sum));
			tally.timesOfRefusals().forEach((time) -> this.refusals.merge(bucket(time), 1, Integer::sum));
		}
	}

	/**
	 * Draws a leg.
	 * @param tallies its phases in order
	 * @param end when the last one ended, by {@link System#nanoTime()}
	 * @return the picture
	 */
	static String draw(List<Tally> tallies, long end) {
		return new SoakChart(tallies, end).draw();
	}

	private String draw() {
		int most = this.answers.values().stream().mapToInt(Integer::intValue).max().orElse(1);
		StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
						+ " aria-label=\"Answers to users\" font-family=\"sans-serif\" font-size=\"12\">"
						+ BarChart.PAPER + "%n",
				WIDTH, TOP + HEIGHT + 20));
		for (int i = 0; i < this.tallies.size(); i++) {
			double x = bucket(this.tallies.get(i).begin()) * this.bucketWidth;
			svg.append(String.format(Locale.ROOT,
					"<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"4\" y2=\"%2$d\" stroke=\"#ccc\"/>"
							+ "<text x=\"%3$.1f\" y=\"16\">%4$d</text>%n",
					x, TOP + HEIGHT, x + 4, i + 1));
		}
		this.answers.forEach((bucket, count) -> bar(svg, bucket, count, most, "#9aa5b1"));
		this.refusals.forEach((bucket, count) -> bar(svg, bucket, count, most, "#f6821f"));
		return svg.append(String.format(Locale.ROOT,
				"<text x=\"4\" y=\"%d\">answers to users in 5 s, at most %d; orange: 503. The numbers are those of"
						+ " the table.</text></svg>%n",
				TOP + HEIGHT + 15, most))
			.toString();
	}

	private void bar(StringBuilder svg, long bucket, int count, int most, String color) {
		double height = (double) count / most * HEIGHT;
		svg.append(String.format(Locale.ROOT,
				"<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n", bucket * this.bucketWidth,
				TOP + HEIGHT - height, Math.max(1, this.bucketWidth - 1), height, color));
	}

	private long bucket(long time) {
		return (time - this.start) / BUCKET;
	}

}
