package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import java.time.Instant;

/**
 * What an epoch header says about the bundles and circumstances it was made with. Immutable.
 *
 * @param made when it was made, by the sender's clock
 * @param senderSerial serial of the sender's bundle
 * @param recipientSerial serial of the recipient's bundle
 * @param recipientBundle hash of the recipient's bundle
 * @param fetched when the sender fetched that bundle
 * @param vault version of the sender's vault, 0 for none
 * @param senderPolicy seconds after which the sender's devices forget, 0 for never
 * @param recipientPolicy the same of the recipient, as the sender knew it
 */
record EpochTerms(
        Instant made,
        long senderSerial,
        long recipientSerial,
        Bytes recipientBundle,
        Instant fetched,
        long vault,
        long senderPolicy,
        long recipientPolicy) {

    static EpochTerms read(BinaryReader in) throws MalformedException {
        return new EpochTerms(
                in.time("made"),
                in.u64("sender's serial"),
                in.u64("recipient's serial"),
                in.raw("recipient's bundle hash", 32),
                in.time("fetched"),
                in.u64("vault version"),
                in.u32("sender's history policy"),
                in.u32("recipient's history policy"));
    }

    void write(BinaryWriter out) {
        out.time(made);
        out.u64(senderSerial).u64(recipientSerial).raw(recipientBundle);
        out.time(fetched);
        out.u64(vault).u32(senderPolicy).u32(recipientPolicy);
    }
}
