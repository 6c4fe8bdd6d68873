package dev.pychat.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.ServerFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Slow-loris on frames: each connection announces a long frame and sends it byte by byte. */
final class SlowFrames implements Attack {

    private static final String FROM = "127.0.0.16";
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final byte[] BEGIN = {0, 0, (byte) 0xe0, 0, 0, 100, '{'};

    @Override
    public String name() {
        return "slow frames";
    }

    @Override
    public String attack(Field field) throws Exception {
        int ended = 0;
        do {
            List<Stranger> strangers = new ArrayList<>();
            for (int i = 0; i < field.scale().slow(); i++) {
                Stranger stranger = Stranger.greeted(field.server(), FROM);
                stranger.write(BEGIN);
                strangers.add(stranger);
            }
            long end = System.nanoTime() + field.scale().frame().toNanos();
            while (System.nanoTime() < end) {
                Thread.sleep(BETWEEN.toMillis());
                strangers.forEach(SlowFrames::oneByteMore);
            }
            for (Stranger stranger : strangers) {
                ServerFrame last = stranger.read();
                assertThat(last)
                        .isInstanceOfSatisfying(
                                Failure.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT));
                stranger.awaitEnd();
                stranger.close();
                ended++;
            }
        } while (!field.isOver());
        return ended + " ended with timed_out";
    }

    private static void oneByteMore(Stranger stranger) {
        try {
            stranger.write(new byte[] {' '});
        } catch (IOException ended) {
            // Its last frame tells why.
        }
    }
}
