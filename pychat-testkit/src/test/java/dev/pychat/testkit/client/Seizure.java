package dev.pychat.testkit.client;

import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.RsaKeySource;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.envelope.WrappingKeys;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.keyring.VaultedKeys;
import dev.pychat.keyring.WrappingKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.testkit.liar.Shown;
import dev.pychat.wire.Message;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody has everything: the keyring file of one or more devices, the passphrase, and all that the server stores. They try to open each
 * epoch of a conversation with every key that they find.
 */
final class Seizure {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyPolicy TESTS = KeyPolicy.acceptPublishedTestKeysInsecurely();

    /** To which nobody has ever sealed anything. */
    private static final WrappingKey NOBODYS_KEY =
            new WrappingKey(RsaKeySource.generating().next(RANDOM), Instant.EPOCH);

    private final World world;
    private final Person victim;
    private final List<Keyring> keyrings = new ArrayList<>();

    private Seizure(World world, Person victim) {
        this.world = world;
        this.victim = victim;
    }

    /** The keyrings of these devices of one account, and its vault. */
    static Seizure of(World world, Person... devices) throws Exception {
        Seizure seizure = new Seizure(world, devices[0]);
        for (Person device : devices) {
            seizure.keyrings.add(DeviceKeys.of(device));
        }
        return seizure.withVault();
    }

    /** The passphrase and what the server has, and no device. */
    static Seizure ofTheServer(World world, Person victim) throws Exception {
        return new Seizure(world, victim).withVault();
    }

    private Seizure withVault() throws Exception {
        try (Vault vault = vault(world, victim);
                Keyring device = DeviceKeys.of(victim)) {
            keyrings.add(VaultedKeys.restore(
                    device.header(),
                    vault,
                    DeviceId.random(RANDOM),
                    SecretBytes.adopt(new byte[32]),
                    TESTS,
                    () -> NOBODYS_KEY));
            return this;
        }
    }

    /** The account's vault, opened with its passphrase; to be closed by the caller. */
    static Vault vault(World world, Person person) throws Exception {
        try (Keyring device = DeviceKeys.of(person);
                PasswordKeys keys = DeviceKeys.derive(person, device.header())) {
            Bytes sealed =
                    world.stores().accounts().vault(person.user()).orElseThrow().sealed();
            return Vault.open(keys.vaultKey(), device.realm(), person.user(), sealed);
        }
    }

    /** The entries that hold private keys which open messages. */
    static List<VaultEntry> openingKeys(List<VaultEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.type() == 3 || entry.type() == 7)
                .filter(entry -> !entry.tombstone())
                .toList();
    }

    /** The positions of the messages whose epochs open. */
    List<Long> opens(Person peer) throws Exception {
        KeyBundle theirs = KeyBundle.parse(
                world.stores().keys().latestBundle(peer.user()).orElseThrow().bytes());
        ConversationContext context = ConversationContext.of(
                world.stores().realm(),
                victim.user(),
                peer.user(),
                List.of(keyrings.get(0).identity().publicKey()),
                List.of(PinnedIdentity.always(theirs.fields().identity())));
        EpochOpener opener = new EpochOpener(context, all(), new Unwrapper(), RANDOM);
        List<Long> opened = new ArrayList<>();
        List<Shown> all = world.liar().truth(victim.user(), peer.user());
        for (int i = 0; i < all.size(); i++) {
            StoredMessage message =
                    message(context, new Position(i + 1L), all.get(i).item());
            EpochName name = EpochOpener.epochOf(message.envelope()).orElseThrow();
            Map<EpochName, Bytes> header = world.stores().keys().epochs(context.conversation(), Set.of(name));
            if (opener.open(message, header.getOrDefault(name, Bytes.EMPTY)) instanceof OpenedEpoch epoch) {
                epoch.close();
                opened.add(message.position().value());
            }
        }
        return opened;
    }

    private static StoredMessage message(ConversationContext context, Position position, Message.Item item) {
        return new StoredMessage(
                context.conversation(),
                position,
                item.by(),
                item.id(),
                item.lane(),
                item.epoch(),
                item.ordinal(),
                item.quiet(),
                item.time(),
                item.envelope());
    }

    /** Every key that was found, whatever it was used for before. */
    private WrappingKeys all() {
        return new WrappingKeys() {
            @Override
            public Optional<RsaPrivateKey> byId(KeyId id) {
                return keyrings.stream()
                        .flatMap(keyring -> keyring.wrappingKey(id).stream())
                        .findFirst();
            }

            @Override
            public Optional<MlKemPrivateKey> kemById(KeyId id) {
                return keyrings.stream()
                        .flatMap(keyring -> WrappingKeys.of(keyring).kemById(id).stream())
                        .findFirst();
            }
        };
    }
}
