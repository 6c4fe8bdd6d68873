package dev.pychat.benchmarks.contender;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A client of MQTT 3.1.1 (OASIS, 2014) that publishes to its peer's topic and subscribes to its own, both at QoS 1. Who was away has a
 * session that the server keeps: it speaks MQTT only when it fetches, since the server sends all that waits at once.
 */
final class MqttParty extends Party {

    private static final int CONNECT = 0x10;
    private static final int CONNACK = 0x20;
    private static final int PUBLISH = 0x30;
    private static final int QOS_1 = 0x02;
    private static final int PUBACK = 0x40;
    private static final int SUBSCRIBE = 0x82;
    private static final int SUBACK = 0x90;
    private static final int KIND = 0xf0;

    private static final int NAME_AND_PASSWORD = 0xc0;
    private static final int CLEAN_SESSION = 0x02;
    private static final int LEVEL_3_1_1 = 4;
    private static final int SUBSCRIPTION = 1;

    private static final int CONTINUES = 0x80;
    private static final int SEVEN_BITS = 7;
    private static final int LARGEST_LENGTH_SHIFT = 3 * SEVEN_BITS;
    private static final int IDS = 0xffff;

    private final byte[] topic;
    private long acknowledged;

    MqttParty(Part part) {
        super(part);
        this.topic = topic(part.peer());
    }

    private static byte[] topic(int user) {
        return ("u/" + user).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    void begin() {
        if (part().role() == Role.FETCHER) {
            becomeReady();
        } else {
            connect();
        }
    }

    @Override
    void receive() {
        connect();
    }

    private void connect() {
        boolean kept = part().role() == Role.FETCHER || part().role() == Role.ENROLLER;
        byte[] client = ("client" + part().user()).getBytes(StandardCharsets.US_ASCII);
        byte[] user = Mosquitto.USER.getBytes(StandardCharsets.US_ASCII);
        byte[] password = Mosquitto.PASSWORD.getBytes(StandardCharsets.US_ASCII);
        ByteBuf to = out();
        to.writeByte(CONNECT).writeByte(10 + 3 * Short.BYTES + client.length + user.length + password.length);
        text(to, "MQTT".getBytes(StandardCharsets.US_ASCII));
        to.writeByte(LEVEL_3_1_1)
                .writeByte(kept ? NAME_AND_PASSWORD : NAME_AND_PASSWORD | CLEAN_SESSION)
                .writeShort(0);
        text(to, client);
        text(to, user);
        text(to, password);
    }

    private static void text(ByteBuf to, byte[] bytes) {
        to.writeShort(bytes.length).writeBytes(bytes);
    }

    private void subscribe() {
        byte[] own = topic(part().user());
        ByteBuf to = out();
        to.writeByte(SUBSCRIBE).writeByte(2 * Short.BYTES + own.length + 1).writeShort(SUBSCRIPTION);
        text(to, own);
        to.writeByte(1);
    }

    @Override
    void write(ByteBuf to, long count, long due) {
        int length = 2 * Short.BYTES + topic.length + Body.SIZE;
        to.writeByte(PUBLISH | QOS_1);
        to.writeByte(length & (CONTINUES - 1) | CONTINUES).writeByte(length >> SEVEN_BITS);
        text(to, topic);
        to.writeShort(id(count));
        Body.write(to, part().number(count), due);
    }

    /** Numbers of packets come round, and are never 0. */
    private static int id(long count) {
        return (int) ((count - 1) % IDS) + 1;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> none) {
        int start = in.readerIndex();
        if (in.readableBytes() < 2) {
            return;
        }
        int first = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int digit;
        do {
            if (!in.isReadable()) {
                in.readerIndex(start);
                return;
            }
            digit = in.readUnsignedByte();
            length |= (digit & (CONTINUES - 1)) << shift;
            shift += SEVEN_BITS;
        } while (digit >= CONTINUES && shift <= LARGEST_LENGTH_SHIFT);
        if (in.readableBytes() < length) {
            in.readerIndex(start);
            return;
        }
        take(first, in.readSlice(length));
    }

    private void take(int first, ByteBuf packet) {
        switch (first & KIND) {
            case PUBLISH -> published(packet);
            case PUBACK -> acknowledged(packet);
            case CONNACK -> connected(packet);
            case SUBACK -> becomeReady();
            default -> fail("a packet that was not asked for: " + first + " " + ByteBufUtil.hexDump(packet));
        }
    }

    private void connected(ByteBuf packet) {
        packet.skipBytes(1);
        int code = packet.readUnsignedByte();
        if (code != 0) {
            fail("the server refused the connection with " + code);
        } else if (part().role() == Role.SENDER) {
            becomeReady();
        } else if (part().role() != Role.FETCHER) {
            subscribe();
        }
    }

    private void published(ByteBuf packet) {
        packet.skipBytes(packet.readUnsignedShort());
        int id = packet.readUnsignedShort();
        Body.read(packet, this);
        out().writeByte(PUBACK).writeByte(Short.BYTES).writeShort(id);
    }

    /** They come in the order of what was published (section 4.6 of the specification). */
    private void acknowledged(ByteBuf packet) {
        int id = packet.readUnsignedShort();
        acknowledged++;
        if (id != id(acknowledged)) {
            fail("PUBACK of " + id + " where " + id(acknowledged) + " was due");
        }
        accepted(acknowledged);
    }
}
