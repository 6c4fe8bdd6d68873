package dev.pychat.endtoend.attack;

import java.util.List;

/** One way to harm a server. */
interface Attack {

    /** Every one, in the order in which they are made. */
    static List<Attack> all() {
        return List.of(
                new SlowHandshakes(),
                new ManyConnects(),
                new ReplayedHandshakes(),
                new SlowFrames(),
                new SilentReaders(),
                new Listing(),
                new RequestFlood(),
                new Guessing(),
                new LogInFlood(),
                new HeaderBombs(),
                new LookAlikeNames());
    }

    /** What it does, in a few words. */
    String name();

    /**
     * Attacks until it is over, at least once, and checks that the server answers as its documents say.
     *
     * @return what the server did about it, in a few words
     */
    String attack(Field field) throws Exception;

    /**
     * Where and how long it is attacked.
     *
     * @param server the server
     * @param scale how much
     * @param end when it is over, by {@link System#nanoTime}
     */
    record Field(Target server, Scale scale, long end) {
        boolean isOver() {
            return System.nanoTime() - end > 0;
        }
    }
}
