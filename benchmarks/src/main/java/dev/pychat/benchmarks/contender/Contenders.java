package dev.pychat.benchmarks.contender;

import java.nio.file.Path;
import java.util.List;

/** All servers that can be measured. */
public final class Contenders {

    /** Their names, in the order in which they take their turns. */
    public static final List<String> NAMES = List.of("pychat", "mosquitto", "nats", "ejabberd", "prosody");

    private Contenders() {}

    /**
     * All of them.
     *
     * @param net what their clients use
     * @param javaHome the Java that runs the reference server
     * @param flags what that Java is told besides
     * @return one for each name
     */
    public static List<Contender> all(Net net, Path javaHome, List<String> flags) {
        return List.of(
                new Pychat(net, javaHome, flags),
                new Mosquitto(net),
                new Nats(net),
                new Ejabberd(net),
                new Prosody(net));
    }
}
