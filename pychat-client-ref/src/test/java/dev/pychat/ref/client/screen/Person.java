package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.pychat.ref.client.terminal.Answer;
import dev.pychat.ref.client.terminal.Console;
import dev.pychat.ref.client.text.Entry;
import dev.pychat.ref.client.text.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody at a terminal of 80 by 12: types lines, and sees what is shown, the prompts among it. */
final class Person implements Console, AutoCloseable {
    private static final int WIDTH = 80;
    private static final int ROWS = 10;
    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<Answer> typed = new LinkedBlockingQueue<>();
    private final List<String> screen = new ArrayList<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private String foot = "";
    private int seen;

    /** What runs at this terminal. */
    interface Program {
        boolean run(Console console) throws Exception;
    }

    Person(Program program) {
        Thread thread = new Thread(
                () -> {
                    try {
                        ended.complete(program.run(this));
                    } catch (Throwable e) {
                        ended.completeExceptionally(e);
                    }
                },
                "person");
        thread.setDaemon(true);
        thread.start();
    }

    Person types(String... lines) {
        for (String line : lines) {
            typed.add(new Answer.Line(line));
        }
        return this;
    }

    Person presses(Answer key) {
        typed.add(key);
        return this;
    }

    /** Waits until a row with that text is shown behind those that were waited for before; gives the row. */
    synchronized String sees(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            for (; seen < screen.size(); seen++) {
                if (screen.get(seen).contains(text)) {
                    return screen.get(seen++);
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                fail("never saw \"" + text + "\" in\n" + String.join("\n", screen));
            }
            wait(Math.min(left, 100));
        }
    }

    /** The same for several rows, in whatever order they come. */
    synchronized void seesInAnyOrder(String... texts) throws InterruptedException {
        int begin = seen;
        int end = seen;
        for (String text : texts) {
            seen = begin;
            sees(text);
            end = Math.max(end, seen);
        }
        seen = end;
    }

    /** Waits until the line at the foot of the terminal holds a text; gives the line. */
    synchronized String seesAtTheFoot(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!foot.contains(text)) {
            if (System.nanoTime() > deadline) {
                fail("never saw \"" + text + "\" at the foot, but \"" + foot + "\"");
            }
            wait(100);
        }
        return foot;
    }

    @Override
    public synchronized void status(String line) {
        foot = line;
        notifyAll();
    }

    synchronized String everything() {
        return String.join("\n", screen);
    }

    /** Logs in, and waits for the main menu. */
    Person logsIn(String name) throws InterruptedException {
        types("!login", name, House.PASSPHRASE);
        sees(name + "> ");
        return this;
    }

    boolean leaves() throws Exception {
        types("!disconnect");
        return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public boolean interactive() {
        return true;
    }

    @Override
    public Answer line(String prompt) {
        return answer(prompt);
    }

    @Override
    public Answer word(String prompt) {
        return answer(prompt);
    }

    @Override
    public Answer secret(String prompt) {
        return answer(prompt);
    }

    private Answer answer(String prompt) {
        put(List.of(prompt));
        try {
            return typed.take();
        } catch (InterruptedException e) {
            return new Answer.Cancelled();
        }
    }

    @Override
    public void show(Entry entry) {
        put(Rows.of(entry, WIDTH));
    }

    private synchronized void put(List<String> rows) {
        screen.addAll(rows);
        notifyAll();
    }

    @Override
    public int pageRows() {
        return ROWS;
    }

    @Override
    public void close() {
        typed.add(new Answer.End());
        assertThat(ended).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
