package dev.pychat.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.transport.internal.QueueBudget;
import dev.pychat.transport.internal.SendQueue;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutgoingTest {

    private static final int FRAME = 16 * 1024;
    private static final int FRAMES = 20;
    private static final int TURN = 64 * 1024;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final SendQueue queue = new SendQueue(1 << 20, new QueueBudget(1 << 20));
    private final List<Throwable> failures = new ArrayList<>();
    private final Outgoing outgoing = new Outgoing(channel, queue, () -> {}, failures::add);

    @Test
    void whoHasMuchToBeWrittenLetsOthersHaveTheirTurns() {
        for (int i = 0; i < FRAMES; i++) {
            queue.offer(frame(i), false);
        }
        outgoing.drain();
        List<Byte> written = new ArrayList<>();
        assertThat(take(written)).isEqualTo(TURN);
        int turns = 1;
        for (int size = goOn(written); size > 0; size = goOn(written)) {
            assertThat(size).isLessThanOrEqualTo(TURN);
            turns++;
        }
        assertThat(turns).isEqualTo(FRAMES * FRAME / TURN);
        assertThat(written).hasSize(FRAMES).isSorted();
        assertThat(failures).isEmpty();
    }

    /** Netty would look at sockets before what was planned is run. */
    private int goOn(List<Byte> written) {
        channel.runScheduledPendingTasks();
        return take(written);
    }

    private int take(List<Byte> frames) {
        int size = 0;
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            size += next.readableBytes();
            for (int at = 0; at < next.readableBytes(); at += FRAME) {
                frames.add(next.getByte(at));
            }
            next.release();
        }
        return size;
    }

    private static byte[] frame(int number) {
        byte[] frame = new byte[FRAME];
        frame[0] = (byte) number;
        return frame;
    }
}
