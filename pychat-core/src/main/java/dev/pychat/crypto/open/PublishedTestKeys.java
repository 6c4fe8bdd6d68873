package dev.pychat.crypto.open;

import java.util.Set;

/**
 * The SHA-256 fingerprints of the RSA key pairs that are committed for tests. Their private halves are public, so production
 * code refuses them.
 */
final class PublishedTestKeys {

    private static final Set<String> FINGERPRINTS = Set.of(
            "350dc09a0eef1c7bd3267ac56a74509c19b1be052382691be60400593568e851",
            "5704697827fdcc479a67c5607331f101599c5e3b2e019902af91ec67ee3a9849",
            "7cc1a707aa68b14b0958bebcef3aa6e998ed688db2e3eb4853c934550eb95c24",
            "c5b06bb6df68760e95ad8e4611d70ee9feddc4458ed4cb6547444a05c1237210",
            "8ddd3d3bca6f2cc703496cca34d499c54d1e1502b78b10ea2c44b0edec107448",
            "7574d41573fb4a83e049efa0e8ee3b37983d08aad63a8b770443bd2367e6a046",
            "67d2d1e69def22b128bef03bdc9266d189d1b1a0786978c261ee7db4e737a749",
            "d251ef5dca18fa3abb736af04f40dc3f51bbc8ecf564e0fdc4a98fda41597f68",
            "1bd255cb8c8c7432cd03b9fb79dbb859911499757d4daf4ab4602f2151b03e86",
            "e40068f4845ff7cf144db6dbc969c71a3f20c74ab97382af6477fc4c251b79a3",
            "d3a5f9d6dc5aa01399973444c184f138bd0c85e0ff2fcd45d320af426b1c3c1f",
            "2d901a45676d1ad7a4a5be2c0d1ecf70d3260b59eea09192502b990684660a91",
            "9776c0f5af12621a831fc385e451aadef13a59f9228071abeef632d2b30ac1e7",
            "2d0a4af7ea8969e550b3c878403c2ce76302b3ca142e4bc0def5ff53af774e38",
            "652b8749025a391f7cad2fc40f70499af88308762a39cfb1b687550aa49514bd",
            "dd69d357d4740d634b1c374b64e7ed5ddaf68561bbf631442113d51d362cfc7c");

    private PublishedTestKeys() {}

    static boolean contain(RsaPublicKey key) {
        return FINGERPRINTS.contains(Sha256.of(key.subjectPublicKeyInfo()).hex());
    }
}
