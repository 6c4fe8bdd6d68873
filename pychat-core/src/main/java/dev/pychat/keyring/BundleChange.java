package dev.pychat.keyring;

import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Succession;
import dev.pychat.key.Suite;
import dev.pychat.model.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a bundle says otherwise than the one before, beside the present keys. Those that follow carry it over.
 *
 * <p>Immutable and thread-safe.
 */
public final class BundleChange {

    /** All is said as before. */
    static final BundleChange NONE = new BundleChange(last -> List.of(), section -> false);

    private final UnaryOperator<List<KeySection>> added;
    private final Predicate<KeySection> leftOut;

    private BundleChange(UnaryOperator<List<KeySection>> added, Predicate<KeySection> leftOut) {
        this.added = added;
        this.leftOut = leftOut;
    }

    /**
     * The word of the identity before that the present one takes its place.
     *
     * @param statement what the identity before has signed
     * @return a change that adds the statement
     */
    public static BundleChange succession(Succession statement) {
        return new BundleChange(last -> List.of(statement.section()), section -> false);
    }

    /**
     * Another history policy. When an account begins to forget, its other devices do not know it yet: until they do, they keep what the
     * account had for all of them as their own, so that they open what is sent to them meanwhile.
     *
     * @param policy the policy that the account has from now on
     * @return a change that states it in the place of the one before
     */
    public static BundleChange policy(HistoryPolicy policy) {
        return new BundleChange(
                last -> Stream.concat(
                                policy.section().stream(), policy.isKeep() ? Stream.empty() : ofOtherDevices(last))
                        .toList(),
                section -> section.suite().equals(HistoryPolicy.SECTION));
    }

    private static Stream<KeySection> ofOtherDevices(List<KeySection> last) {
        Optional<KeySection> shared = section(last, DeviceId.ACCOUNT);
        return last.stream()
                .filter(section -> section.suite().equals(Suite.HYBRID))
                .map(KeySection::device)
                .filter(device -> section(last, device).isEmpty())
                .flatMap(device -> shared.stream().map(known -> new KeySection(Suite.RSA, device, known.key())));
    }

    private static Optional<KeySection> section(List<KeySection> last, DeviceId device) {
        return last.stream()
                .filter(section ->
                        section.suite().equals(Suite.RSA) && section.device().equals(device))
                .findAny();
    }

    /** The sections that are new, after the bundle before. */
    List<KeySection> added(Optional<KeyBundle> last) {
        return added.apply(last.map(bundle -> bundle.fields().sections()).orElse(List.of()));
    }

    boolean leavesOut(KeySection section) {
        return leftOut.test(section);
    }
}
