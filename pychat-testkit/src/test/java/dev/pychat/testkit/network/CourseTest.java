package dev.pychat.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.testkit.store.Draw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is decided depends on the seed and on how many bytes have gone, and on nothing else. */
class CourseTest {

    private static final int LENGTH = 20_000;

    private final Draw draw = Draw.announced(CourseTest.class);

    /** What happens to so many bytes that come in chunks, each with where it happened. */
    private static List<String> course(List<Fault> faults, IntSource chunks) {
        Course course = new Course(faults, Direction.TO_SERVER);
        List<String> decided = new ArrayList<>();
        int gone = 0;
        strike(course, decided, gone);
        while (gone < LENGTH) {
            for (int left = Math.min(LENGTH - gone, chunks.next()); left > 0; ) {
                Duration pause = course.pause();
                if (!pause.isZero()) {
                    decided.add(gone + " waits " + pause);
                }
                int piece = course.piece(left);
                assertThat(piece).isBetween(1, left);
                course.gone(piece);
                gone += piece;
                left -= piece;
                strike(course, decided, gone);
            }
        }
        return decided;
    }

    private static void strike(Course course, List<String> decided, int gone) {
        for (Optional<Fault.Once> due = course.due(); due.isPresent(); due = course.due()) {
            decided.add(gone + " " + due.get());
        }
    }

    private interface IntSource {
        int next();
    }

    @Test
    void decisionsDoNotDependOnTheChunksInWhichBytesCome() {
        for (int i = 0; i < 200; i++) {
            List<Fault> faults =
                    Faults.drawn(draw.below(Integer.MAX_VALUE), LENGTH).of(1 + draw.below(50));
            assertThat(course(faults, () -> 1 + draw.below(3_000))).isEqualTo(course(faults, () -> LENGTH));
        }
    }

    @Test
    void faultsStrikeAtTheirByteInTheirOrder() {
        List<Fault> faults = List.of(
                new Fault.Cut(Direction.TO_SERVER, 3_000),
                new Fault.Stall(Direction.TO_SERVER, 17, Duration.ofSeconds(1)),
                new Fault.Reset(Direction.TO_CLIENT, 5),
                new Fault.Reset(Direction.TO_SERVER, 0));
        assertThat(course(faults, () -> 1_000))
                .containsExactly("0 " + faults.get(3), "17 " + faults.get(1), "3000 " + faults.get(0));
    }

    @Test
    void sameSeedGivesTheSameFaultsAndAnotherGivesOthers() {
        assertThat(firstHundred(42)).isEqualTo(firstHundred(42)).isNotEqualTo(firstHundred(43));
        assertThat(firstHundred(42).stream().flatMap(List::stream).map(Fault::getClass))
                .containsAll(List.of(
                        Fault.Delay.class,
                        Fault.Split.class,
                        Fault.Stall.class,
                        Fault.BlackHole.class,
                        Fault.Cut.class,
                        Fault.Reset.class));
        assertThat(firstHundred(42)).contains(List.of());
    }

    private static List<List<Fault>> firstHundred(long seed) {
        Faults faults = Faults.drawn(seed, 1_000);
        return IntStream.rangeClosed(1, 100).mapToObj(faults::of).collect(Collectors.toList());
    }

    /** The waits of a delay for so many bytes, together. */
    static Duration waits(Fault delay, int bytes) {
        Course course = new Course(List.of(delay), delay.direction());
        Duration sum = Duration.ZERO;
        for (int gone = 0; gone < bytes; ) {
            sum = sum.plus(course.pause());
            int piece = course.piece(bytes - gone);
            course.gone(piece);
            gone += piece;
        }
        return sum;
    }

    @Test
    void delayWaitsOnceForEachSegment() {
        Fault delay = new Fault.Delay(Direction.TO_SERVER, Duration.ofMillis(40), 7);
        assertThat(course(List.of(delay), () -> LENGTH)).hasSize((LENGTH + Fault.SEGMENT - 1) / Fault.SEGMENT);
        assertThat(waits(delay, LENGTH)).isBetween(Duration.ofMillis(1), Duration.ofMillis(40 * 14));
    }

    @Test
    void splitPiecesAreWrittenOneByOne() throws Exception {
        assertThat(written(new Fault.Split(Direction.TO_SERVER, 1, 7)))
                .hasSize(LENGTH)
                .containsOnly(1);
        List<Integer> upToFive = written(new Fault.Split(Direction.TO_SERVER, 5, 7));
        assertThat(upToFive).contains(1, 2, 3, 4, 5).allMatch(length -> length <= 5);
        assertThat(upToFive.stream().mapToInt(Integer::intValue).sum()).isEqualTo(LENGTH);
    }

    /** How long each write was. */
    private static List<Integer> written(Fault fault) throws IOException {
        List<Integer> lengths = new ArrayList<>();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int one) {
                lengths.add(1);
            }

            @Override
            public void write(byte[] bytes, int begin, int count) {
                lengths.add(count);
            }
        };
        InputStream in = new ByteArrayInputStream(new byte[LENGTH]);
        assertThat(new Pump(in, out, new Course(List.of(fault), Direction.TO_SERVER), NEVER_OVER).run())
                .isTrue();
        return lengths;
    }

    private static final Pump.Owner NEVER_OVER = new Pump.Owner() {
        @Override
        public boolean isOverAfter(Duration time) {
            return false;
        }

        @Override
        public boolean strikes(Fault.Once fault) {
            return true;
        }

        @Override
        public boolean isUnheard() {
            return false;
        }
    };

    @Test
    void unreasonableNumbersAreRefused() {
        assertThatThrownBy(() -> new Fault.Cut(Direction.TO_SERVER, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("after is -1, it is a count of bytes from 0 on");
        assertThatThrownBy(() -> new Fault.Split(Direction.TO_SERVER, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("most is 0, a piece has 1 byte at least");
        assertThatThrownBy(() -> new Fault.Stall(Direction.TO_SERVER, 0, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time is PT-1S, it can't be negative");
        assertThatThrownBy(() -> Faults.drawn(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("within is 0, it is a count of bytes from 1 on");
    }
}
