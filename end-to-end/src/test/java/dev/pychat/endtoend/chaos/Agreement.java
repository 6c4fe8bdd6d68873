package dev.pychat.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether everybody holds each message exactly once, in one order, with all that was promised. */
final class Agreement {

    /**
     * What a device has noted.
     *
     * @param who whose it is
     * @param journal what it was told and promised
     * @param report what it holds
     */
    record Witness(Who who, Journal journal, Journal report) {}

    /** A line of a report, without whose it is. */
    private record Held(long position, String id, String sender, String digest, String findings) {
        private static final String CONTROL = "control:";

        private Held(String[] line) {
            this(Long.parseLong(line[1]), line[2], line[3], line[4], line[5]);
        }

        private boolean isText() {
            return !digest.startsWith(CONTROL);
        }

        /** The device that said it. */
        private String voice() {
            return digest.substring(0, digest.indexOf(':'));
        }
    }

    private record Side(Witness witness, String peer, List<Held> held) {
        private long end() {
            return held.isEmpty() ? 0 : held.get(held.size() - 1).position();
        }

        private List<String[]> noted(String what) throws IOException {
            return witness.journal().lines(what).stream()
                    .filter(line -> line[1].equals(peer))
                    .toList();
        }

        private long lastAccepted() throws IOException {
            return noted("accepted").stream()
                    .mapToLong(line -> Long.parseLong(line[3]))
                    .max()
                    .orElse(0);
        }

        @Override
        public String toString() {
            return witness.who().voice() + " with " + peer;
        }
    }

    /** By conversation. */
    private final Map<String, List<Side>> sides = new HashMap<>();

    Agreement(List<Witness> witnesses) throws IOException {
        for (Witness witness : witnesses) {
            for (String peer : witness.who().peers()) {
                List<Held> held =
                        witness.report().lines(peer).stream().map(Held::new).toList();
                sides.computeIfAbsent(witness.who().conversation(peer), first -> new ArrayList<>())
                        .add(new Side(witness, peer, held));
            }
        }
    }

    /** Nobody has to read on before the sides can be compared. */
    boolean isAtOneEnd() throws IOException {
        for (List<Side> all : sides.values()) {
            long end = all.get(0).end();
            for (Side side : all) {
                if (side.end() != end || side.lastAccepted() > end) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Requires it all; gives how many texts there are. */
    int require() throws IOException {
        int texts = 0;
        for (List<Side> all : sides.values()) {
            for (Side side : all) {
                requireSame(side, all.get(0));
                requireWhole(side);
                requirePromised(side);
                requireTold(side);
            }
            texts += (int) all.get(0).held().stream().filter(Held::isText).count();
        }
        return texts;
    }

    /** Place by place, since the whole would be too much to print. */
    private static void requireSame(Side one, Side other) {
        int common = Math.min(one.held().size(), other.held().size());
        for (int i = 0; i < common; i++) {
            assertThat(one.held().get(i)).as("%s", one).isEqualTo(other.held().get(i));
        }
        assertThat(one.held()).as("%s", one).hasSameSizeAs(other.held());
    }

    /** Each position once, each text once and openly, each device's in their order. */
    private static void requireWhole(Side side) {
        Set<String> texts = new HashSet<>();
        Map<String, Long> last = new HashMap<>();
        long position = 0;
        for (Held held : side.held()) {
            assertThat(held.position()).as("%s: position of %s", side, held).isEqualTo(++position);
            assertThat(held.findings()).as("%s: findings of %s", side, held).isEqualTo("[]");
            if (held.isText()) {
                assertThat(held.voice()).as("%s: %s", side, held).startsWith(held.sender() + ".");
                assertThat(texts.add(held.digest()))
                        .as("%s: %s is new", side, held)
                        .isTrue();
                long order = Gossip.order(held.digest());
                assertThat(order).as("%s: order of %s", side, held).isGreaterThan(last.getOrDefault(held.voice(), -1L));
                last.put(held.voice(), order);
            }
        }
    }

    /** What was kept or accepted is there, what is there was said. */
    private static void requirePromised(Side side) throws IOException {
        Map<String, Held> mine = new HashMap<>();
        side.held().stream()
                .filter(held -> held.isText()
                        && held.voice().equals(side.witness().who().voice()))
                .forEach(held -> mine.put(held.digest(), held));
        Set<String> unsaid = new HashSet<>(mine.keySet());
        side.noted("say").forEach(line -> unsaid.remove(line[2]));
        assertThat(unsaid).as("%s: held and never said", side).isEmpty();
        assertThat(side.noted("kept").stream().map(line -> line[2]).filter(digest -> !mine.containsKey(digest)))
                .as("%s: kept and lost", side)
                .isEmpty();
        assertThat(side.noted("accepted")).as("%s had something accepted", side).isNotEmpty();
        for (String[] accepted : side.noted("accepted")) {
            Held held = mine.get(accepted[2]);
            assertThat(held).as("%s: accepted %s is there", side, accepted[2]).isNotNull();
            assertThat(held.position() + " " + held.id())
                    .as("%s: where %s is", side, accepted[2])
                    .isEqualTo(accepted[3] + " " + accepted[4]);
        }
    }

    /** Over all lives of the device nothing was told twice, or out of order, or otherwise than it is held. */
    private static void requireTold(Side side) throws IOException {
        long last = 0;
        assertThat(side.noted("told")).as("%s was told something", side).isNotEmpty();
        for (String[] told : side.noted("told")) {
            long position = Long.parseLong(told[2]);
            assertThat(position).as("%s: told after %s", side, last).isGreaterThan(last);
            if (position <= side.end()) {
                assertThat(told[3])
                        .as("%s: told of position %s", side, position)
                        .isEqualTo(side.held().get((int) position - 1).digest());
            } else {
                // A receipt may be due while the reports are read.
                assertThat(told[3])
                        .as("%s: told of position %s, behind the report", side, position)
                        .startsWith(Held.CONTROL);
            }
            last = position;
        }
        assertThat(side.witness().journal().lines("alarm"))
                .as("%s: alarms", side)
                .extracting(words -> String.join(" ", words))
                .isEmpty();
    }
}
