package dev.pychat.testkit.client;

import dev.pychat.client.ClientState;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Runs in a JVM of its own: some clients sign up, talk, lose their server and get it back, half of them over TLS as far as they talk. Prints
 * the names of the platform threads of clients and transports at the moment when there were most.
 */
final class ThreadsProgram {

    /** The server's own pools have bounds of their own. */
    private static final Pattern OURS =
            Pattern.compile("pychat-(client|unwrap|callback|receipt|connect|timer|watch|io|deadlines)-.*");

    private static volatile List<String> most = List.of();

    private ThreadsProgram() {}

    public static void main(String[] arguments) throws Exception {
        int clients = Integer.parseInt(arguments[0]);
        Thread watching = new Thread(ThreadsProgram::watch, "watching");
        watching.setDaemon(true);
        watching.start();
        try (World world = World.startOverTls()) {
            talk(world, clients / 2);
        }
        try (World world = World.start()) {
            List<Person> people = talk(world, clients / 2);
            world.stopServer();
            for (Person person : people) {
                Person.await(
                        () -> !(person.client().state() instanceof ClientState.Online),
                        () -> person.user() + " does not notice");
            }
            world.startServerAgain();
            for (int i = 0; i < people.size(); i++) {
                people.get(i).awaitOnline(people.get((i + 1) % people.size()));
            }
        }
        most.forEach(System.out::println);
    }

    private static List<Person> talk(World world, int clients) throws Exception {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            people.add(world.signUp("person" + i));
        }
        for (int i = 0; i < clients; i++) {
            people.get(i).say(people.get((i + 1) % clients), "to the next");
        }
        for (Person person : people) {
            person.awaitTold(2);
        }
        return people;
    }

    /** Of all threads that are asked for, only platform threads are given. */
    private static void watch() {
        while (true) {
            List<String> now = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> OURS.matcher(name).matches())
                    .sorted()
                    .toList();
            if (now.size() > most.size()) {
                most = now;
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
