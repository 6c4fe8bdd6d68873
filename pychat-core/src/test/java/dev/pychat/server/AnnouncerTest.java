package dev.pychat.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.bus.Hint;
import dev.pychat.bus.LiveBus;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.store.AppendResult.Appended;
import dev.pychat.store.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

    private final LiveBus bus = LiveBus.inProcess();
    private final List<String> told = new ArrayList<>();

    AnnouncerTest() {
        for (String name : List.of("alice", "bob")) {
            bus.subscribe(
                    new Username(name),
                    (Hint hint) -> told.add(name + " of " + hint.carried().size() + " up to "
                            + hint.head().value()));
        }
    }

    @Test
    void whoOnlyReceivesIsToldAtOnceAndWhoSentWhenThatIsAsked() {
        Submission first = Numbered.submission(0);
        Submission second = Numbered.submission(1);
        Runnable rest = new Announcer(bus).announce(List.of(first, second), List.of(appended(1), appended(2)));
        assertThat(told).containsExactly("bob of 2 up to 2");
        rest.run();
        assertThat(told).containsExactly("bob of 2 up to 2", "alice of 2 up to 2");
    }

    @Test
    void whoSentInTheSameBatchIsNotToldBeforeThatIsAsked() {
        Submission first = Numbered.submission(0);
        Submission second = back(Numbered.submission(1));
        Runnable rest = new Announcer(bus).announce(List.of(first, second), List.of(appended(1), appended(2)));
        assertThat(told).isEmpty();
        rest.run();
        assertThat(told).containsExactlyInAnyOrder("bob of 2 up to 2", "alice of 2 up to 2");
    }

    private static AppendResult appended(long position) {
        return new Appended(new Position(position), position, Instant.EPOCH, false);
    }

    private static Submission back(Submission from) {
        return new Submission(
                from.conversation(),
                from.recipient(),
                from.sender(),
                from.id(),
                from.hash(),
                from.epoch(),
                from.lane(),
                from.after(),
                from.seen(),
                from.quiet(),
                from.time(),
                from.envelope());
    }
}
