package dev.pychat.ref.server;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;

/** How the log is written: lines for people, or a JSON object a line for programs. Stateless. */
enum LogFormat {
    /** As the program's own configuration of the log says. */
    TEXT,
    /** One object for each event; what differs from one event of a kind to the next stands apart from what does not. */
    JSON;

    private static final String APPENDER = "standard-error";

    /** Writes the log so from now on, before anything is logged. */
    void use() throws StartException {
        if (this == TEXT) {
            return;
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Appender<ILoggingEvent> appender =
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER);
        if (!(appender instanceof OutputStreamAppender<ILoggingEvent> stream)) {
            throw new StartException(
                    ExitCode.USAGE,
                    Setting.LOG_FORMAT.flag()
                            + " is about the server's own log, and -Dlogback.configurationFile gives it "
                            + "another, without an appender \"" + APPENDER + "\"");
        }
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMDC(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        stream.stop();
        stream.setEncoder(encoder);
        stream.start();
    }
}
