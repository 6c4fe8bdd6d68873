package dev.pychat.server;

import dev.pychat.model.Username;
import dev.pychat.store.AccountStore;
import dev.pychat.store.StoreException;
import java.util.List;

/**
 * Finds names that people take for one another. User names are of ASCII, so nothing of another alphabet can stand in for a letter;
 * what is left are the characters that one font or another draws alike. The accounts are asked for beginnings of names that look
 * like the one wanted, so no index is kept, and names that were there before stay.
 *
 * <p>Stateless apart from its store; used for one search.
 */
final class LookAlikes {

    /** Each row is one look. The first of it stands for all. */
    private static final List<List<String>> LOOKS = List.of(
            List.of("m", "rn"), List.of("w", "vv"), List.of("o", "0"), List.of("i", "l", "1"), List.of("-", "_", "."));

    /** Reached only where hundreds of accounts have names that begin like the one wanted, looked at with half-closed eyes. */
    private static final int MOST_QUESTIONS = 1_000;

    private final AccountStore accounts;
    private final Username wanted;
    private int questions;

    private LookAlikes(AccountStore accounts, Username wanted) {
        this.accounts = accounts;
        this.wanted = wanted;
    }

    /** Whether somebody has another name that looks like this one, or there are too many beginnings of such names to tell. */
    static boolean exist(AccountStore accounts, Username wanted) throws StoreException {
        return new LookAlikes(accounts, wanted).below("", wanted.value());
    }

    private boolean below(String begun, String rest) throws StoreException {
        if (begun.length() > Username.MAX_LENGTH) {
            return false;
        }
        if (questions > MOST_QUESTIONS) {
            return true;
        }
        if (rest.isEmpty()) {
            return !begun.equals(wanted.value()) && begins(begun, true);
        }
        for (List<String> look : LOOKS) {
            for (String drawn : look) {
                if (rest.startsWith(drawn)) {
                    return withAny(look, begun, rest.substring(drawn.length()));
                }
            }
        }
        return below(begun + rest.charAt(0), rest.substring(1));
    }

    private boolean withAny(List<String> look, String begun, String rest) throws StoreException {
        for (String drawn : look) {
            if (begins(begun + drawn, false) && below(begun + drawn, rest)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a name that begins so, or is so. */
    private boolean begins(String prefix, boolean whole) throws StoreException {
        if (++questions > MOST_QUESTIONS) {
            return true;
        }
        List<Username> first = accounts.users(prefix, "", 1).names();
        return !first.isEmpty() && (!whole || first.get(0).value().equals(prefix));
    }
}
