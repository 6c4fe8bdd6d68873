package dev.pychat.ref.client.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/**
 * The console over the process's own streams. Whether they are a terminal is asked of the operating system ({@code isatty}
 * by way of JLine), for {@code System.console()} answers differently from release to release.
 *
 * <p>Stateless; safe for every thread.
 */
public final class StandardStreams {
    private static final List<String> PROVIDERS = List.of("jni", "exec");

    private StandardStreams() {}

    /**
     * Opens the console.
     *
     * @param colours whether a terminal may be coloured
     * @return a line editor if both standard input and standard output are a terminal, else plain lines
     * @throws IOException if the input is a terminal but the output is not, or the terminal can't be used; its message says
     *     what to do
     */
    public static Console open(boolean colours) throws IOException {
        // JLine speaks through java.util.logging, which would write on the screen.
        LogManager.getLogManager().reset();
        if (!isTerminal(SystemStream.Input)) {
            return PipeConsole.over(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
        }
        if (!isTerminal(SystemStream.Output)) {
            throw new IOException("standard input is a terminal but standard output is not, so nobody could see what is"
                    + " asked; redirect both or neither");
        }
        return new TerminalConsole(
                TerminalBuilder.builder()
                        .system(true)
                        .systemOutput(SystemOutput.SysOut)
                        .providers(String.join(",", PROVIDERS))
                        .dumb(false)
                        .encoding(StandardCharsets.UTF_8)
                        .stdinEncoding(StandardCharsets.UTF_8)
                        .stdoutEncoding(StandardCharsets.UTF_8)
                        .graphemeCluster(false)
                        .build(),
                colours,
                speaksUtf8(System.getenv()));
    }

    /** Whether the locale of an environment says so; what is typed and shown is UTF-8 in any case. */
    static boolean speaksUtf8(Map<String, String> environment) {
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("")
                .toUpperCase(Locale.ROOT);
        return locale.contains("UTF-8") || locale.contains("UTF8");
    }

    private static boolean isTerminal(SystemStream stream) {
        for (String name : PROVIDERS) {
            try {
                return TerminalProvider.load(name).isSystemStream(stream);
            } catch (IOException | RuntimeException | LinkageError e) {
                // Its native part does not load here; the next one asks another way.
            }
        }
        return false;
    }
}
