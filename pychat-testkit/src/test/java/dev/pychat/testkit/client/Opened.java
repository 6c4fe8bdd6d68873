package dev.pychat.testkit.client;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.keyring.DeviceSealer;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptStore;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A device, opened by somebody who has its keys and all that it keeps. */
final class Opened {

    private final List<String> says = new ArrayList<>();
    private final Map<EpochName, String> secrets = new LinkedHashMap<>();

    /** Everything that the device of a person keeps of the conversation with a peer. */
    static Opened device(Person person, Person peer) throws Exception {
        Opened opened = new Opened();
        LocalAccount account = DeviceKeys.account(person);
        try (Keyring keyring = DeviceKeys.of(person);
                DeviceSealer sealer = keyring.deviceSealer(new SecureRandom())) {
            TranscriptStore transcripts = person.stores().transcripts(account);
            opened.transcript(transcripts, peer, sealer);
            opened.epochs(transcripts, peer, sealer);
            for (OutboxLane lane : person.stores().outbox(account).load()) {
                for (OutboxEntry entry : lane.entries()) {
                    opened.add(sealer.open(Label.DRAFT, context(peer), entry.draft()));
                }
            }
        }
        return opened;
    }

    private void transcript(TranscriptStore transcripts, Person peer, DeviceSealer sealer) throws Exception {
        Position end = transcripts.span(peer.user()).to().next();
        while (end.isMessage()) {
            List<TranscriptEntry> page = transcripts.page(peer.user(), end, TranscriptStore.MAX_PAGE);
            for (TranscriptEntry entry : page) {
                add(sealer.open(Label.HISTORY_ENTRY, context(peer, entry.position()), entry.sealed()));
            }
            end = page.isEmpty() ? Position.NONE : page.get(0).position();
        }
    }

    private void epochs(TranscriptStore transcripts, Person peer, DeviceSealer sealer) throws Exception {
        for (EpochName name : transcripts.epochs(peer.user())) {
            Bytes box = transcripts.epoch(peer.user(), name).orElseThrow();
            String kept = text(sealer.open(Label.EPOCH_CACHE, context(peer, name), box));
            secrets.put(name, kept.substring(kept.length() - 32));
        }
    }

    private void add(byte[] content) {
        says.add(text(content));
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** Whether an (ASCII) text stands in anything that was opened. */
    boolean says(String text) {
        return says.stream().anyMatch(content -> content.contains(text));
    }

    /** The epochs whose secrets are there. */
    List<EpochName> secrets() {
        return List.copyOf(secrets.keySet());
    }

    /** The secret of one of them, a character for each byte. */
    String secret(EpochName epoch) {
        return Objects.requireNonNull(secrets.get(epoch));
    }

    private static Bytes context(Person peer) {
        try (BinaryWriter out = new BinaryWriter()) {
            return out.username(peer.user()).toBytes();
        }
    }

    private static Bytes context(Person peer, Position position) {
        try (BinaryWriter out = new BinaryWriter()) {
            return out.username(peer.user()).u64(position.value()).toBytes();
        }
    }

    private static Bytes context(Person peer, EpochName epoch) {
        try (BinaryWriter out = new BinaryWriter()) {
            return out.username(peer.user()).raw(epoch.value()).toBytes();
        }
    }
}
