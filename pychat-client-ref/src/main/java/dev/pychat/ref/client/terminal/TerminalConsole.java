package dev.pychat.ref.client.terminal;

import dev.pychat.ref.client.text.Entry;
import dev.pychat.ref.client.text.Rows;
import java.io.IOException;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A person's terminal, with a line editor. Entries appear above the line that is being typed. Between two questions the
 * terminal does not echo, so that a passphrase typed ahead of its prompt stays unseen.
 *
 * <p>Thread-safe as {@link Console} demands.
 */
final class TerminalConsole implements Console {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalConsole.class);
    private static final int FALLBACK_WIDTH = 80;
    private static final int FALLBACK_HEIGHT = 24;

    private final Terminal terminal;
    private final Attributes before;
    private final LineEditor reader;
    private final boolean colours;
    private final boolean signs;
    private final Runnable deaf;

    TerminalConsole(Terminal terminal, boolean colours, boolean signs) throws IOException {
        this.terminal = terminal;
        this.colours = colours;
        this.signs = signs;
        this.before = terminal.getAttributes();
        quiet();
        Thread asking = Thread.currentThread();
        terminal.handle(Signal.INT, signal -> asking.interrupt());
        this.deaf = isDumb() ? hearInterrupts(terminal) : () -> {};
        this.reader = new LineEditor(terminal);
        pasteInBrackets(true);
    }

    /** The editor takes the system's signals only where it can move the cursor: elsewhere Ctrl-C would end the program. */
    private static Runnable hearInterrupts(Terminal terminal) {
        Object before = Signals.register(Signal.INT.name(), () -> terminal.raise(Signal.INT));
        return () -> Signals.unregister(Signal.INT.name(), before);
    }

    /**
     * As the editor has it, so that what is typed between two questions waits as it was typed: a Ctrl-D that comes while the system
     * gathers lines would be lost.
     */
    private void quiet() {
        if (isDumb()) {
            Attributes silent = new Attributes(before);
            silent.setLocalFlag(LocalFlag.ECHO, false);
            terminal.setAttributes(silent);
        } else {
            terminal.enterRawMode();
        }
    }

    @Override
    public boolean interactive() {
        return true;
    }

    @Override
    public boolean showsSigns() {
        return signs;
    }

    @Override
    public Answer line(String prompt) {
        return ask(prompt, true, false);
    }

    @Override
    public Answer word(String prompt) {
        return ask(prompt, false, false);
    }

    @Override
    public Answer secret(String prompt) {
        return ask(prompt, false, true);
    }

    private Answer ask(String prompt, boolean kept, boolean secret) {
        reader.setVariable(LineReader.DISABLE_HISTORY, !kept);
        // A Ctrl-C that came too late to stop what it was meant for must not stop this question.
        Thread.interrupted();
        if (secret && isDumb()) {
            return secretOfATypewriter(prompt);
        }
        try {
            return new Answer.Line(secret ? reader.readLine(prompt, '\0') : reader.readLine(prompt));
        } catch (UserInterruptException e) {
            return new Answer.Cancelled();
        } catch (EndOfFileException e) {
            return new Answer.End();
        } finally {
            pasteInBrackets(true);
        }
    }

    private boolean isDumb() {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    /**
     * On a terminal that can't move its cursor the editor has no hold of the system's echo, and hides a secret by writing the prompt
     * over it again and again. So the system is told, and the line is read as it is, with the system's own handling of backspaces, and of
     * Ctrl-C, which takes back what was typed.
     */
    private Answer secretOfATypewriter(String prompt) {
        systemEcho("-echo");
        terminal.writer().write(prompt);
        terminal.writer().flush();
        StringBuilder typed = new StringBuilder();
        try {
            int next = terminal.reader().read();
            while (next >= 0 && next != '\n' && next != '\r') {
                typed.append((char) next);
                next = terminal.reader().read();
            }
            return next < 0 && typed.isEmpty() ? new Answer.End() : new Answer.Line(typed.toString());
        } catch (IOException interrupted) {
            return new Answer.Cancelled();
        } finally {
            // Or nobody would wait until there is an echo again.
            Thread.interrupted();
            systemEcho("echo");
            terminal.writer().write("\n");
            terminal.writer().flush();
        }
    }

    private static void systemEcho(String mode) {
        try {
            new ProcessBuilder("stty", mode).inheritIO().start().waitFor();
        } catch (IOException noSuchProgram) {
            // Then it is seen, as everything else on such a terminal.
            LOG.warn("stty is not there, so a passphrase may be seen while it is typed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Also between two questions, where the editor switches it off, so that a block pasted early is still one. */
    private void pasteInBrackets(boolean on) {
        if (!isDumb()) {
            terminal.writer().write(on ? LineReaderImpl.BRACKETED_PASTE_ON : LineReaderImpl.BRACKETED_PASTE_OFF);
            terminal.writer().flush();
        }
    }

    @Override
    public void show(Entry entry) {
        int columns = terminal.getSize().getColumns();
        int width = columns > 0 ? columns : FALLBACK_WIDTH;
        List<String> rows = Rows.of(entry, width - 1);
        AttributedStringBuilder shown = new AttributedStringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            shown.append(i == 0 ? "" : "\n").append(styled(entry, rows.get(i), i == 0));
        }
        reader.printAbove(shown.toAttributedString());
    }

    @Override
    public void status(String line) {
        if (line.isEmpty()) {
            reader.clearFoot();
        } else if (!isDumb()) {
            reader.foot(new AttributedString(line, AttributedStyle.INVERSE));
        }
    }

    private AttributedString styled(Entry entry, String row, boolean first) {
        AttributedStyle style = colours ? style(entry.tone()) : AttributedStyle.DEFAULT;
        if (entry.tone() == Entry.Tone.CODE) {
            return new AttributedString(row, style);
        }
        int ours = entry.body().isEmpty() ? row.length() : first ? entry.head().length() : 0;
        int head = Math.min(ours, row.length());
        return new AttributedStringBuilder()
                .append(row.substring(0, head), style)
                .append(row.substring(head))
                .toAttributedString();
    }

    private static AttributedStyle style(Entry.Tone tone) {
        return switch (tone) {
            case PLAIN -> AttributedStyle.DEFAULT;
            case CODE ->
                AttributedStyle.DEFAULT
                        .foreground(AttributedStyle.BLACK)
                        .background(AttributedStyle.BRIGHT + AttributedStyle.WHITE);
            case MESSAGE -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
            case NOTICE -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
            case TROUBLE -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
        };
    }

    @Override
    public int pageRows() {
        int rows = terminal.getSize().getRows();
        return Math.max(1, (rows > 0 ? rows : FALLBACK_HEIGHT) - 2 - reader.footRows());
    }

    @Override
    public void close() {
        reader.clearFoot();
        pasteInBrackets(false);
        terminal.setAttributes(before);
        deaf.run();
        try {
            terminal.close();
        } catch (IOException e) {
            // The terminal is gone; there is nothing left to give back.
        }
    }
}
