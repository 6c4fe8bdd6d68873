package dev.pychat.examples.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where both screens are shown, one beside the other, as time goes down the page. Thread-safe.
 */
final class Stage {

    /** How many cells each screen is wide. */
    static final int COLUMN = 48;

    private static final String EMPTY = " ".repeat(COLUMN);

    private final PrintStream out;
    private final ReentrantLock printing = new ReentrantLock();

    Stage(PrintStream out) {
        this.out = out;
    }

    /** Heads the two columns. */
    void open() {
        row("alice's screen", "bob's screen");
        row("-".repeat(COLUMN), "-".repeat(COLUMN));
    }

    /** Puts rows on one screen; those that are too long are folded. */
    void put(Side side, String... rows) {
        printing.lock();
        try {
            for (String row : rows) {
                for (String part : folded(row)) {
                    row(side == Side.ALICE ? part : "", side == Side.BOB ? part : "");
                }
            }
            out.flush();
        } finally {
            printing.unlock();
        }
    }

    /** Prints a line of its own across both screens. */
    void say(String format, Object... values) {
        printing.lock();
        try {
            out.println(String.format(Locale.ROOT, format, values));
            out.flush();
        } finally {
            printing.unlock();
        }
    }

    private static List<String> folded(String row) {
        List<String> parts = new ArrayList<>();
        String rest = row;
        while (rest.length() > COLUMN) {
            int space = rest.lastIndexOf(' ', COLUMN);
            int end = space > 0 ? space : COLUMN;
            parts.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        parts.add(rest);
        return parts;
    }

    private void row(String left, String right) {
        out.println((pad(left) + " | " + right).stripTrailing());
    }

    private static String pad(String text) {
        return (text + EMPTY).substring(0, Math.max(COLUMN, text.length()));
    }
}
