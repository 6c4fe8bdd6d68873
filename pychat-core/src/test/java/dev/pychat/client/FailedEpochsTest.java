package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailedEpochsTest {

    private final SeededRandom random = new SeededRandom(72);
    private final FailedEpochs failed = new FailedEpochs();
    private final List<EpochName> names = Stream.generate(() -> new EpochName(Bytes.random(random, EpochName.SIZE)))
            .limit(FailedEpochs.MAX + 1L)
            .toList();
    private final Finding finding = new Finding(
            FindingCode.EPOCH_UNOPENED,
            "it does not open",
            new ConversationId(Bytes.random(random, ConversationId.SIZE)),
            Position.FIRST,
            new Username("bob"),
            LaneId.random(random),
            Position.FIRST,
            Position.FIRST);

    @Test
    void newestAreRememberedHoweverManyThereWere() {
        names.forEach(name -> failed.put(name, finding, failed.age()));
        assertThat(failed.of(names.get(FailedEpochs.MAX))).contains(finding);
        assertThat(failed.of(names.get(1))).contains(finding);
        assertThat(failed.of(names.get(0))).isEmpty();
    }

    @Test
    void whatIsAskedForAgainStaysLonger() {
        names.subList(0, FailedEpochs.MAX).forEach(name -> failed.put(name, finding, failed.age()));
        failed.of(names.get(0));
        failed.put(names.get(FailedEpochs.MAX), finding, failed.age());
        assertThat(failed.of(names.get(0))).contains(finding);
        assertThat(failed.of(names.get(1))).isEmpty();
    }

    @Test
    void findingOfBeforeAChangeOfKeysIsNotRemembered() {
        long before = failed.age();
        failed.put(names.get(0), finding, before);
        failed.reconsider();
        failed.put(names.get(1), finding, before);
        assertThat(failed.of(names.get(0))).isEmpty();
        assertThat(failed.of(names.get(1))).isEmpty();
    }

    @Test
    void findingThatWentOutOfDateIsThereForWhoeverAskedForNoHeaderBecauseOfIt() {
        failed.put(names.get(0), finding, failed.age());
        assertThat(failed.before(names.get(0))).isEmpty();
        failed.reconsider();
        failed.reconsider();
        assertThat(failed.before(names.get(0))).contains(finding);
        assertThat(failed.before(names.get(1))).isEmpty();
    }
}
