package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.Message;
import dev.pychat.wire.Since;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Alice said to Bob on a server, and what of it she was told is kept. Confined to one thread. */
final class Talk {

    /** What the server asks for at the least; nothing is stretched here. */
    static final KdfCost COST = new KdfCost(64 * 1024, 3, 4);

    private static final String ALICE = "alice";
    private static final String BOB = "bob";
    private static final int AT_ONCE = 16;

    /** Each position that was told, and what was sent for it. */
    private final Map<Long, String> accepted = new HashMap<>();

    private int count;

    /** Makes the accounts, of which nobody is asked again whether they are there. */
    RawClient signUp(RawClient forBob, RawClient forAlice) {
        forBob.hello();
        forBob.signUp(BOB, COST);
        forBob.close();
        forAlice.hello();
        forAlice.signUp(ALICE, COST);
        return forAlice;
    }

    /** Says so many, several at once, and waits until all of them are accepted. */
    void say(RawClient alice, int messages) {
        RawLane lane = new RawLane(alice, BOB);
        for (int left = messages; left > 0; left -= AT_ONCE) {
            Map<Long, String> begun = begin(lane, Math.min(left, AT_ONCE));
            begun.forEach(
                    (id, text) -> accepted.put(lane.accepted(id).position().value(), text));
        }
    }

    /** Says some, has the server killed as soon as the first is accepted, and counts those whose answer came. */
    void sayUntil(RawClient alice, End killed) throws Exception {
        RawLane lane = new RawLane(alice, BOB);
        Map<Long, String> begun = begin(lane, 4 * AT_ONCE);
        lane.accepted(begun.keySet().iterator().next());
        killed.come();
        alice.awaitClosed();
        begun.forEach((id, text) -> {
            if (alice.isAnswered(id)) {
                accepted.put(lane.accepted(id).position().value(), text);
            }
        });
    }

    /** How a server ends. */
    interface End {
        void come() throws Exception;
    }

    private Map<Long, String> begin(RawLane lane, int messages) {
        Map<Long, String> begun = new LinkedHashMap<>();
        for (int i = 0; i < messages; i++) {
            String text = "message " + count++;
            begun.put(lane.begin(text), text);
        }
        return begun;
    }

    /** Remembers one that was said otherwise. */
    void accepted(long position, String text) {
        accepted.put(position, text);
    }

    int accepted() {
        return accepted.size();
    }

    /** How many of those that were accepted are not where they were. */
    long lost(List<String> kept) {
        return accepted.entrySet().stream()
                .filter(each -> each.getKey() > kept.size()
                        || !kept.get(each.getKey().intValue() - 1).equals(each.getValue()))
                .count();
    }

    /** Logs in as Bob and requires all of them. */
    void requireKept(RawClient bob) {
        bob.logIn(BOB);
        requireRead(bob);
        bob.close();
    }

    /** Requires all of them, as Bob, who is logged in. */
    void requireRead(RawClient bob) {
        assertThat(lost(read(bob))).as("lost of %s", accepted.size()).isZero();
    }

    /** All that a server has of it, from the first position on. */
    private static List<String> read(RawClient bob) {
        List<String> read = new ArrayList<>();
        Message page;
        do {
            Position after = new Position(read.size());
            page = bob.ask(Message.class, id -> new Since(id, new Username(ALICE), after, 64));
            page.items()
                    .forEach(item -> read.add(new String(item.envelope().value().toArray(), StandardCharsets.UTF_8)));
        } while (!page.items().isEmpty());
        return read;
    }
}
