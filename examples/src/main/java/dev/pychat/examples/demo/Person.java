package dev.pychat.examples.demo;

import dev.pychat.ref.client.terminal.Answer;
import dev.pychat.ref.client.terminal.Console;
import dev.pychat.ref.client.text.Entry;
import dev.pychat.ref.client.text.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Somebody at a terminal: types what the script says and reads what the client's screens show. Thread-safe.
 */
final class Person implements Console {

    private final Side side;
    private final Stage stage;
    private final Duration patience;
    private final BlockingQueue<Answer> typed = new LinkedBlockingQueue<>();
    private final List<String> read = new ArrayList<>();
    private final ReentrantLock reading = new ReentrantLock();
    private final Condition news = reading.newCondition();
    private int from;
    private int lines;
    private int asked;

    /** Somebody who waits for each thing at most so long. */
    Person(Side side, Stage stage, Duration patience) {
        this.side = side;
        this.stage = stage;
        this.patience = patience;
    }

    Side side() {
        return side;
    }

    /** Types a line. It shows once the client asks for one. */
    void types(String line) {
        reading.lock();
        try {
            lines++;
        } finally {
            reading.unlock();
        }
        typed.add(new Answer.Line(line));
    }

    /** Waits until the client has done what all typed lines asked for and asks for another. */
    void isAskedAgain() throws InterruptedException, DemoFailure {
        awaits(() -> asked > lines, "an end of what was typed");
    }

    /** Waits for a row that holds a text, behind those that were waited for before. */
    void sees(String text) throws InterruptedException, DemoFailure {
        awaits(() -> passed(text), "\"" + text + "\"");
    }

    private void awaits(BooleanSupplier wanted, String what) throws InterruptedException, DemoFailure {
        reading.lock();
        try {
            long left = patience.toNanos();
            while (!wanted.getAsBoolean()) {
                if (left <= 0) {
                    throw new DemoFailure(side + " never saw " + what);
                }
                left = news.awaitNanos(left);
            }
        } finally {
            reading.unlock();
        }
    }

    private boolean passed(String text) {
        for (int i = from; i < read.size(); i++) {
            if (read.get(i).contains(text)) {
                from = i + 1;
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean interactive() {
        return true;
    }

    @Override
    public Answer line(String prompt) {
        return next(prompt, false);
    }

    @Override
    public Answer word(String prompt) {
        return next(prompt, false);
    }

    @Override
    public Answer secret(String prompt) {
        return next(prompt, true);
    }

    private Answer next(String prompt, boolean secret) {
        reading.lock();
        try {
            asked++;
            news.signalAll();
        } finally {
            reading.unlock();
        }
        try {
            Answer answer = typed.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer instanceof Answer.Line line) {
                stage.put(side, prompt + (secret ? "" : line.text()));
                return answer;
            }
            return new Answer.End();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.End();
        }
    }

    @Override
    public void show(Entry entry) {
        List<String> rows = Rows.of(entry, Rows.ENDLESS);
        reading.lock();
        try {
            read.addAll(rows);
            news.signalAll();
            stage.put(side, Rows.of(entry, Stage.COLUMN).toArray(String[]::new));
        } finally {
            reading.unlock();
        }
    }

    @Override
    public int pageRows() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void close() {}
}
