package dev.pychat.wire;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

/** The frames that PROTOCOL.md shows with their bytes. */
final class ExampleExchange {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");
    private static final Bytes HEADER = ascii("an epoch header, opaque to the server");
    private static final Bytes SEALED = ascii("a sealed message, opaque to the server");
    private static final MessageId ID = new MessageId(Bytes.fromHex("00112233445566778899aabbccddeeff"));
    private static final LaneId LANE = new LaneId(Bytes.fromHex("0f1e2d3c4b5a69788796a5b4c3d2e1f0"));
    private static final Instant TIME = Instant.parse("2026-11-22T12:00:00Z");

    private ExampleExchange() {}

    static List<Frame> frames() {
        EpochName epoch = new EpochName(sha256(HEADER));
        Envelope envelope = new Envelope(SEALED);
        Realm realm = new Realm(Bytes.fromHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"));
        Credential token = new Credential(Bytes.fromHex("55".repeat(32)));
        Credential next = new Credential(Bytes.fromHex("66".repeat(32)));
        DeviceId device = new DeviceId(Bytes.fromHex("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"));
        return List.of(
                new Hello(1, List.of(1), "example/1"),
                new Welcome(1, 1, realm, "pychat/1", TIME, WireLimits.DEFAULT, true, new KdfCost(65536, 3, 4)),
                new Resume(2, ALICE, device, token),
                new Session(2, ALICE, next, TIME.plusSeconds(2_592_000)),
                new PutEpoch(3, BOB, epoch, HEADER),
                new Submit(4, BOB, ID, sha256(SEALED), epoch, LANE, MessageId.NONE, Position.NONE, false, envelope),
                new Ok(3, Position.NONE, Position.NONE),
                new Accepted(List.of(4L), List.of(new Accepted.Item(ID, Position.FIRST, 1, TIME, false))),
                new Message(
                        0,
                        ALICE,
                        Position.FIRST,
                        List.of(new Message.Item(ID, ALICE, LANE, epoch, 1, false, TIME, envelope)),
                        List.of(new EpochHeader(epoch, HEADER)),
                        false),
                new Ack(ALICE, Position.FIRST),
                new Failure(
                        9,
                        ErrorCode.OUT_OF_SEQUENCE,
                        "the message does not follow the last one of its lane",
                        ErrorDetails.ofLast(ID, Position.FIRST)));
    }

    private static Bytes ascii(String text) {
        return Bytes.adopt(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Bytes sha256(Bytes data) {
        try {
            return Bytes.adopt(MessageDigest.getInstance("SHA-256").digest(data.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }
}
