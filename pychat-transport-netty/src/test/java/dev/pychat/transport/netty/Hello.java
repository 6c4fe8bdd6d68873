package dev.pychat.transport.netty;

import dev.pychat.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first message of each side of a handshake, which is not encrypted (RFC 8446, sections 4.1.2 and 4.1.3). Immutable.
 *
 * @param extensions what it says further, by number
 */
record Hello(Map<Integer, Bytes> extensions) {

    private static final int PRE_SHARED_KEY = 41;
    private static final int BEFORE_SESSION_ID = 5 + 4 + 2 + 32;

    /** A client's, from all that it has sent. */
    static Hello ofClient(byte[] sent) throws IOException {
        DataInputStream in = afterSessionId(sent);
        in.skipNBytes(in.readUnsignedShort()); // cipher suites
        in.skipNBytes(in.readUnsignedByte()); // compression
        return new Hello(extensions(in));
    }

    /** A server's, from all that it has sent. */
    static Hello ofServer(byte[] sent) throws IOException {
        DataInputStream in = afterSessionId(sent);
        in.skipNBytes(3); // cipher suite, compression
        return new Hello(extensions(in));
    }

    private static DataInputStream afterSessionId(byte[] sent) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(sent));
        in.skipNBytes(BEFORE_SESSION_ID);
        in.skipNBytes(in.readUnsignedByte());
        return in;
    }

    private static Map<Integer, Bytes> extensions(DataInputStream in) throws IOException {
        Map<Integer, Bytes> extensions = new HashMap<>();
        for (int left = in.readUnsignedShort(); left > 0; ) {
            int type = in.readUnsignedShort();
            int length = in.readUnsignedShort();
            extensions.put(type, Bytes.adopt(in.readNBytes(length)));
            left -= 4 + length;
        }
        return extensions;
    }

    /** Whether a server goes on with a session that the client has offered. */
    boolean resumes() {
        return extensions.containsKey(PRE_SHARED_KEY);
    }

    /** The tickets of the sessions that a client offers to go on with. */
    List<Bytes> tickets() throws IOException {
        List<Bytes> tickets = new ArrayList<>();
        Bytes offered = extensions.getOrDefault(PRE_SHARED_KEY, Bytes.adopt(new byte[2]));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(offered.toArray()));
        for (int left = in.readUnsignedShort(); left > 0; ) {
            Bytes ticket = Bytes.adopt(in.readNBytes(in.readUnsignedShort()));
            tickets.add(ticket);
            in.skipNBytes(Integer.BYTES); // its age
            left -= Short.BYTES + ticket.size() + Integer.BYTES;
        }
        return tickets;
    }
}
