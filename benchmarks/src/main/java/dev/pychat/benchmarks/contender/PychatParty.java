package dev.pychat.benchmarks.contender;

import dev.pychat.benchmarks.load.Seat;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.Ack;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Follow;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.FrameDecoder;
import dev.pychat.wire.Hello;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.Resume;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import dev.pychat.wire.Submit;
import dev.pychat.wire.Welcome;
import dev.pychat.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A device that resumes its session and talks to one peer in bodies that are no envelopes, which the server can't tell. */
final class PychatParty extends Party {

    private static final int HEADER = 300;
    private static final long HELLO = 1;
    private static final long RESUME = 2;
    private static final long EPOCH = 3;
    private static final long FOLLOW = 4;

    /** Requests that submit begin behind this number. */
    private static final long SETUP = 1_000;

    private final FrameDecoder<ServerFrame> frames =
            FrameDecoder.ofServerFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER);
    private final Seat seat;
    private final Username peer;
    private final Bytes header = random(HEADER);
    private final EpochName epoch = new EpochName(Sha256.of(header));
    private final LaneId lane = new LaneId(random(LaneId.SIZE));
    private MessageId last = MessageId.NONE;
    private Position seen = Position.NONE;
    private Position acknowledged = Position.NONE;
    private Position arrived = Position.NONE;

    PychatParty(Part part, Seat seat, Username peer) {
        super(part);
        this.seat = seat;
        this.peer = peer;
    }

    private static Bytes random(int size) {
        byte[] bytes = new byte[size];
        ThreadLocalRandom.current().nextBytes(bytes);
        return Bytes.adopt(bytes);
    }

    private void send(ClientFrame frame) {
        out().writeBytes(FrameCodec.encode(frame));
    }

    @Override
    void begin() {
        send(new Hello(HELLO, List.of(1), "load generator"));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> none) throws MalformedFrameException {
        ByteBuffer chunk = in.nioBuffer();
        for (Optional<ServerFrame> frame = frames.decode(chunk); frame.isPresent(); frame = frames.decode(chunk)) {
            take(frame.get());
        }
        in.skipBytes(in.readableBytes());
    }

    private void take(ServerFrame frame) {
        if (frame instanceof Accepted accepted) {
            see(accepted.items().get(accepted.items().size() - 1).position());
            for (long request : accepted.answered()) {
                accepted(request - SETUP);
            }
        } else if (frame instanceof Message message) {
            take(message);
        } else if (frame instanceof Welcome) {
            send(new Resume(RESUME, seat.user(), seat.device(), seat.token()));
        } else if (frame instanceof Session) {
            loggedIn();
        } else if (frame instanceof Ok ok) {
            if (ok.re() == EPOCH && part().role() == Role.TALKER) {
                receive();
            } else {
                becomeReady();
            }
        } else if (frame instanceof Failure failure) {
            fail("the server refused: " + failure);
        }
    }

    private void loggedIn() {
        if (part().role() == Role.TALKER || part().role() == Role.SENDER) {
            send(new PutEpoch(EPOCH, peer, epoch, header));
        } else {
            becomeReady();
        }
    }

    @Override
    void receive() {
        send(new Follow(FOLLOW, peer, Position.NONE));
    }

    private void take(Message message) {
        for (Message.Item item : message.items()) {
            if (item.by().equals(peer)) {
                ByteBuffer body = item.envelope().value().asByteBuffer();
                delivered(body.getLong(), body.getLong());
            }
        }
        arrived = message.last();
        see(arrived);
    }

    private void see(Position position) {
        if (position.isAfter(seen)) {
            seen = position;
        }
    }

    /** One acknowledgement for all that had arrived. */
    @Override
    void beforeFlush() {
        if (arrived.isAfter(acknowledged)) {
            acknowledged = arrived;
            send(new Ack(peer, arrived));
        }
    }

    @Override
    void write(ByteBuf to, long count, long due) {
        ByteBuffer body = ByteBuffer.allocate(Body.SIZE);
        body.putLong(part().number(count)).putLong(due).put(Body.FILLING);
        Bytes sealed = Bytes.adopt(body.array());
        MessageId id = new MessageId(random(MessageId.SIZE));
        send(new Submit(
                SETUP + count, peer, id, Sha256.of(sealed), epoch, lane, last, seen, false, new Envelope(sealed)));
        last = id;
    }
}
