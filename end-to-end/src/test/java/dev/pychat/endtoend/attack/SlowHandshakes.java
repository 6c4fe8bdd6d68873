package dev.pychat.endtoend.attack;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Slow-loris on TLS: connections that send their handshake byte by byte, for ever. */
final class SlowHandshakes implements Attack {

    private static final String FROM = "127.0.0.11";
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration SLACK = Duration.ofSeconds(30);
    private static final byte[] RECORD_OF_A_CLIENT_HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    @Override
    public String name() {
        return "slow handshakes";
    }

    @Override
    public String attack(Field field) throws Exception {
        Duration longest = Duration.ZERO;
        int ended = 0;
        try (Sockets sockets = new Sockets(field.server(), FROM)) {
            while (!field.isOver() || sockets.count() > 0) {
                while (ended + sockets.count() == 0
                        || (!field.isOver() && sockets.count() < field.scale().slow())) {
                    sockets.connect();
                    sockets.writeToLast(RECORD_OF_A_CLIENT_HELLO);
                }
                Thread.sleep(BETWEEN.toMillis());
                sockets.writeToAll(new byte[1]);
                List<Sockets.One> now = sockets.takeEnded(false);
                ended += now.size();
                for (Sockets.One one : now) {
                    Duration lived = Duration.ofNanos(System.nanoTime() - one.since());
                    longest = lived.compareTo(longest) > 0 ? lived : longest;
                }
                if (longest.compareTo(field.scale().handshake().plus(SLACK)) > 0) {
                    throw new AssertionError("a handshake went on for " + longest);
                }
            }
        }
        return String.format(Locale.ROOT, "%d ended, after %.1f s at the latest", ended, longest.toMillis() / 1e3);
    }
}
