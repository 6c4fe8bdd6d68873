package dev.pychat.keyring;

import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeySection;
import dev.pychat.key.Succession;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a bundle says otherwise than the one before, beside the present keys. Those that follow carry it over.
 *
 * <p>Immutable and thread-safe.
 */
public final class BundleChange {

    private final List<KeySection> added;
    private final Predicate<KeySection> leftOut;

    BundleChange(List<KeySection> added, Predicate<KeySection> leftOut) {
        this.added = List.copyOf(added);
        this.leftOut = leftOut;
    }

    /**
     * The word of the identity before that the present one takes its place.
     *
     * @param statement what the identity before has signed
     * @return a change that adds the statement
     */
    public static BundleChange succession(Succession statement) {
        return new BundleChange(List.of(statement.section()), section -> false);
    }

    /**
     * Another history policy.
     *
     * @param policy the policy that the account has from now on
     * @return a change that states it in the place of the one before
     */
    public static BundleChange policy(HistoryPolicy policy) {
        return new BundleChange(
                policy.section().stream().toList(), section -> section.suite().equals(HistoryPolicy.SECTION));
    }

    List<KeySection> added() {
        return added;
    }

    boolean leavesOut(KeySection section) {
        return leftOut.test(section);
    }
}
