package dev.kvsession.client.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Takes the engine's steps, one at a time: itself the engine's lock. Safe for concurrent
 * use.
 */
final class Steps {

	private final Dispatch dispatch;

	private final Sender sender;

	Steps(Dispatch dispatch, Sender sender) {
		this.dispatch = dispatch;
		this.sender = sender;
	}

	/*
	 * Whatever happens changes the state under the lock; calls are made and stages
	 * completed outside of it, since both run code that is not ours. A call that has
	 * ended as soon as it is made is the next to be taken over here, and not a step
	 * within a step: a client may answer thousands of them on this thread.
	 */
	void take(Runnable event) {
		Deque<Runnable> todo = new ArrayDeque<>();
		take(event, todo);
		run(todo);
	}

	// Should one throw, the others' calls and stages must not be lost with it.
	private static void run(Deque<Runnable> todo) {
		while (!todo.isEmpty()) {
			Runnable next = todo.pop();
			try {
				next.run();
			}
			catch (RuntimeException | Error ex) {
				run(todo);
				throw ex;
			}
		}
	}

	private void take(Runnable event, Deque<Runnable> todo) {
		List<Runnable> effects;
		synchronized (this) {
			event.run();
			effects = this.dispatch.step((batch) -> send(batch, todo));
		}
		for (int i = effects.size() - 1; i >= 0; i--) {
			todo.push(effects.get(i));
		}
	}

	private void send(Batch batch, Deque<Runnable> todo) {
		EndedCall already = this.sender.send(batch, (later) -> take(() -> this.dispatch.ended(later)));
		if (already != null) {
			take(() -> this.dispatch.ended(already), todo);
		}
	}

}
