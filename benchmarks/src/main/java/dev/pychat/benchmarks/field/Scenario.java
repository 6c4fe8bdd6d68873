package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.contender.Contender;
import java.io.IOException;

/** Something that a server is put through, once for each round. */
interface Scenario {

    /** Such as S1. */
    String name();

    /** One line for the tables. */
    String what(Scale scale);

    /** How often it is run. */
    default int rounds(Scale scale) {
        return scale.rounds();
    }

    /** How many users the server must have. */
    int users(Scale scale);

    /** Runs it with one server and writes its figures. */
    void run(Contender contender, Round round) throws IOException, InterruptedException;
}
