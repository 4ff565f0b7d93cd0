package dev.kvsession.sample.demo;

import java.io.IOException;
import java.io.OutputStream;

import dev.kvsession.sample.SampleApplication;

/**
 * The application in a process of its own, which ends with the process that started it.
 */
final class DemoInstance {

	private DemoInstance() {
	}

	static void run(String... args) {
		Thread parent = new Thread(DemoInstance::exitWithParent, "parent");
		parent.setDaemon(true);
		parent.start();
		SampleApplication.main(args);
	}

	// The parent never writes: what ends the stream is its end, however it came.
	private static void exitWithParent() {
		try {
			System.in.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			// The same.
		}
		System.exit(0);
	}

}
