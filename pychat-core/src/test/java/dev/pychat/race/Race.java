package dev.pychat.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets two actors loose on a fresh state at the same moment, many thousand times, and judges each state when both have ended: what
 * jcstress does, without its licence, its own JVMs and its code generator, and within reach of what is package-private. As there,
 * a race that is lost once in a million rounds may need more time than a build has: {@code -Draces=60} gives each a minute.
 */
public final class Race {

    private static final long NANOS = 600_000_000L * Math.max(1, Long.getLong("races", 0L) * 10 / 6);
    private static final int LEAST_ROUNDS = 200;
    private static final int SPINS = 200;

    private Race() {}

    /**
     * Runs the race.
     *
     * @param fresh makes a state
     * @param one what the first thread does to it
     * @param other what the second thread does to it at the same time
     * @param judge fails if what has become of it may not be
     * @param <S> the state
     */
    public static <S> void run(Supplier<S> fresh, Consumer<S> one, Consumer<S> other, Consumer<S> judge)
            throws InterruptedException {
        Start start = new Start();
        Runner<S> second = new Runner<>(start, other);
        Thread thread = new Thread(second, "second of a race");
        thread.setDaemon(true);
        thread.start();
        try {
            long end = System.nanoTime() + NANOS;
            int round = 1;
            for (; round <= LEAST_ROUNDS || System.nanoTime() < end; round++) {
                S state = fresh.get();
                second.state = state;
                start.round = round;
                // Each is ahead in some rounds.
                spin(round % 64);
                one.accept(state);
                for (int i = 0; second.done != round && second.failure == null; i++) {
                    pause(i);
                }
                assertThat(second.failure).isNull();
                judge.accept(state);
            }
            System.out.println("races run: " + (round - 1));
        } finally {
            start.round = -1;
            thread.join();
        }
    }

    /** Quick where there is a core for each, and no hindrance where there is not. */
    private static void pause(int before) {
        if (before < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(1);
        }
    }

    private static void spin(int turns) {
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }

    private static final class Start {
        private volatile int round;
    }

    private static final class Runner<S> implements Runnable {
        private final Start start;
        private final Consumer<S> actor;
        private volatile @Nullable S state;
        private volatile int done;
        private volatile @Nullable Throwable failure;

        Runner(Start start, Consumer<S> actor) {
            this.start = start;
            this.actor = actor;
        }

        @Override
        public void run() {
            int last = 0;
            int waited = 0;
            while (last >= 0) {
                int round = start.round;
                if (round == last) {
                    pause(waited++);
                } else if (round > 0) {
                    waited = 0;
                    act();
                    done = round;
                }
                last = round;
            }
        }

        private void act() {
            S present = state;
            if (present != null) {
                try {
                    actor.accept(present);
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
            }
        }
    }
}
