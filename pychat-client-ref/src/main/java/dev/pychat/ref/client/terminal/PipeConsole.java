package dev.pychat.ref.client.terminal;

import dev.pychat.ref.client.text.Entry;
import dev.pychat.ref.client.text.Rows;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A console over two streams that are no terminal: the same lines, without prompts and colours. UTF-8 whatever the locale.
 *
 * <p>Thread-safe as {@link Console} demands.
 */
public final class PipeConsole implements Console {
    private final Utf8Lines lines;
    private final PrintStream out;
    private final ReentrantLock printing = new ReentrantLock();

    private PipeConsole(InputStream in, OutputStream out) {
        this.lines = new Utf8Lines(in);
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    }

    /**
     * Makes a console.
     *
     * @param in where lines come from
     * @param out where entries go
     * @return the console; closing it closes neither stream
     */
    public static PipeConsole over(InputStream in, OutputStream out) {
        return new PipeConsole(in, out);
    }

    @Override
    public boolean interactive() {
        return false;
    }

    @Override
    public Answer line(String prompt) {
        return lines.next();
    }

    @Override
    public Answer word(String prompt) {
        return lines.next();
    }

    @Override
    public Answer secret(String prompt) {
        return lines.next();
    }

    @Override
    public void show(Entry entry) {
        printing.lock();
        try {
            for (String row : Rows.of(entry, Rows.ENDLESS)) {
                out.append(row).append('\n');
            }
            out.flush();
        } finally {
            printing.unlock();
        }
    }

    @Override
    public int pageRows() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isCut() {
        return out.checkError();
    }

    @Override
    public void close() {
        out.flush();
    }
}
