package dev.pychat.client;

import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.keyring.KemKey;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import dev.pychat.wire.EndDevice;
import dev.pychat.wire.Ok;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes which devices the account has (ENVELOPE.md, section 5.4). That a device is gone is on this device's disk first, in the vault
 * next, and then published, as keys are; whoever reads the vault later finishes what was left.
 *
 * <p>Every method waits for the server and runs on a thread that may. One at a time for each account.
 */
final class OwnDevices {

    private final ClientOptions options;
    private final OwnKeys keys;
    private final OwnBundle bundle;
    private final VaultSync vault;

    OwnDevices(ClientOptions options, OwnKeys keys, OwnBundle bundle, VaultSync vault) {
        this.options = options;
        this.keys = keys;
        this.bundle = bundle;
        this.vault = vault;
    }

    List<Device> list(Link link) throws PychatException, InterruptedException {
        vault.pull(link);
        Keyring present = keys.keyring();
        Map<DeviceId, Optional<Instant>> listed = listed(present);
        Set<DeviceId> all = new HashSet<>(present.devices().present());
        all.addAll(present.devices().removed());
        all.addAll(listed.keySet());
        return all.stream()
                .map(id -> new Device(
                        id,
                        id.equals(present.device()),
                        listed.containsKey(id),
                        present.devices().isRemoved(id),
                        listed.getOrDefault(id, Optional.empty())))
                .sorted(Comparator.comparing((Device device) -> !device.isThisOne())
                        .thenComparing(Device::isRemoved)
                        .thenComparing(device -> device.id().value()))
                .toList();
    }

    /** The devices that the bundle lists, and when the keys were made, of those that are in the vault. */
    private static Map<DeviceId, Optional<Instant>> listed(Keyring present) {
        Map<DeviceId, Optional<Instant>> listed = new HashMap<>();
        List<KeySection> sections =
                present.bundle().map(last -> last.fields().sections()).orElse(List.of());
        for (KeySection section : sections) {
            if (section.suite().equals(Suite.HYBRID)) {
                boolean own = section.device().equals(present.device());
                listed.put(
                        section.device(),
                        own
                                ? present.kemKeys().lastResort().map(KemKey::created)
                                : present.vaultedKemKeys().made(section));
            }
        }
        return listed;
    }

    void remove(Link link, DeviceId device) throws PychatException, InterruptedException {
        vault.pull(link);
        requireOther(device);
        keys.change(present -> present.withDevices(present.devices().removing(device)));
        bundle.keepUp(link, vault);
        Answers.get(
                link.ask(Ok.class, id -> new EndDevice(id, Entrance.credential(keys.loginSecret()), device)),
                options.requestTimeout());
    }

    private void requireOther(DeviceId device) throws RefusedException {
        Keyring present = keys.keyring();
        if (device.equals(present.device())) {
            throw new RefusedException(
                    "this_device",
                    "this is the device that you are using; remove it from another one of the account's");
        }
        if (present.devices().isRemoved(present.device())) {
            throw new RefusedException(
                    "removed",
                    "this device was removed from the account itself, so it removes no other; take it in again first");
        }
        boolean isKnown = present.devices().present().contains(device)
                || present.devices().isRemoved(device)
                || listed(present).containsKey(device);
        if (!isKnown) {
            throw new RefusedException("unknown_device", "this account has no device " + device);
        }
    }

    /** Reads the vault; a device that the person has removed decides nothing for the account. */
    void requireOwn(Link link, String consequence) throws PychatException, InterruptedException {
        vault.pull(link);
        Keyring present = keys.keyring();
        if (present.devices().isRemoved(present.device())) {
            throw new RefusedException(
                    "removed",
                    "this device was removed from the account " + present.username()
                            + " on another one of its devices, so "
                            + consequence
                            + "; take this device in again first (!REJOIN in the reference client), or log in anew"
                            + " on an empty place as a new device");
        }
    }

    void rejoin(Link link) throws PychatException, InterruptedException {
        vault.pull(link);
        Keyring now = keys.keyring();
        if (!now.devices().isRemoved(now.device())) {
            throw new RefusedException("not_removed", "this device was not removed from the account");
        }
        keys.change(present -> present.withDevices(present.devices().restoring(present.device())));
        bundle.keepUp(link, vault);
    }
}
