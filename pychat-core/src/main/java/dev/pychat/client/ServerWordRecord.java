package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.envelope.ConfirmedBundles;
import dev.pychat.envelope.PoolWatch;
import dev.pychat.model.Bytes;

/**
 * What a device keeps that concerns the account itself: the server's word about its keys, and what the person has set. Immutable.
 *
 * <pre>
 * u8 format = 3 | u16 length, confirmed bundles | u32 length, watch over the pool | settings
 * </pre>
 *
 * <p>Format 2 ended before the settings, and format 1 is that of the confirmed bundles alone; both are still read.
 *
 * @param bundles which own bundles the server has confirmed, and when
 * @param pool what it has said of the pool of one-time keys
 * @param settings what is set for the account
 */
record ServerWordRecord(ConfirmedBundles bundles, PoolWatch pool, AccountSettings settings) {

    static final ServerWordRecord NOTHING =
            new ServerWordRecord(ConfirmedBundles.NONE, PoolWatch.NONE, AccountSettings.DEFAULT);

    private static final int BUNDLES_ALONE = 1;
    private static final int WITHOUT_SETTINGS = 2;
    private static final int FORMAT = 3;
    private static final int MAX_BUNDLES = 4 * 1024;
    private static final int MAX_POOL = 64 * 1024;

    ServerWordRecord with(ConfirmedBundles next) {
        return new ServerWordRecord(next, pool, settings);
    }

    ServerWordRecord with(PoolWatch next) {
        return new ServerWordRecord(bundles, next, settings);
    }

    ServerWordRecord with(AccountSettings next) {
        return new ServerWordRecord(bundles, pool, next);
    }

    Bytes encode() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(FORMAT).bytes16(bundles.encode()).bytes32(pool.encode());
            settings.write(out);
            return out.toBytes();
        }
    }

    static ServerWordRecord decode(Bytes raw) throws MalformedException {
        if (!raw.isEmpty() && raw.at(0) == BUNDLES_ALONE) {
            return new ServerWordRecord(ConfirmedBundles.decode(raw), PoolWatch.NONE, AccountSettings.DEFAULT);
        }
        BinaryReader in = new BinaryReader("the server's word", raw);
        int format = in.u8("format", WITHOUT_SETTINGS, FORMAT);
        ConfirmedBundles bundles = ConfirmedBundles.decode(in.bytes16("confirmed bundles", MAX_BUNDLES));
        PoolWatch pool = PoolWatch.decode(in.bytes32("pool", MAX_POOL));
        AccountSettings settings = format == FORMAT ? AccountSettings.read(in) : AccountSettings.DEFAULT;
        in.end();
        return new ServerWordRecord(bundles, pool, settings);
    }
}
