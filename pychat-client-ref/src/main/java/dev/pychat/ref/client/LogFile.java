package dev.pychat.ref.client;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import dev.pychat.ref.client.home.DeviceHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Sends the log to a file that only its owner can read, rotated at 1 MiB with two older ones, and nothing to the screen.
 *
 * <p>Stateless; used once by the main thread.
 */
public final class LogFile {
    private static final int KEPT = 2;
    private static final long LOOKED_AT_EACH_MS = 100;
    private static final long SIZE = FileSize.MB_COEFFICIENT;

    private LogFile() {}

    /**
     * Begins to log to a file, from {@code INFO} on.
     *
     * @param path the file; the older ones have a number behind its name
     */
    public static void begin(Path path) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{0} %msg%n");
        encoder.start();
        PrivateAppender appender = new PrivateAppender();
        appender.setContext(context);
        appender.setFile(path.toString());
        appender.setEncoder(encoder);
        appender.setRollingPolicy(older(context, appender, path));
        appender.setTriggeringPolicy(whenFull(context));
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
    }

    /** Writes what is left and ends. */
    public static void end() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    private static FixedWindowRollingPolicy older(LoggerContext context, PrivateAppender appender, Path path) {
        FixedWindowRollingPolicy policy = new FixedWindowRollingPolicy();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setMinIndex(1);
        policy.setMaxIndex(KEPT);
        policy.setFileNamePattern(path.toString().replace("%", "%%") + ".%i");
        policy.start();
        return policy;
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> whenFull(LoggerContext context) {
        SizeBasedTriggeringPolicy<ILoggingEvent> policy = new SizeBasedTriggeringPolicy<>();
        policy.setContext(context);
        policy.setMaxFileSize(new FileSize(SIZE));
        policy.setCheckIncrement(Duration.buildByMilliseconds(LOOKED_AT_EACH_MS));
        policy.start();
        return policy;
    }

    /** Makes each new file private before anything is written to it. */
    private static final class PrivateAppender extends RollingFileAppender<ILoggingEvent> {
        @Override
        public void openFile(String name) throws IOException {
            DeviceHome.ensurePrivate(Path.of(name));
            super.openFile(name);
        }
    }
}
