package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyClientsTest {

    private static final int CLIENTS = 200;

    @Test
    void manyClientsShareAFewThreadsForTheirWork() throws Exception {
        try (World world = World.start()) {
            List<Person> people = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                people.add(world.signUp("person" + i));
            }
            for (int i = 0; i < CLIENTS; i++) {
                people.get(i).say(people.get((i + 1) % CLIENTS), "to the next");
            }
            for (Person person : people) {
                person.awaitTold(2);
                assertThat(person.textsTold()).allMatch(text -> text.endsWith("to the next"));
            }
            long working = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("pychat-client-"))
                    .count();
            assertThat(working)
                    .isBetween(1L, (long) Math.max(2, Runtime.getRuntime().availableProcessors()));
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("pychat-"))
                    .allMatch(Thread::isDaemon);
            ConversationTest.noFindings(people.toArray(Person[]::new));
        }
    }
}
