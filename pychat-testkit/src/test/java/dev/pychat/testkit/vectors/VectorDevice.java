package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.hex;

import com.google.gson.JsonObject;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.EpochOpening;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.MessageOpener;
import dev.pychat.envelope.MessageOpening;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.WrappingKeys;
import dev.pychat.key.KeyId;
import dev.pychat.key.OneTimeKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Realm;
import dev.pychat.model.StoredMessage;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One device of the vectors of suite 2, which notes the use of its one-time keys.
 *
 * @param party its account, which counts the private-key operations
 * @param id its id
 * @param wrapping the RSA key that it is wrapped to
 * @param lastResort the id of its last-resort key
 * @param seeds the seeds of its ML-KEM keys
 * @param signed its signed one-time keys by their numbers
 * @param used which epoch used which one-time key
 */
record VectorDevice(
        VectorParty party,
        DeviceId id,
        RsaPrivateKey wrapping,
        KeyId lastResort,
        Map<KeyId, Bytes> seeds,
        Map<Integer, Bytes> signed,
        Map<KeyId, EpochName> used)
        implements WrappingKeys {

    static List<VectorDevice> of(VectorParty party, JsonObject value) {
        return Vectors.objects(value.getAsJsonArray("devices")).stream()
                .map(device -> device(party, device))
                .toList();
    }

    private static VectorDevice device(VectorParty party, JsonObject value) {
        Map<KeyId, Bytes> seeds = new HashMap<>();
        Map<Integer, Bytes> signed = new HashMap<>();
        List<JsonObject> oneTime = Vectors.objects(value.getAsJsonArray("oneTime"));
        Stream.concat(Stream.of(value.getAsJsonObject("lastResort")), oneTime.stream())
                .forEach(key -> seeds.put(new KeyId(hex(key, "keyId")), hex(key, "seed")));
        oneTime.forEach(key -> signed.put(key.get("number").getAsInt(), hex(key, "signed")));
        DeviceId id = new DeviceId(hex(value, "device"));
        KeyId lastResort = new KeyId(hex(value.getAsJsonObject("lastResort"), "keyId"));
        return new VectorDevice(party, id, wrapping(value), lastResort, seeds, signed, new HashMap<>());
    }

    private static RsaPrivateKey wrapping(JsonObject value) {
        try (SecretBytes pkcs8 =
                SecretBytes.adopt(hex(value, "wrappingKeyPkcs8").toArray())) {
            return RsaPrivateKey.parse(pkcs8, VectorParty.POLICY);
        } catch (UnusableKeyException e) {
            throw new AssertionError(e);
        }
    }

    OneTimeKey oneTime(int number, Realm realm) throws Exception {
        return OneTimeKey.check(signed.get(number), party.checked(realm), id);
    }

    /** The same device with nothing noted, and then some uses. */
    VectorDevice withUses(Map<KeyId, EpochName> uses) {
        return new VectorDevice(party, id, wrapping, lastResort, seeds, signed, new HashMap<>(uses));
    }

    /** Opens a message and its header as a device that sees both for the first time. */
    MessageOpening open(ConversationContext context, StoredMessage message, Bytes header) {
        Unwrapper unwrapper = new Unwrapper(party.operations()::incrementAndGet);
        EpochOpening opening = new EpochOpener(context, this, unwrapper, new SecureRandom()).open(message, header);
        if (opening instanceof OpenedEpoch epoch) {
            epoch.openedWith()
                    .filter(key -> !key.equals(lastResort))
                    .ifPresent(key -> used.putIfAbsent(key, epoch.name()));
            return new MessageOpener(context).open(message, epoch);
        }
        return (Finding) opening;
    }

    @Override
    public Optional<RsaPrivateKey> byId(KeyId key) {
        return key.equals(KeyId.of(wrapping.publicKey())) ? Optional.of(wrapping) : Optional.empty();
    }

    @Override
    public Optional<MlKemPrivateKey> kemById(KeyId key) {
        return Optional.ofNullable(seeds.get(key))
                .map(seed -> MlKemPrivateKey.ofSeed(SecretBytes.adopt(seed.toArray())));
    }

    @Override
    public Optional<EpochName> usedBy(KeyId key) {
        return Optional.ofNullable(used.get(key));
    }
}
