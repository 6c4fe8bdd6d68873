package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far somebody has come in a conversation, on nobody's word but their own sealed one: the highest view and read-up-to of their
 * messages whose view is ours too (ENVELOPE.md, section 8).
 *
 * <p>Immutable and thread-safe.
 *
 * @param delivered up to which position one of their devices held every message; {@link Position#NONE} for none that is known
 * @param read up to which position the person had read; never beyond {@code delivered}
 */
public record Seen(Position delivered, Position read) {

    /** Nothing is known. */
    public static final Seen NOTHING = new Seen(Position.NONE, Position.NONE);

    private static final int PARTIES = 2;

    Seen and(Position laterDelivered, Position laterRead) {
        return new Seen(
                laterDelivered.isAfter(delivered) ? laterDelivered : delivered,
                laterRead.isAfter(read) ? laterRead : read);
    }

    static void write(Map<Username, Seen> seen, BinaryWriter out) {
        out.u8(seen.size());
        seen.forEach((who, how) -> out.username(who).u64(how.delivered.value()).u64(how.read.value()));
    }

    static Map<Username, Seen> readAll(BinaryReader in) throws MalformedException {
        int count = in.u8("count of parties");
        if (count > PARTIES) {
            throw in.malformed(count + " parties, allowed are " + PARTIES);
        }
        Map<Username, Seen> seen = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Username who = in.username("party");
            Seen how = new Seen(new Position(in.u64("delivered")), new Position(in.u64("read")));
            if (seen.put(who, how) != null) {
                throw in.malformed("a party twice");
            }
        }
        return Collections.unmodifiableMap(seen);
    }
}
