package dev.pychat.testkit.client;

import dev.pychat.client.ClientState;
import dev.pychat.store.memory.MemoryClientStores;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs in a JVM of its own: opens and closes clients that do various things, and fails unless all threads are gone afterwards. */
final class ClosingProgram {

    private ClosingProgram() {}

    private static Set<String> names() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public static void main(String[] arguments) throws Exception {
        Set<String> before = names();
        try (World world = World.startOverTls();
                World stopping = World.start()) {
            Person alice = world.signUp("alice");
            Person bob = world.signUp("bob");
            alice.say(bob, "hello");
            bob.awaitTold(1);
            closeWhileItWaits(stopping);
            // The others go on with the threads that all share.
            bob.with(alice).addListener(message -> {
                bob.close();
                bob.close();
            });
            alice.say(bob, "close, please");
            Person.await(
                    () -> bob.client().state() instanceof ClientState.Closed,
                    () -> "bob is " + bob.client().state());
            alice.close();
        }
        Person.await(() -> left(before).isEmpty(), () -> "these are left: " + left(before));
        System.out.println("nothing is left");
    }

    /** Its next attempt to connect is half an hour away. */
    private static void closeWhileItWaits(World world) throws Exception {
        Person waiting = world.connect(
                "waiting",
                new MemoryClientStores(),
                world.transport(),
                options -> options.firstRetry(Duration.ofMinutes(30)).longestRetry(Duration.ofMinutes(30)));
        waiting.client().signUp(waiting.user(), World.passphrase("waiting"));
        world.stopServer();
        Person.await(
                () -> waiting.client().state() instanceof ClientState.Waiting,
                () -> "it is " + waiting.client().state());
        waiting.close();
        waiting.close();
    }

    /** What has come and is ours: the JVM makes threads of its own when it likes. */
    private static Set<String> left(Set<String> before) {
        Set<String> now = names();
        now.removeAll(before);
        now.removeIf(name -> !name.startsWith("pychat-"));
        return now;
    }
}
