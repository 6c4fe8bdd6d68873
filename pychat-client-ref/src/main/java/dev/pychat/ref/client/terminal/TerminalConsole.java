package dev.pychat.ref.client.terminal;

import dev.pychat.ref.client.text.Entry;
import dev.pychat.ref.client.text.Rows;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * A person's terminal, with a line editor. Entries appear above the line that is being typed. Between two questions the
 * terminal does not echo, so that a passphrase typed ahead of its prompt stays unseen.
 *
 * <p>Thread-safe as {@link Console} demands.
 */
final class TerminalConsole implements Console {
    private static final int FALLBACK_WIDTH = 80;
    private static final int FALLBACK_HEIGHT = 24;

    private final Terminal terminal;
    private final Attributes before;
    private final LineReader reader;
    private final boolean colours;

    TerminalConsole(Terminal terminal, boolean colours) {
        this.terminal = terminal;
        this.colours = colours;
        this.before = terminal.getAttributes();
        Attributes silent = new Attributes(before);
        silent.setLocalFlag(LocalFlag.ECHO, false);
        terminal.setAttributes(silent);
        Thread asking = Thread.currentThread();
        terminal.handle(Signal.INT, signal -> asking.interrupt());
        this.reader = reader(terminal);
    }

    private static LineReader reader(Terminal terminal) {
        DefaultParser parser = new DefaultParser();
        parser.setEscapeChars(new char[0]);
        parser.setQuoteChars(new char[0]);
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(parser)
                // It would take every exclamation mark for a call of the history, and eat backslashes.
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.BRACKETED_PASTE, true)
                .option(Option.HISTORY_TIMESTAMPED, false)
                .option(Option.AUTO_FRESH_LINE, false)
                .option(Option.INSERT_TAB, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, Rows.GUTTER)
                .variable(LineReader.BELL_STYLE, "none")
                .build();
    }

    @Override
    public boolean interactive() {
        return true;
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
        try {
            return new Answer.Line(secret ? reader.readLine(prompt, '\0') : reader.readLine(prompt));
        } catch (UserInterruptException e) {
            return new Answer.Cancelled();
        } catch (EndOfFileException e) {
            return new Answer.End();
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

    private AttributedString styled(Entry entry, String row, boolean first) {
        AttributedStyle style = colours ? style(entry.tone()) : AttributedStyle.DEFAULT;
        int head = first ? Math.min(entry.head().length(), row.length()) : 0;
        return new AttributedStringBuilder()
                .append(row.substring(0, head), style)
                .append(row.substring(head))
                .toAttributedString();
    }

    private static AttributedStyle style(Entry.Tone tone) {
        return switch (tone) {
            case PLAIN -> AttributedStyle.DEFAULT;
            case MESSAGE -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
            case NOTICE -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
            case TROUBLE -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
        };
    }

    @Override
    public int pageRows() {
        int rows = terminal.getSize().getRows();
        return Math.max(1, (rows > 0 ? rows : FALLBACK_HEIGHT) - 2);
    }

    @Override
    public void close() {
        terminal.setAttributes(before);
        try {
            terminal.close();
        } catch (java.io.IOException e) {
            // The terminal is gone; there is nothing left to give back.
        }
    }
}
