package dev.pychat.testkit.server;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.wire.ChangePassword;
import dev.pychat.wire.DeleteAccount;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.Resume;
import dev.pychat.wire.Session;
import dev.pychat.wire.SignUp;
import dev.pychat.wire.VaultPut;
import java.security.SecureRandom;
import java.util.function.LongFunction;

/** The frames of somebody called alice, who has a secret in words, and devices by number. */
final class Owner {

    static final Username ALICE = new Username("alice");
    static final KdfCost KDF = new KdfCost(16, 2, 1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Owner() {}

    static Bytes vault(int size) {
        return Bytes.random(RANDOM, size);
    }

    static DeviceId device(int number) {
        return RawClient.device("alice-" + number);
    }

    static LongFunction<LogIn> logIn(int device, String secret) {
        return id -> new LogIn(id, ALICE, device(device), RawClient.secret(secret));
    }

    static LongFunction<Resume> resume(int device, Session before) {
        return id -> new Resume(id, ALICE, device(device), before.token());
    }

    static LongFunction<VaultPut> put(String secret, long previous, long version, Bytes vault) {
        return id -> new VaultPut(id, RawClient.secret(secret), previous, version, vault);
    }

    static LongFunction<SignUp> signUp(String secret) {
        Bytes attempt = Bytes.random(RANDOM, 16);
        Bytes salt = Bytes.random(RANDOM, 32);
        return id -> new SignUp(id, ALICE, attempt, salt, KDF, device(0), RawClient.secret(secret));
    }

    static LongFunction<ChangePassword> change(String secret, String next, long previous, long version, Bytes vault) {
        return change(secret, next, KDF, previous, version, vault);
    }

    static LongFunction<ChangePassword> change(
            String secret, String next, KdfCost kdf, long previous, long version, Bytes vault) {
        Bytes salt = Bytes.random(RANDOM, 32);
        return id -> new ChangePassword(
                id, RawClient.secret(secret), salt, kdf, RawClient.secret(next), previous, version, vault);
    }

    static LongFunction<DeleteAccount> delete(String secret) {
        return id -> new DeleteAccount(id, RawClient.secret(secret));
    }

    /** Another device of alice's. */
    static RawClient device(TestServer server, int device, String secret) throws Exception {
        RawClient client = server.client();
        client.hello();
        client.ask(Session.class, logIn(device, secret));
        return client;
    }
}
