package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server's data goes from Xodus to SQLite and back, and the people on it notice nothing. */
@ExtendWith(Shared.class)
class MigrateTest {
    private static final List<String> TEXTS = List.of("before the move", "on the new store", "back again");

    @Test
    void historyGoesAlongThereAndBack(Installation pychat) throws Exception {
        Path place = pychat.directory("migrate");
        Path first = place.resolve("first");
        Path second = place.resolve("second");
        Path third = place.resolve("third");
        try (ServerProcess xodus = ServerProcess.start(pychat, first)) {
            Person rosa = Person.signUp(xodus, "rosa");
            Person rudi = Person.signUp(xodus, "rudi");
            say(rosa, 0);
            assertThat(xodus.stop().exit()).isZero();
            String there = migrate(pychat, first, second, "sqlite");
            try (ServerProcess sqlite = xodus.again(second, "--store=sqlite")) {
                assertThat(sqlite.fingerprint()).isEqualTo(xodus.fingerprint());
                assertHistory(rudi, "rosa", 1);
                say(rosa, 1);
                assertThat(sqlite.stop().exit()).isZero();
            }
            String back = migrate(pychat, second, third, "xodus");
            assertThat(back).isNotEqualTo(there);
            try (ServerProcess again = xodus.again(third)) {
                say(rosa, 2);
                assertHistory(rudi, "rosa", 3);
                assertThat(again.stop().exit()).isZero();
            }
        }
    }

    private static void say(Person person, int text) throws Exception {
        Finished said = person.types("!talk rudi", TEXTS.get(text));
        assertThat(said.exit()).as("%s", said).isZero();
    }

    private static void assertHistory(Person reader, String peer, int count) throws Exception {
        List<String> expected =
                TEXTS.subList(0, count).stream().map(text -> peer + ": " + text).toList();
        assertThat(Said.messages(reader.types("!talk " + peer).out())).isEqualTo(expected);
    }

    /** The hash that the two have alike. */
    private static String migrate(Installation pychat, Path from, Path to, String store) throws Exception {
        Finished moved = pychat.pychat("server", "migrate", "--from", "" + from, "--to", "" + to, "--to-store=" + store)
                .run();
        assertThat(moved.exit()).as("%s", moved).isZero();
        assertThat(moved.err()).isEmpty();
        assertThat(moved.out()).contains("2 accounts", "1 conversations", "SHA-256 ");
        return moved.out().replaceAll("(?s).*SHA-256 ([0-9a-f]{64}).*", "$1");
    }
}
