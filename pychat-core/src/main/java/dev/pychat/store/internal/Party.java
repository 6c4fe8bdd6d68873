package dev.pychat.store.internal;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.util.Map;

/**
 * One of the two parties of a conversation: how much it sent, how far it read, its lanes. Confined to whoever holds the
 * ledger.
 */
public final class Party {

    private final Username name;
    private final Lanes lanes;
    private long ordinal;
    private Position read;
    private long readOrdinal;

    /**
     * Makes it as it was kept.
     *
     * @param name who it is
     * @param ordinal how many messages that count it has sent
     * @param read its read marker
     * @param readOrdinal how many messages that count of the other party lie up to the marker
     * @param lanes its lanes
     */
    public Party(Username name, long ordinal, Position read, long readOrdinal, Lanes lanes) {
        this.name = name;
        this.ordinal = ordinal;
        this.read = read;
        this.readOrdinal = readOrdinal;
        this.lanes = lanes;
    }

    static Party newcomer(Username name) {
        return new Party(name, 0, Position.NONE, 0, new Lanes(Map.of(), false));
    }

    /**
     * Who it is.
     *
     * @return the name
     */
    public Username name() {
        return name;
    }

    /**
     * How many messages that count it has sent.
     *
     * @return the number
     */
    public long ordinal() {
        return ordinal;
    }

    /**
     * Up to where it has read.
     *
     * @return the read marker
     */
    public Position read() {
        return read;
    }

    /**
     * How many messages that count of the other party lie up to the read marker.
     *
     * @return the number
     */
    public long readOrdinal() {
        return readOrdinal;
    }

    /**
     * The lanes on which it sends.
     *
     * @return the lanes
     */
    public Lanes lanes() {
        return lanes;
    }

    void count() {
        ordinal++;
    }

    void markRead(Position upTo, long othersOrdinal) {
        read = upTo;
        readOrdinal = othersOrdinal;
    }
}
