package dev.pychat.ref.server;

import dev.pychat.transport.internal.NamedThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every two seconds whether the certificate has changed, and has it taken. Thread-safe; one daemon thread of its own. */
final class TlsWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);
    private static final long EVERY_SECONDS = 2;
    private static final Duration AGAIN = Duration.ofHours(1);

    private final ServerTls tls;
    private final ScheduledThreadPoolExecutor timer = NamedThreads.timer("tls");
    private List<String> taken;
    private List<String> last;
    private long dueAgain = System.nanoTime();

    private TlsWatch(ServerTls tls) {
        this.tls = tls;
        this.taken = stamps();
        this.last = taken;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task itself tells what goes wrong in it
    static TlsWatch begin(ServerTls tls) {
        TlsWatch watch = new TlsWatch(tls);
        watch.timer.scheduleWithFixedDelay(watch::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    /** Files that have stood still from one look to the next: certificate and key are not replaced in one moment. */
    private void look() {
        try {
            List<String> now = stamps();
            boolean due = tls.isDue() && System.nanoTime() - dueAgain >= 0;
            if (due || !now.equals(taken) && now.equals(last)) {
                taken = now;
                dueAgain = System.nanoTime() + AGAIN.toNanos();
                LOG.info("{}", tls.reload());
            }
            last = now;
        } catch (StartException e) {
            LOG.error("the present certificate is shown further: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the look at the certificate failed", e);
        }
    }

    private List<String> stamps() {
        return tls.files().stream().map(TlsWatch::stamp).toList();
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.fileKey() + " " + found.size() + " " + found.lastModifiedTime();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
