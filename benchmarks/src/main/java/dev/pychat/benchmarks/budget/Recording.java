package dev.pychat.benchmarks.budget;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** The samples in a recording of the JDK Flight Recorder. */
final class Recording {

    /** What a JVM records for {@link #read}; the periods must be the same, see {@link Budget}. */
    static final String SETTINGS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="jdk.ExecutionSample"><setting name="enabled">true</setting><setting name="period">10 ms</setting></event>
              <event name="jdk.NativeMethodSample"><setting name="enabled">true</setting><setting name="period">10 ms</setting></event>
            </configuration>
            """;

    private static final String IN_JAVA = "jdk.ExecutionSample";
    private static final String IN_NATIVE = "jdk.NativeMethodSample";

    private Recording() {}

    /** Threads that ran between two moments. */
    static List<Sample> read(Path file, Instant begin, Instant end) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (!event.getStartTime().isBefore(begin)
                        && event.getStartTime().isBefore(end)) {
                    add(event, samples);
                }
            }
        }
        return samples;
    }

    private static void add(RecordedEvent event, List<Sample> samples) {
        String kind = event.getEventType().getName();
        if ((kind.equals(IN_JAVA) || kind.equals(IN_NATIVE))
                && event.getString("state").equals("STATE_RUNNABLE")) {
            RecordedThread thread = event.getThread("sampledThread");
            List<String> stack = stack(event.getStackTrace());
            if (!stack.isEmpty()) {
                samples.add(
                        kind.equals(IN_JAVA)
                                ? Sample.inJava(thread.getOSThreadId(), stack)
                                : Sample.inNative(thread.getOSThreadId(), stack));
            }
        }
    }

    private static List<String> stack(@Nullable RecordedStackTrace trace) {
        return trace == null
                ? List.of()
                : trace.getFrames().stream()
                        .map(frame -> frame.getMethod().getType().getName())
                        .toList();
    }
}
