package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTest {
    @TempDir
    Path folder;

    @Test
    void secondTakerInTheSameProcessGetsNothingUntilItIsReleased() throws IOException {
        Path path = folder.resolve("lock");
        try (Lock held = Lock.take(path).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(Lock.take(path)).isEmpty();
        }
        Optional<Lock> again = Lock.take(path);
        assertThat(again).isPresent();
        again.get().close();
    }

    @Test
    void otherProcessIsShutOutAlsoAfterARefusedTakerInThisOne() throws Exception {
        Path path = folder.resolve("lock");
        try (Lock held = Lock.take(path).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(Lock.take(path)).isEmpty();
            assertThat(exitOfOtherProcess(path)).isEqualTo(Taker.BUSY);
        }
        assertThat(exitOfOtherProcess(path)).isEqualTo(Taker.TAKEN);
    }

    private static int exitOfOtherProcess(Path path) throws Exception {
        Process other = OtherProcess.start(Taker.class, path.toString());
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return other.exitValue();
    }

    /** The other process. */
    static final class Taker {
        static final int TAKEN = 40;
        static final int BUSY = 41;

        private Taker() {}

        public static void main(String[] arguments) throws IOException {
            System.exit(Lock.take(Path.of(arguments[0])).isPresent() ? TAKEN : BUSY);
        }
    }
}
