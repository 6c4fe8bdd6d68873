package dev.pychat.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Username;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.Inbox;
import dev.pychat.wire.Ping;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Users;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thousand requests in flight on each of several connections, and a thousand more when they are answered. */
final class RequestFlood implements Attack {

    private static final String FROM = "127.0.0.19";
    private static final int IN_FLIGHT = 1_000;

    @Override
    public String name() {
        return "1,000 requests in flight";
    }

    @Override
    public String attack(Field field) throws Exception {
        int clients = field.scale().busy();
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(pool.submit(() -> flood(field)));
            }
            int answered = 0;
            for (Future<Integer> one : all) {
                answered += one.get();
            }
            return answered + " answered on " + clients + " connections, each once";
        } finally {
            pool.shutdownNow();
        }
    }

    private static int flood(Field field) throws Exception {
        int answered = 0;
        try (Stranger stranger = Stranger.loggedIn(field.server(), FROM, "mallory")) {
            do {
                stranger.write(requests());
                BitSet replies = new BitSet();
                for (int i = 0; i < IN_FLIGHT; i++) {
                    ServerFrame frame = stranger.read();
                    assertThat(frame)
                            .isInstanceOfSatisfying(
                                    ServerFrame.Reply.class, reply -> replies.set((int) reply.re() - IN_FLIGHT));
                }
                assertThat(replies.cardinality()).isEqualTo(IN_FLIGHT);
                answered += IN_FLIGHT;
            } while (!field.isOver());
        }
        return answered;
    }

    private static byte[] requests() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (long id = IN_FLIGHT; id < 2 * IN_FLIGHT; id++) {
            out.writeBytes(FrameCodec.encode(request(id)));
        }
        return out.toByteArray();
    }

    private static ClientFrame request(long id) {
        return switch ((int) (id % 4)) {
            case 0 -> new Users(id, "user", "", 20);
            case 1 -> new Inbox(id, "", 10);
            case 2 -> new GetBundle(id, new Username("victim"));
            default -> new Ping(id);
        };
    }
}
