package dev.pychat.benchmarks.contender;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A client of XMPP (RFC 6120 and 6121) over direct TLS: SASL PLAIN, one resource, stream management (XEP-0198), without resumption. Its
 * messages are of type chat and go to the peer's bare address. A message counts as accepted when the server has counted it in an
 * {@code <a/>}, which is asked for behind each batch of messages.
 */
final class XmppParty extends Party {

    static final String PASSWORD = "generator";
    static final String DOMAIN = "localhost";

    private static final String OPEN = "<?xml version='1.0'?><stream:stream to='" + DOMAIN
            + "' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
    private static final String BIND = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
            + "<resource>load</resource></bind></iq>";
    private static final String ENABLE = "<enable xmlns='urn:xmpp:sm:3'/>";
    private static final String PING =
            "<iq type='get' id='ping' to='" + DOMAIN + "'><ping xmlns='urn:xmpp:ping'/></iq>";
    private static final byte[] ASK = "<r xmlns='urn:xmpp:sm:3'/>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MESSAGE_END = "</body></message>".getBytes(StandardCharsets.US_ASCII);

    private static final int HEX = 16;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FILLING = "x".repeat(Body.SIZE - 2 * HEX).getBytes(StandardCharsets.US_ASCII);
    private static final String BODY = "<body>";

    private final Stanzas stanzas = new Stanzas();
    private final byte[] start;
    private boolean authenticated;
    private boolean counts;
    private boolean asks;

    /** Stanzas received, and sent, since stream management is on; of the latter, those that are no messages. */
    private long received;

    private long others;
    private long acknowledged;

    XmppParty(Part part) {
        super(part);
        this.start = ("<message type='chat' to='" + name(part.peer()) + "@" + DOMAIN + "'>" + BODY)
                .getBytes(StandardCharsets.US_ASCII);
    }

    static String name(int user) {
        return "user" + user;
    }

    private void say(String text) {
        out().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    void begin() {
        say(OPEN);
    }

    @Override
    void receive() {
        others++;
        say("<presence/>");
    }

    @Override
    void write(ByteBuf to, long count, long due) {
        to.writeBytes(start);
        hex(to, part().number(count));
        hex(to, due);
        to.writeBytes(FILLING).writeBytes(MESSAGE_END);
        asks = true;
    }

    private static void hex(ByteBuf to, long value) {
        for (int shift = Long.SIZE - Byte.SIZE / 2; shift >= 0; shift -= Byte.SIZE / 2) {
            to.writeByte(DIGITS[(int) (value >>> shift) & (HEX - 1)]);
        }
    }

    @Override
    void beforeFlush() {
        if (asks) {
            asks = false;
            out().writeBytes(ASK);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> none) {
        for (String stanza = stanzas.next(in); !stanza.isEmpty(); stanza = stanzas.next(in)) {
            take(stanza);
        }
    }

    private void take(String stanza) {
        if (stanza.startsWith("<message")) {
            received++;
            message(stanza);
        } else if (stanza.startsWith("<r ")) {
            say("<a xmlns='urn:xmpp:sm:3' h='" + received + "'/>");
        } else if (stanza.startsWith("<a ")) {
            acknowledged(Long.parseLong(attribute(stanza, "h")));
        } else if (stanza.startsWith("<iq") || stanza.startsWith("<presence")) {
            received += counts ? 1 : 0;
            answered(stanza);
        } else {
            logIn(stanza);
        }
    }

    private void message(String stanza) {
        int body = stanza.indexOf(BODY) + BODY.length();
        if (stanza.contains("type='error'") || stanza.contains("type=\"error\"")) {
            fail("a message came back: " + stanza);
        } else if (body >= BODY.length()) {
            delivered(
                    Long.parseUnsignedLong(stanza, body, body + HEX, HEX),
                    Long.parseUnsignedLong(stanza, body + HEX, body + 2 * HEX, HEX));
        }
    }

    private void acknowledged(long handled) {
        while (acknowledged < handled - others) {
            accepted(++acknowledged);
        }
    }

    private void answered(String stanza) {
        String id = attribute(stanza, "id");
        if (id.equals("bind")) {
            if (!attribute(stanza, "type").equals("result")) {
                fail("the server refused: " + stanza);
            }
            say(ENABLE);
        } else if (id.equals("ping")) {
            becomeReady();
        }
    }

    private void logIn(String stanza) {
        if (stanza.startsWith("<stream:features")) {
            say(authenticated ? BIND : plain());
        } else if (stanza.startsWith("<success")) {
            authenticated = true;
            stanzas.restart();
            say(OPEN);
        } else if (stanza.startsWith("<enabled")) {
            counts = true;
            received = 0;
            enabled();
        } else if (stanza.startsWith("<failure")
                || stanza.startsWith("<failed")
                || stanza.startsWith("<stream:error")) {
            fail("the server refused: " + stanza);
        }
    }

    private String plain() {
        String secret = "\0" + name(part().user()) + "\0" + PASSWORD;
        return "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.US_ASCII)) + "</auth>";
    }

    /** A server handles what comes on a stream in order: with the answer to the ping the presence is known. */
    private void enabled() {
        if (part().role() == Role.TALKER || part().role() == Role.IDLER) {
            receive();
            others++;
            say(PING);
        } else {
            becomeReady();
        }
    }

    /** The value of the first attribute of that name; empty where there is none. */
    private static String attribute(String stanza, String name) {
        int start = stanza.indexOf(" " + name + "=") + name.length() + 2;
        if (start < name.length() + 2) {
            return "";
        }
        return stanza.substring(start + 1, stanza.indexOf(stanza.charAt(start), start + 1));
    }
}
