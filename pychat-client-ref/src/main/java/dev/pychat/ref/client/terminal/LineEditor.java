package dev.pychat.ref.client.terminal;

import dev.pychat.ref.client.text.Rows;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.Status;

/**
 * JLine's editor as a chat needs it. It draws the line anew only when no further key waits: drawn after each key, a line of
 * 10,000 characters that comes without paste brackets takes half a minute.
 */
final class LineEditor extends LineReaderImpl {
    private static final int NO_KEY = NonBlockingReader.READ_EXPIRED;

    private final Thread asking = Thread.currentThread();
    private volatile AttributedString foot = AttributedString.EMPTY;

    LineEditor(Terminal terminal) throws IOException {
        super(terminal, "pychat");
        DefaultParser parser = new DefaultParser();
        parser.setEscapeChars(new char[0]);
        parser.setQuoteChars(new char[0]);
        setParser(parser);
        // It would take every exclamation mark for a call of the history, and eat backslashes.
        option(Option.DISABLE_EVENT_EXPANSION, true);
        option(Option.BRACKETED_PASTE, true);
        option(Option.HISTORY_TIMESTAMPED, false);
        option(Option.AUTO_FRESH_LINE, false);
        option(Option.INSERT_TAB, true);
        setVariable(LineReader.SECONDARY_PROMPT_PATTERN, Rows.GUTTER);
        setVariable(LineReader.BELL_STYLE, "none");
        bindBothForms(LineReader.UP_LINE_OR_SEARCH, 'A');
        bindBothForms(LineReader.DOWN_LINE_OR_SEARCH, 'B');
        bindBothForms(LineReader.FORWARD_CHAR, 'C');
        bindBothForms(LineReader.BACKWARD_CHAR, 'D');
        bindBothForms(LineReader.END_OF_LINE, 'F');
        bindBothForms(LineReader.BEGINNING_OF_LINE, 'H');
    }

    /** Between two questions the terminal is in its other mode, in which the same key sends the other form. */
    private void bindBothForms(String widget, char key) {
        Objects.requireNonNull(getKeyMaps().get(LineReader.MAIN))
                .bind(new Reference(widget), "\u001b[" + key, "\u001bO" + key);
    }

    @Override
    protected void redisplay(boolean flush) {
        if (state != State.NORMAL || Thread.currentThread() != asking || !isKeyWaiting()) {
            super.redisplay(flush);
        }
    }

    /** Keeps a line at the foot of the terminal, below what is typed and shown. */
    void foot(AttributedString line) {
        lock.lock();
        try {
            if (!line.equals(foot)) {
                foot = line;
                Status.getStatus(terminal).update(List.of(line));
            }
        } finally {
            lock.unlock();
        }
    }

    int footRows() {
        return foot.length() == 0 ? 0 : 1;
    }

    /** Gives the terminal its last row back. */
    void clearFoot() {
        lock.lock();
        try {
            if (footRows() > 0) {
                foot = AttributedString.EMPTY;
                Status.getStatus(terminal).update(List.of());
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isKeyWaiting() {
        try {
            int next = terminal.reader().peek(1);
            return next != NO_KEY && next >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
