package dev.pychat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Who computes a handshake has a turn; who waits for the network has none. */
class HandshakeInputTest {

    private final Semaphore turns = new Semaphore(1);

    @Test
    void turnIsHeldFromTheMomentBytesHaveComeUntilMoreAreAskedFor() throws IOException {
        HandshakeInput in = new HandshakeInput(new Network(false), turns);
        assertThat(turns.availablePermits()).as("while beginning").isZero();
        byte[] target = new byte[3];
        for (int i = 0; i < 3; i++) {
            assertThat(in.read(target, 0, 3)).isEqualTo(3);
            assertThat(turns.availablePermits()).as("while computing").isZero();
            assertThat(in.read()).isEqualTo(7);
            assertThat(turns.availablePermits()).as("while computing").isZero();
        }
        in.over();
        assertThat(turns.availablePermits()).isEqualTo(1);
    }

    @Test
    void readingAfterTheHandshakeTakesNoTurn() throws IOException {
        HandshakeInput in = new HandshakeInput(new ByteArrayInputStream(new byte[] {1, 2, 3}), turns);
        assertThat(in.read()).isEqualTo(1);
        in.over();
        assertThat(in.read()).isEqualTo(2);
        assertThat(turns.availablePermits()).isEqualTo(1);
        in.over();
        assertThat(turns.availablePermits()).isEqualTo(1);
    }

    @Test
    void whatFollowsAFailureIsComputedInTurnsToo() {
        HandshakeInput in = new HandshakeInput(new Network(true), turns);
        assertThatThrownBy(in::read).isInstanceOf(IOException.class);
        assertThat(turns.availablePermits()).isZero();
        in.over();
        assertThat(turns.availablePermits()).isEqualTo(1);
    }

    /** Gives sevens, or fails; whoever waits for it has no turn. */
    private final class Network extends InputStream {
        private final boolean fails;

        Network(boolean fails) {
            this.fails = fails;
        }

        @Override
        public int read() throws IOException {
            assertThat(turns.availablePermits())
                    .as("while waiting for the network")
                    .isEqualTo(1);
            if (fails) {
                throw new IOException("planted");
            }
            return 7;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            Arrays.fill(target, from, from + length, (byte) read());
            return length;
        }
    }
}
