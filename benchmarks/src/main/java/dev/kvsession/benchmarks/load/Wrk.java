package dev.kvsession.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drives load by wrk, whose requests take turns through all sessions.
 */
final class Wrk {

	private static final Pattern FAILED = Pattern.compile("(Non-2xx|Socket errors).*");

	private final Path script;

	Wrk(List<String> sessionIds) throws IOException {
		StringBuilder lua = new StringBuilder("local ids = {");
		for (String id : sessionIds) {
			lua.append('"')
				.append(Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8)))
				.append("\",");
		}
		lua.append("""
				}
				local requests, turn = {}, 0
				init = function(args)
				  for i, id in ipairs(ids) do
				    requests[i] = wrk.format("GET", "/me", { ["Cookie"] = "SESSION=" .. id })
				  end
				end
				request = function()
				  turn = turn % #requests + 1
				  return requests[turn]
				end
				""");
		this.script = Files.createTempFile("kv-session-wrk", ".lua");
		Files.writeString(this.script, lua);
		this.script.toFile().deleteOnExit();
	}

	Load drive(int port, int connections, int seconds) throws IOException {
		Process process = new ProcessBuilder("wrk", "-t2", "-c" + connections, "-d" + seconds + "s", "--latency", "-s",
				this.script.toString(), "http://127.0.0.1:" + port + "/me")
			.redirectErrorStream(true)
			.start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		Matcher failed = FAILED.matcher(said);
		if (failed.find()) {
			throw new IOException("Requests failed: " + failed.group());
		}
		return new Load(number(said, "Requests/sec:"), millis(said, "50%"), millis(said, "99%"));
	}

	private static double number(String said, String name) throws IOException {
		return Double.parseDouble(find(said, name + "\\s+([0-9.]+)").group(1));
	}

	private static double millis(String said, String name) throws IOException {
		Matcher found = find(said, name + "\\s+([0-9.]+)(us|ms|s)");
		double number = Double.parseDouble(found.group(1));
		return switch (found.group(2)) {
			case "us" -> number / 1000;
			case "ms" -> number;
			default -> number * 1000;
		};
	}

	private static Matcher find(String said, String pattern) throws IOException {
		Matcher matcher = Pattern.compile(pattern).matcher(said);
		if (!matcher.find()) {
			throw new IOException("wrk did not say '" + pattern + "':\n" + said);
		}
		return matcher;
	}

}
