package dev.pychat.endtoend.chaos;

import java.util.Random;

/** What is said: each text is said once, and says who said it as which one. Stateless. */
final class Gossip {

    /** Words that each text holds, and nothing else in the world does. */
    static final String HEAD = "gossip";

    static final String REST = "hushhush";

    private static final int MOST_WORDS = 40;
    private static final int MANY_WORDS = 2_000;

    private Gossip() {}

    /** A text of mostly a few hundred bytes, now and then of some thousand. */
    static String text(String name, int life, long number, Random random) {
        int words = random.nextInt(50) == 0 ? random.nextInt(MANY_WORDS) : random.nextInt(MOST_WORDS);
        return HEAD + " " + name + " " + life + " " + number + " " + REST.repeat(words);
    }

    /** Stands for a text in journals: who, in which life, the number of it, and what tells the rest from another. */
    static String digest(String text) {
        String[] words = text.split(" ", 5);
        return words.length < 5
                ? "other:" + text.hashCode()
                : words[1] + ":" + words[2] + ":" + words[3] + ":" + text.length() + ":" + text.hashCode();
    }

    /** Life and number of what a digest stands for, so that a sender's later texts compare greater. */
    static long order(String digest) {
        String[] parts = digest.split(":", -1);
        return (Long.parseLong(parts[1]) << 32) + Long.parseLong(parts[2]);
    }
}
