package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that goes and comes again while people talk, once in good order and once without a word. */
@ExtendWith(Shared.class)
class RestartTest {
    private static final int ROUND = 10;
    private static final List<String> SAMPLES = List.of(
            "gr\u00fc\u00dfe aus K\u00f6ln",
            "\ud83d\udc4b\ud83c\udffd na?",
            "z".repeat(10_000),
            "\u05e2\u05d1\u05e8\u05d9\u05ea \u05de\u05d9\u05de\u05d9\u05df");

    private final List<String> fromRosa = lines("rosa writes");
    private final List<String> fromRudi = lines("rudi answers");

    @Test
    void nothingIsLostDoubledOrReadableOnTheServer(Installation pychat) throws Exception {
        try (ServerProcess first =
                ServerProcess.start(pychat, pychat.directory("restart").resolve("data"))) {
            Person rosa = Person.signUp(first, "rosa");
            Person rudi = Person.signUp(first, "rudi");
            talkWhileTheServerGoesAndComes(first, rosa, rudi);
            try (ServerProcess last = first.again()) {
                List<String> history = Said.messages(rosa.types("!talk rudi").out());
                assertThat(history)
                        .hasSize(fromRosa.size() + fromRudi.size())
                        .containsSubsequence(said(rosa, fromRosa))
                        .containsSubsequence(said(rudi, fromRudi));
                assertThat(Said.messages(rudi.types("!talk rosa").out())).isEqualTo(history);
                assertThat(last.stop().exit()).isZero();
            }
            assertNothingReadable(rosa, rudi);
        }
    }

    private void talkWhileTheServerGoesAndComes(ServerProcess first, Person rosa, Person rudi) throws Exception {
        try (ClientProcess atRosa = rosa.stays("!talk rudi");
                ClientProcess atRudi = rudi.stays("!talk rosa")) {
            sayRound(0, atRosa, atRudi);
            awaitRound(0, atRosa, atRudi);
            assertThat(first.stop().exit()).isZero();
            sayRound(1, atRosa, atRudi);
            try (ServerProcess second = first.again()) {
                awaitRound(1, atRosa, atRudi);
                sayRound(2, atRosa, atRudi);
                second.kill();
            }
            try (ServerProcess third = first.again()) {
                awaitRound(2, atRosa, atRudi);
                assertEnds(atRosa, said(rudi, fromRudi));
                assertEnds(atRudi, said(rosa, fromRosa));
                third.kill();
            }
        }
    }

    private void sayRound(int round, ClientProcess atRosa, ClientProcess atRudi) throws Exception {
        for (int i = round * ROUND; i < (round + 1) * ROUND; i++) {
            atRosa.type(fromRosa.get(i));
            atRudi.type(fromRudi.get(i));
        }
    }

    private void awaitRound(int round, ClientProcess atRosa, ClientProcess atRudi) throws Exception {
        int last = (round + 1) * ROUND - 1;
        atRudi.await(fromRosa.get(last));
        atRosa.await(fromRudi.get(last));
    }

    private static void assertEnds(ClientProcess client, List<String> heard) throws Exception {
        Finished end = client.end();
        assertThat(end.exit()).as("%s", end).isZero();
        assertThat(Said.messages(end.out())).isEqualTo(heard);
    }

    /** Neither on the server nor in the files of the devices. */
    private void assertNothingReadable(Person rosa, Person rudi) throws Exception {
        List<String> whole = List.of("rosa writes", "rudi answers", rosa.passphrase(), rudi.passphrase());
        List<String> texts = Stream.of(whole, SAMPLES).flatMap(List::stream).toList();
        Tree.assertHoldsNone(rosa.server().data(), texts);
        Tree.assertHoldsNone(rosa.home(), texts);
        Tree.assertHoldsNone(rudi.home(), texts);
    }

    private static List<String> lines(String begin) {
        return IntStream.range(0, 3 * ROUND)
                .mapToObj(i -> begin + " line " + i + ", " + SAMPLES.get(i % SAMPLES.size()) + ".")
                .toList();
    }

    private static List<String> said(Person person, List<String> texts) {
        return texts.stream().map(text -> person.name() + ": " + shown(text)).toList();
    }

    private static String shown(String text) {
        return text.codePoints().anyMatch(c -> c >= 0x590 && c < 0x700) ? "\u2068" + text + "\u2069" : text;
    }
}
