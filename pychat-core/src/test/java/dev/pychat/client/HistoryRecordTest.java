package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.ConversationId;
import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryRecordTest {

    private static final Username BOB = new Username("bob");
    private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Finding FINDING = new Finding(
            FindingCode.GAP,
            "messages 2 to 3 of the lane are missing",
            new ConversationId(Bytes.adopt(new byte[32])),
            new Position(7),
            BOB,
            new LaneId(Bytes.fromHex("0102030405060708090a0b0c0d0e0f10")),
            new Position(6),
            new Position(7));

    @Test
    void openedMessageIsReadBackAsItWas() throws Exception {
        HistoryRecord record = new HistoryRecord(
                BOB,
                true,
                TIME,
                TIME.minusSeconds(9),
                Optional.of(Content.text("héllo")),
                List.of(FINDING),
                TIME.plusSeconds(3));
        assertThat(HistoryRecord.decode(record.encodeHere())).isEqualTo(record);
    }

    @Test
    void messageThatDidNotOpenIsReadBackAsItWas() throws Exception {
        HistoryRecord record =
                new HistoryRecord(BOB, false, TIME, TIME, Optional.empty(), List.of(FINDING, FINDING), TIME);
        assertThat(HistoryRecord.decode(record.encodeHere())).isEqualTo(record);
    }

    @Test
    void whereABackupDoesNotSayWhenItWasTakenItCountsFromWhenTheServerStoredIt() throws Exception {
        HistoryRecord record = record(Content.text("text"), TIME.plusSeconds(3));
        assertThat(HistoryRecord.decode(record.encode())).isEqualTo(record(Content.text("text"), TIME));
    }

    @Test
    void ofAForgottenMessageNothingIsLeftButThatItWasAndOfControlContentItsType() {
        HistoryRecord text = record(Content.text("text"), TIME);
        assertThat(text.forgotten())
                .isEqualTo(new HistoryRecord(BOB, false, TIME, TIME, Optional.empty(), List.of(FINDING), TIME));
        assertThat(text.forgotten().forgotten()).isEqualTo(text.forgotten());
        Content control = new Content(Content.FIRST_OWN, Bytes.fromHex("5ec2e7"));
        assertThat(record(control, TIME).forgotten().content()).contains(new Content(Content.FIRST_OWN, Bytes.EMPTY));
    }

    private static HistoryRecord record(Content content, Instant taken) {
        return new HistoryRecord(BOB, false, TIME, TIME, Optional.of(content), List.of(FINDING), taken);
    }

    @Test
    void everyCutIsMalformed() {
        Bytes whole = new HistoryRecord(BOB, false, TIME, TIME, Optional.of(Content.text("text")), List.of(), TIME)
                .encodeHere();
        for (int size = 0; size < whole.size(); size++) {
            Bytes cut = whole.slice(0, size);
            assertThatThrownBy(() -> HistoryRecord.decode(cut)).isInstanceOf(MalformedException.class);
        }
    }
}
