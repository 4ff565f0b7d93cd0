package dev.kvsession.benchmarks;

import java.util.Locale;
import java.util.Map;

/**
 * Draws bars on a logarithmic scale as SVG: between a map in memory and a naive store lie
 * powers of ten.
 */
public final class BarChart {

	private static final int LABEL_WIDTH = 190;

	private static final int BAR_WIDTH = 420;

	/**
	 * Background and text, in light and dark. A format: its percent signs are doubled.
	 */
	public static final String PAPER = "<style>.paper{fill:#fff}text{fill:#1f2328}"
			+ "@media(prefers-color-scheme:dark){.paper{fill:#0d1117}text{fill:#e6edf3}}</style>"
			+ "<rect class=\"paper\" width=\"100%%\" height=\"100%%\"/>";

	private static final int NUMBER_WIDTH = 90;

	private static final int LINE_HEIGHT = 26;

	private static final int TOP = 34;

	private BarChart() {
	}

	static String draw(String title, Map<String, Double> bars) {
		double least = bars.values().stream().mapToDouble(Double::doubleValue).min().orElse(1) / 2;
		double most = bars.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
		int height = TOP + bars.size() * LINE_HEIGHT + 8;
		StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" role=\"img\" aria-label=\"%3$s\""
						+ " font-family=\"sans-serif\" font-size=\"13\">" + PAPER
						+ "<text x=\"8\" y=\"20\" font-weight=\"bold\">%3$s</text>%n",
				LABEL_WIDTH + BAR_WIDTH + NUMBER_WIDTH, height, escape(title)));
		int y = TOP;
		for (Map.Entry<String, Double> bar : bars.entrySet()) {
			double width = Math.log(bar.getValue() / least) / Math.log(most / least) * BAR_WIDTH;
			boolean ours = bar.getKey().startsWith("kv-session");
			svg.append(String.format(Locale.ROOT,
					"<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
							+ "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"%s\"/>"
							+ "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
					LABEL_WIDTH - 8, y + 14, escape(bar.getKey()), LABEL_WIDTH, y, width, ours ? "#f6821f" : "#9aa5b1",
					LABEL_WIDTH + width + 6, y + 14, Section.rounded(bar.getValue())));
			y += LINE_HEIGHT;
		}
		return svg.append("</svg>\n").toString();
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
