package dev.pychat.benchmarks.contender;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslContext;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A client of the NATS protocol that publishes to its peer's subject of the stream, with a subject of its own for each acknowledgement,
 * and acknowledges what its consumer pushes.
 */
final class NatsParty extends Party {

    private static final String STREAM = """
            {"name":"chat","subjects":["u.>"],"retention":"limits","storage":"file","discard":"old","num_replicas":1,\
            "max_consumers":-1,"max_msgs":-1,"max_bytes":-1,"max_age":0,"max_msg_size":-1}""";
    private static final String CONSUMER = """
            {"stream_name":"chat","config":{"durable_name":"c%1$d","deliver_subject":"d.%1$d","deliver_policy":"all",\
            "ack_policy":"explicit","filter_subject":"u.%1$d","replay_policy":"instant"}}""";

    private static final String DELIVERIES = "2";
    private static final String SETUP = "s";
    private static final byte[] END = {'\r', '\n'};
    private static final byte[] SIZE = ("" + Body.SIZE).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACKNOWLEDGE = " 4\r\n+ACK\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PUB = "PUB ".getBytes(StandardCharsets.US_ASCII);

    private final SslContext tls;
    private final boolean makesStream;
    private final byte[] publish;
    private boolean secured;
    private String[] message = {};
    private int payload = -1;

    NatsParty(Part part, SslContext tls, boolean makesStream) {
        super(part);
        this.tls = tls;
        this.makesStream = makesStream;
        this.publish = ("PUB u." + part.peer() + " " + inbox()).getBytes(StandardCharsets.US_ASCII);
    }

    private String inbox() {
        return "_R." + part().user() + ".";
    }

    @Override
    boolean startsInClear() {
        return true;
    }

    @Override
    void begin() {
        secured = true;
        say("CONNECT {\"verbose\":false,\"pedantic\":false,\"tls_required\":true,\"user\":\"" + Nats.USER
                + "\",\"pass\":\"" + Nats.PASSWORD
                + "\",\"name\":\"load generator\",\"lang\":\"java\",\"version\":\"1\",\"protocol\":1}");
        Role role = part().role();
        if (role == Role.TALKER || role == Role.SENDER || role == Role.ENROLLER) {
            say("SUB " + inbox() + "* 1");
        }
        if (role == Role.TALKER || role == Role.IDLER) {
            receive();
        }
        say("PING");
    }

    private void say(String line) {
        out().writeBytes(line.getBytes(StandardCharsets.US_ASCII)).writeBytes(END);
    }

    @Override
    void receive() {
        say("SUB d." + part().user() + " " + DELIVERIES);
    }

    @Override
    void write(ByteBuf to, long count, long due) {
        to.writeBytes(publish).writeBytes(Long.toString(count).getBytes(StandardCharsets.US_ASCII));
        to.writeByte(' ').writeBytes(SIZE).writeBytes(END);
        Body.write(to, part().number(count), due);
        to.writeBytes(END);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> none) {
        if (payload >= 0) {
            if (in.readableBytes() >= payload + END.length) {
                taken(in.readSlice(payload));
                in.skipBytes(END.length);
                payload = -1;
            }
            return;
        }
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        if (end >= 0) {
            String line = in.readCharSequence(end + 1 - in.readerIndex(), StandardCharsets.US_ASCII)
                    .toString()
                    .strip();
            line(ctx, line);
        }
    }

    private void line(ChannelHandlerContext ctx, String line) {
        if (line.startsWith("MSG ")) {
            message = line.split(" ", -1);
            payload = Integer.parseInt(message[message.length - 1]);
        } else if (line.startsWith("INFO ")) {
            if (!secured) {
                ctx.pipeline().addFirst(Net.handler(tls, ctx.channel(), part()));
            }
        } else if (line.equals("PING")) {
            say("PONG");
        } else if (line.equals("PONG")) {
            loggedIn();
        } else if (line.startsWith("-ERR")) {
            fail("the server refused: " + line);
        }
    }

    private void loggedIn() {
        Role role = part().role();
        if (makesStream) {
            request("$JS.API.STREAM.CREATE.chat", STREAM);
        } else if (role == Role.TALKER || role == Role.ENROLLER) {
            int user = part().user();
            request("$JS.API.CONSUMER.DURABLE.CREATE.chat.c" + user, CONSUMER.formatted(user));
        } else {
            becomeReady();
        }
    }

    private void request(String subject, String document) {
        say("PUB " + subject + " " + inbox() + SETUP + " " + document.length());
        say(document);
    }

    private void taken(ByteBuf body) {
        if (message[2].equals(DELIVERIES)) {
            Body.read(body, this);
            ByteBuf to = out();
            to.writeBytes(PUB).writeBytes(message[3].getBytes(StandardCharsets.US_ASCII));
            to.writeBytes(ACKNOWLEDGE);
            return;
        }
        String answer = body.toString(StandardCharsets.UTF_8);
        String asked = message[1].substring(inbox().length());
        if (answer.contains("\"error\"")) {
            fail("the server refused " + asked + ": " + answer);
        } else if (asked.equals(SETUP)) {
            becomeReady();
        } else {
            accepted(Long.parseLong(asked));
        }
    }
}
