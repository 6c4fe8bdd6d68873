package dev.pychat.server;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.AccountStore;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.StoreException;
import dev.pychat.wire.Credential;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Hello;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.LogOut;
import dev.pychat.wire.PasswordSalt;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.ProtocolVersion;
import dev.pychat.wire.Resume;
import dev.pychat.wire.Session;
import dev.pychat.wire.SignUp;
import dev.pychat.wire.Welcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How a connection comes to speak for an account. Confined to the connection's queue. */
final class SignIn {

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Many times what a store needs to find a salt or a token, and little beside the log-in that follows. */
    private static final Duration LOOK_UP_TIME = Duration.ofMillis(10);

    private final Engine engine;
    private final ClientConnection connection;
    private boolean underWay;

    SignIn(Engine engine, ClientConnection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    void hello(Hello frame) {
        if (connection.isGreeted()) {
            connection.end(ErrorCode.HELLO_REQUIRED, "hello came twice, it is the first frame only");
            return;
        }
        Optional<ProtocolVersion> version = ProtocolVersion.common(frame.versions());
        if (version.isEmpty()) {
            connection.end(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "versions " + frame.versions() + " offered, this server speaks "
                            + ProtocolVersion.CURRENT.number());
            return;
        }
        connection.greeted();
        connection.answer(new Welcome(
                frame.id(),
                version.get().number(),
                engine.stores().realm(),
                engine.options().agent(),
                connection.now(),
                engine.limits().wire(),
                engine.options().listing(),
                engine.kdfFloor()));
    }

    /**
     * Answers at a moment that is fixed when the question comes: to find a record and to find none takes a store not quite the
     * same time.
     */
    void passwordSalt(PasswordSalt frame) throws StoreException {
        long asked = engine.nanoTime();
        Optional<LoginRecord> login = engine.stores().accounts().login(frame.user());
        Bytes decoy = engine.decoySalts().of(frame.user());
        Bytes salt = login.map(LoginRecord::salt).orElse(decoy);
        KdfCost kdf = login.map(SignIn::cost).orElse(engine.usualKdf());
        PasswordSaltIs answer = new PasswordSaltIs(frame.id(), salt, kdf);
        atFixedMoment(asked, () -> connection.answer(answer));
    }

    private void atFixedMoment(long asked, Runnable answer) {
        Duration left = LOOK_UP_TIME.minusNanos(engine.nanoTime() - asked);
        engine.later(left, () -> connection.execute(answer));
    }

    void signUp(SignUp frame) throws PychatException {
        begin(frame.device());
        engine.requireCost(frame.kdf());
        engine.signUps().take(connection.address(), 1);
        AccountStore accounts = engine.stores().accounts();
        if (accounts.login(frame.user()).isEmpty() && LookAlikes.exist(accounts, frame.user())) {
            throw new RefusalException(
                    ErrorCode.NAME_TAKEN, "the name " + frame.user() + " looks like one that somebody else has");
        }
        finish(
                frame.id(),
                engine.hashes().hash(connection.address(), frame.secret().value()),
                hash -> {
                    KdfCost kdf = frame.kdf();
                    LoginRecord login = new LoginRecord(frame.salt(), kdf.memory(), kdf.passes(), kdf.lanes(), hash);
                    NewAccount wanted = new NewAccount(frame.user(), frame.attempt(), login, connection.now());
                    AccountStore.Creation creation = engine.stores().accounts().create(wanted);
                    switch (creation) {
                        case CREATED -> session(frame.id(), frame.user(), login, frame.device());
                        case ALREADY_YOURS -> signUpAgain(frame);
                        case TAKEN -> throw taken(frame.user());
                    }
                });
    }

    /** A retry of an attempt that had succeeded: it must bring the secret of that time. */
    private void signUpAgain(SignUp frame) throws PychatException {
        Optional<LoginRecord> login = engine.stores().accounts().login(frame.user());
        String hash = login.map(LoginRecord::hash).orElse(engine.hashes().decoy());
        CompletionStage<Boolean> checked =
                engine.hashes().matches(connection.address(), frame.secret().value(), hash);
        finish(frame.id(), checked, matches -> {
            if (!matches || login.isEmpty()) {
                throw taken(frame.user());
            }
            session(frame.id(), frame.user(), login.get(), frame.device());
        });
    }

    void logIn(LogIn frame) throws PychatException {
        begin(frame.device());
        AttemptLimiter.Attempt attempt = engine.attempts().begin(frame.user(), connection.address());
        Optional<LoginRecord> login = engine.stores().accounts().login(frame.user());
        String hash = login.map(LoginRecord::hash).orElse(engine.hashes().decoy());
        CompletionStage<Boolean> checked =
                engine.checked(attempt, frame.secret().value(), hash);
        finish(frame.id(), checked, matches -> {
            if (!matches || login.isEmpty()) {
                throw badCredentials();
            }
            engine.attempts().succeeded(attempt);
            session(frame.id(), frame.user(), login.get(), frame.device());
        });
    }

    /**
     * A good token is answered at once. A bad one is, like a name that nobody has, at a moment that is fixed when it comes, and
     * after the same look-ups; the address is asked for patience only then, so nobody's failures keep out who has a good one.
     */
    void resume(Resume frame) throws PychatException {
        begin(frame.device());
        long asked = engine.nanoTime();
        Bytes token = Bytes.random(engine.random(), Credential.SIZE);
        // Read before the token is used: what is changed in between ends the token, what is changed later is noticed.
        Optional<LoginRecord> login = engine.stores().accounts().login(frame.user());
        Instant now = connection.now();
        Instant expires = now.plus(engine.limits().tokenTime());
        Bytes presented = Sha256.of(frame.token().value());
        boolean good = engine.stores()
                .tokens()
                .rotate(frame.user(), frame.device(), presented, Sha256.of(token), now, expires);
        if (!good || login.isEmpty()) {
            refuseToResume(frame.id(), asked);
            return;
        }
        Member joining = Member.begin(engine, connection, frame.user(), frame.device(), login.get());
        join(frame.id(), joining, token, expires, badToken());
    }

    private void refuseToResume(long re, long asked) {
        underWay = true;
        atFixedMoment(asked, () -> {
            underWay = false;
            connection.run(re, () -> {
                engine.badTokens().take(connection.address(), 1);
                throw badToken();
            });
        });
    }

    void logOut(LogOut frame, Member member) throws StoreException {
        engine.stores().tokens().revoke(member.user(), member.device());
        connection.leave();
        connection.answer(Requests.done(frame.id()));
    }

    private void begin(DeviceId device) throws PychatException {
        if (connection.isMember()) {
            throw new RefusalException(ErrorCode.ALREADY_LOGGED_IN, "this connection has a session already");
        }
        if (underWay) {
            throw new BusyException("another log-in of this connection is under way", RETRY);
        }
        if (device.equals(DeviceId.ACCOUNT)) {
            throw new RefusalException(ErrorCode.INVALID, "the device id is all zero, it must be 16 random bytes");
        }
    }

    private void session(long re, Username user, LoginRecord checked, DeviceId device) throws PychatException {
        Bytes token = Bytes.random(engine.random(), Credential.SIZE);
        Instant expires = connection.now().plus(engine.limits().tokenTime());
        if (!engine.stores().tokens().put(user, checked, device, Sha256.of(token), connection.now(), expires)) {
            throw badCredentials();
        }
        Member joining = Member.begin(engine, connection, user, device, checked);
        join(re, joining, token, expires, badCredentials());
    }

    /** Looks once more now that the hints are listened to, or a change just before that would go unnoticed. */
    private void join(long re, Member joining, Bytes token, Instant expires, RefusalException over)
            throws PychatException {
        boolean holds = false;
        try {
            holds = joining.presence().holds();
        } finally {
            if (!holds) {
                joining.end();
            }
        }
        if (!holds) {
            throw over;
        }
        connection.join(joining);
        connection.answer(new Session(re, joining.user(), new Credential(token), expires));
    }

    /** What comes after hashing, on the connection's queue. */
    private <T> void finish(long re, CompletionStage<T> hashing, ClientConnection.After<T> after) {
        underWay = true;
        connection.after(
                re,
                hashing,
                result -> {
                    underWay = false;
                    after.run(result);
                },
                () -> underWay = false);
    }

    private static RefusalException badCredentials() {
        return new RefusalException(ErrorCode.BAD_CREDENTIALS, "this user name and this passphrase do not go together");
    }

    private static RefusalException badToken() {
        return new RefusalException(ErrorCode.BAD_TOKEN, "the token is not, or no longer, good");
    }

    private static RefusalException taken(Username name) {
        return new RefusalException(ErrorCode.NAME_TAKEN, "somebody else has the name " + name);
    }

    private static KdfCost cost(LoginRecord login) {
        return new KdfCost(login.memoryKiB(), login.iterations(), login.parallelism());
    }
}
