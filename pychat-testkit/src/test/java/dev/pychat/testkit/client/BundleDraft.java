package dev.pychat.testkit.client;

import dev.pychat.crypto.open.Label;
import dev.pychat.key.BundleFields;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A bundle with something changed in it, to be signed by its identity all the same. */
final class BundleDraft {

    private final BundleFields model;
    private Realm realm;
    private Username name;
    private long serial;
    private Bytes predecessor;
    private Instant notBefore;
    private Instant notAfter;
    private List<Suite> suites;
    private List<KeySection> sections;

    BundleDraft(KeyBundle bundle) {
        model = bundle.fields();
        realm = model.realm();
        name = model.username();
        serial = model.serial();
        predecessor = model.predecessor();
        notBefore = model.notBefore();
        notAfter = model.notAfter();
        suites = model.suites();
        sections = model.sections();
    }

    BundleDraft realm(Realm other) {
        realm = other;
        return this;
    }

    BundleDraft name(String other) {
        name = new Username(other);
        return this;
    }

    BundleDraft following(Bytes hash) {
        serial++;
        predecessor = hash;
        return this;
    }

    BundleDraft until(Instant end) {
        notBefore = end.minus(Duration.ofDays(1));
        notAfter = end;
        return this;
    }

    BundleDraft offering(Suite suite, KeySection section) {
        suites = List.of(suite);
        sections = List.of(section);
        return this;
    }

    BundleDraft adding(KeySection section) {
        suites = Stream.concat(suites.stream(), Stream.of(section.suite()))
                .sorted()
                .toList();
        sections = Stream.concat(sections.stream(), Stream.of(section)).sorted().toList();
        return this;
    }

    Bytes signedBy(Keyring keys) {
        BundleFields fields = new BundleFields(
                realm, name, model.identity(), serial, predecessor, notBefore, notAfter, suites, sections);
        return fields.sign(unsigned -> keys.identity().sign(Label.BUNDLE_SIGNATURE, unsigned))
                .bytes();
    }
}
