package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.envelope.ConfirmedBundles;
import dev.pychat.envelope.PoolWatch;
import dev.pychat.model.Bytes;

/**
 * What a device keeps of the server's word about the account's own keys. Immutable.
 *
 * <pre>
 * u8 format = 2 | u16 length, confirmed bundles | u32 length, watch over the pool
 * </pre>
 *
 * <p>Format 1, which is still read, is that of the confirmed bundles alone.
 *
 * @param bundles which own bundles the server has confirmed, and when
 * @param pool what it has said of the pool of one-time keys
 */
record ServerWordRecord(ConfirmedBundles bundles, PoolWatch pool) {

    static final ServerWordRecord NOTHING = new ServerWordRecord(ConfirmedBundles.NONE, PoolWatch.NONE);

    private static final int BUNDLES_ALONE = 1;
    private static final int FORMAT = 2;
    private static final int MAX_BUNDLES = 4 * 1024;
    private static final int MAX_POOL = 64 * 1024;

    ServerWordRecord with(ConfirmedBundles next) {
        return new ServerWordRecord(next, pool);
    }

    ServerWordRecord with(PoolWatch next) {
        return new ServerWordRecord(bundles, next);
    }

    Bytes encode() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(FORMAT).bytes16(bundles.encode()).bytes32(pool.encode());
            return out.toBytes();
        }
    }

    static ServerWordRecord decode(Bytes raw) throws MalformedException {
        if (!raw.isEmpty() && raw.at(0) == BUNDLES_ALONE) {
            return new ServerWordRecord(ConfirmedBundles.decode(raw), PoolWatch.NONE);
        }
        BinaryReader in = new BinaryReader("the server's word", raw);
        in.u8("format", FORMAT, FORMAT);
        ConfirmedBundles bundles = ConfirmedBundles.decode(in.bytes16("confirmed bundles", MAX_BUNDLES));
        PoolWatch pool = PoolWatch.decode(in.bytes32("pool", MAX_POOL));
        in.end();
        return new ServerWordRecord(bundles, pool);
    }
}
