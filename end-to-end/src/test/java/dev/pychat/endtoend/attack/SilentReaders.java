package dev.pychat.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.Message;
import dev.pychat.wire.Page;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Since;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Clients that ask for all they can get and never read it. */
final class SilentReaders implements Attack {

    private static final String FROM = "127.0.0.17";
    private static final Username MALLORY = new Username("mallory");
    private static final int MESSAGES = 20;
    private static final int REQUESTS = 60;

    @Override
    public String name() {
        return "readers that never read";
    }

    @Override
    public String attack(Field field) throws Exception {
        try (RawClient mallory = field.server().loggedIn("mallory")) {
            RawLane lane = new RawLane(mallory, "oscar");
            for (int i = 0; i < MESSAGES; i++) {
                lane.send("x".repeat(70_000));
            }
        }
        int ended = 0;
        do {
            List<Stranger> strangers = new ArrayList<>();
            for (int i = 0; i < field.scale().busy(); i++) {
                strangers.add(Stranger.loggedIn(field.server(), FROM, "oscar"));
            }
            for (Stranger stranger : strangers) {
                askWithoutReading(stranger);
            }
            for (Stranger stranger : strangers) {
                awaitEndWithoutReading(stranger);
                stranger.close();
                ended++;
            }
        } while (!field.isOver());
        try (Stranger back = Stranger.loggedIn(field.server(), FROM, "oscar")) {
            Message page = (Message) back.ask(id -> new Since(id, MALLORY, Position.NONE, 10));
            assertThat(page.first()).isEqualTo(Position.FIRST);
        }
        return ended + " ended; who came back read on";
    }

    /** Who does not read learns of the end only when it can't write any more. */
    private static void awaitEndWithoutReading(Stranger stranger) throws InterruptedException {
        long end = System.nanoTime() + RawClient.PATIENCE.toNanos();
        try {
            while (System.nanoTime() < end) {
                stranger.write(FrameCodec.encode(new Ping(999)));
                Thread.sleep(20);
            }
        } catch (IOException ended) {
            return;
        }
        throw new AssertionError("the server puts up with a client that does not read");
    }

    private static void askWithoutReading(Stranger stranger) {
        try {
            for (int i = 1; i <= REQUESTS; i++) {
                stranger.write(FrameCodec.encode(new Page(100 + i, MALLORY, Page.UP_TO_HEAD, 64)));
            }
        } catch (IOException ended) {
            // As it should.
        }
    }
}
