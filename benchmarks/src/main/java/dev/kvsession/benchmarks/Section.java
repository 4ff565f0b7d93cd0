package dev.kvsession.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one part has measured, as Markdown that is printed while it grows. Confined to the
 * thread that measures.
 */
public final class Section {

	private final List<String> lines = new ArrayList<>();

	private final List<String> checks = new ArrayList<>();

	private final Map<String, Double> bars = new LinkedHashMap<>();

	private String plot = "";

	/**
	 * Adds a paragraph.
	 * @param text the paragraph
	 */
	public void text(String text) {
		add("");
		add(text);
	}

	/**
	 * Begins a table.
	 * @param columns the headings; all columns but the first are numbers
	 */
	public void table(String... columns) {
		add("");
		row((Object[]) columns);
		add("| --- |" + " ---: |".repeat(columns.length - 1));
	}

	/**
	 * Adds a row to the table.
	 * @param cells the cells; numbers are rounded to three digits
	 */
	public void row(Object... cells) {
		StringBuilder row = new StringBuilder("|");
		for (Object cell : cells) {
			row.append(' ').append((cell instanceof Double number) ? rounded(number) : cell).append(" |");
		}
		add(row.toString());
	}

	/**
	 * Compares a number with what was promised.
	 * @param promise what was promised, with the bound
	 * @param measured what was measured
	 * @param kept whether it was kept
	 */
	public void check(String promise, String measured, boolean kept) {
		String check = "| " + promise + " | " + measured + " | " + (kept ? "kept" : "**missed**") + " |";
		System.out.println("  " + check);
		this.checks.add(check);
	}

	/**
	 * Adds a bar to the part's plot.
	 * @param title the plot's title
	 * @param label the bar's label
	 * @param value its length
	 */
	public void bar(String title, String label, double value) {
		this.plot = title;
		this.bars.put(label, value);
	}

	/**
	 * Rounds a number for people.
	 * @param number the number
	 * @return three significant digits, or all before the point
	 */
	public static String rounded(double number) {
		if (Double.isNaN(number)) {
			return "–";
		}
		double size = Math.abs(number);
		int decimals = (size >= 100) ? 0 : (size >= 10) ? 1 : (size >= 1) ? 2 : 3;
		return String.format(Locale.ROOT, "%,." + decimals + "f", number);
	}

	private void add(String line) {
		System.out.println("  " + line);
		this.lines.add(line);
	}

	/**
	 * Returns all that was added, and a table of the checks.
	 * @return text in Markdown that ends with a line break
	 */
	public String markdown() {
		List<String> all = new ArrayList<>(this.lines);
		if (!this.checks.isEmpty()) {
			all.addAll(List.of("", "| promise | measured | |", "| --- | --- | --- |"));
			all.addAll(this.checks);
		}
		return String.join("\n", all).strip() + "\n";
	}

	List<String> checks() {
		return this.checks;
	}

	String plot() {
		return this.plot;
	}

	Map<String, Double> bars() {
		return this.bars;
	}

}
