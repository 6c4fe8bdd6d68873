package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.contender.Contenders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param scale how much is measured
 * @param only names of servers
 * @param scenarios names of scenarios
 * @param out where tables and plots are written
 * @param javaHome the Java that runs the reference server
 * @param flags what that Java is told besides
 * @param given the options as they were given, but for where the results go
 */
record Settings(
        Scale scale,
        List<String> only,
        List<String> scenarios,
        Path out,
        Path javaHome,
        List<String> flags,
        List<String> given) {

    static final String USAGE =
            """
            options:
              --smoke              seconds of each scenario with each server: whether all of it works, and no figures to quote
              --long               longer measurements, and more rounds
              --rounds N           how often each scenario is run with each server, 1 to 99 (3; --long: 5, of S4 3)
              --warm-up SECONDS    for how long a server is kept busy before anything counts, 1 to 600 (60; --long: 120);
                                   10 at most for those whose code is not compiled while it runs, which is all but pychat;
                                   each then goes on for a tenth of SECONDS with another
                                   number of pairs in S1, and for half of them at the rate of S2
              --only NAMES         these servers: %s
              --scenario NAMES     these scenarios: %s
              --out DIRECTORY      where tables and plots are written (benchmarks/target/field)
              --server-java HOME   the Java that runs pychat's server (the one that runs this)
              --server-flag FLAG   one flag for it; may be given more than once
            Names are separated by commas.
            """.formatted(String.join(", ", Contenders.NAMES), String.join(", ", Field.SCENARIO_NAMES));

    private static final int MOST_ROUNDS = 99;
    private static final int LONGEST_WARM_UP = 600;

    /** Says what was wrong with the command line. */
    static final class WrongException extends Exception {

        private static final long serialVersionUID = 1;

        WrongException(String message) {
            super(message);
        }
    }

    static Settings parse(List<String> args) throws WrongException {
        Scale scale = Scale.USUAL;
        int rounds = 0;
        int warmUp = 0;
        List<String> only = Contenders.NAMES;
        List<String> scenarios = Field.SCENARIO_NAMES;
        Path out = Path.of("benchmarks", "target", "field");
        Path javaHome = Path.of(System.getProperty("java.home"));
        List<String> flags = new ArrayList<>();
        List<String> given = new ArrayList<>(args);
        for (Iterator<String> words = args.iterator(); words.hasNext(); ) {
            String option = words.next();
            switch (option) {
                case "--smoke" -> scale = Scale.SMOKE;
                case "--long" -> scale = Scale.LONG;
                case "--rounds" -> rounds = number(option, value(option, words), MOST_ROUNDS);
                case "--warm-up" -> warmUp = number(option, value(option, words), LONGEST_WARM_UP);
                case "--only" -> only = names(option, value(option, words), Contenders.NAMES);
                case "--scenario" -> scenarios = names(option, value(option, words), Field.SCENARIO_NAMES);
                case "--out" -> {
                    String directory = value(option, words);
                    out = Path.of(directory);
                    given.removeAll(List.of(option, directory));
                }
                case "--server-java" -> javaHome = Path.of(value(option, words));
                case "--server-flag" -> flags.add(value(option, words));
                default -> throw new WrongException("\"" + option + "\" is no option");
            }
        }
        Scale asked = rounds == 0 ? scale : scale.withRounds(rounds);
        asked = warmUp == 0 ? asked : asked.withWarmUp(Duration.ofSeconds(warmUp));
        return new Settings(asked, only, scenarios, out, javaHome, List.copyOf(flags), List.copyOf(given));
    }

    private static String value(String option, Iterator<String> words) throws WrongException {
        if (!words.hasNext()) {
            throw new WrongException(option + " needs a value behind it");
        }
        return words.next();
    }

    private static int number(String option, String given, int most) throws WrongException {
        int number = given.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(given) : 0;
        if (number < 1 || number > most) {
            throw new WrongException(option + " is \"" + given + "\", allowed are 1 to " + most);
        }
        return number;
    }

    private static List<String> names(String option, String given, List<String> allowed) throws WrongException {
        List<String> names = List.of(given.split(",", -1));
        for (String name : names) {
            if (!allowed.contains(name)) {
                throw new WrongException(option + " names \"" + name + "\", allowed are " + String.join(", ", allowed));
            }
        }
        return allowed.stream().filter(names::contains).toList();
    }
}
