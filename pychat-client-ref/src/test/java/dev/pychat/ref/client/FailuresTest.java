package dev.pychat.ref.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.transport.TransportException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void fileThatCannotBeUsedIsNamedWithTheReason() {
        assertThat(Failures.sentence(new AccessDeniedException("/x/y")))
                .isEqualTo("cannot use /x/y: permission denied");
        assertThat(Failures.code(new AccessDeniedException("/x/y"))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(Failures.code(new StoreRefusedException("no", new FileSystemException("/x"))))
                .isEqualTo(ExitCode.UNREADABLE);
    }

    @Test
    void storeThatFailsIsAFailureOfAFileThoughNoFileIsNamed() {
        StoreException full = new StoreRefusedException("disk full", new IOException("No space left on device"));
        assertThat(Failures.code(full)).isEqualTo(ExitCode.UNREADABLE);
        assertThat(Failures.code(new IllegalStateException(full))).isEqualTo(ExitCode.UNREADABLE);
    }

    @Test
    void failureOfTheNetworkIsNoFailureOfAFile() {
        TransportException failure = new TransportException(
                TransportException.Kind.REFUSED, "nothing listens there", new IOException("refused"));
        assertThat(Failures.code(failure)).isEqualTo(ExitCode.NOT_DONE);
        assertThat(Failures.sentence(failure)).isEqualTo("nothing listens there");
    }

    @Test
    void failureWithoutWordsPointsToTheLog() {
        assertThat(Failures.sentence(new IllegalStateException())).contains("IllegalStateException", "log");
        assertThat(Failures.code(new IllegalStateException())).isEqualTo(ExitCode.NOT_DONE);
    }
}
