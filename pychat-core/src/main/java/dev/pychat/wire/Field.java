package dev.pychat.wire;

/**
 * A name in a header and the kind of its value. Fields are compared by identity: each is made once.
 *
 * @param name the JSON name
 * @param kind how its value is read and written
 * @param <T> the type of the value
 */
record Field<T>(String name, Kind<T> kind) {

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
