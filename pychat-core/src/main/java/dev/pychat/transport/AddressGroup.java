package dev.pychat.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Whom an address stands for, where addresses are counted: an IPv4 address for itself, an IPv6 address for its network of 64 bits,
 * since whoever has one address of such a network has all of them. Stateless.
 */
public final class AddressGroup {

    private static final int NETWORK = 8;

    private AddressGroup() {}

    /**
     * The group of an address.
     *
     * @param address an address as {@link Connection#remoteAddress()} gives it
     * @return what is counted: the same text for all addresses of one group
     */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            if (bytes.length == 2 * NETWORK) {
                Arrays.fill(bytes, NETWORK, bytes.length, (byte) 0);
            }
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            return address;
        }
    }
}
