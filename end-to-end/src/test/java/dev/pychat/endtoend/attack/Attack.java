package dev.pychat.endtoend.attack;

/** One way to harm a server. */
interface Attack {

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
    record Field(AttackedServer server, Scale scale, long end) {
        boolean isOver() {
            return System.nanoTime() - end > 0;
        }
    }
}
