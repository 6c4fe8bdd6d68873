package dev.pychat.store.internal.tree;

/**
 * All trees in one transaction; the package draws them. Confined to the transaction's thread.
 *
 * @param cells what the engine has of them
 */
public record Trees(Cells cells) {

    /**
     * One of them.
     *
     * @param name which
     * @return the tree
     */
    public Tree tree(TreeName name) {
        return new Tree(cells, name);
    }

    Tree installation() {
        return tree(TreeName.INSTALLATION);
    }

    Tree accounts() {
        return tree(TreeName.ACCOUNTS);
    }

    Tree tombstones() {
        return tree(TreeName.TOMBSTONES);
    }

    Tree vaults() {
        return tree(TreeName.VAULTS);
    }

    Tree tokens() {
        return tree(TreeName.TOKENS);
    }

    Tree bundles() {
        return tree(TreeName.BUNDLES);
    }

    Tree epochs() {
        return tree(TreeName.EPOCHS);
    }

    Tree pools() {
        return tree(TreeName.POOLS);
    }

    Tree oneTimeKeys() {
        return tree(TreeName.ONE_TIME_KEYS);
    }

    Tree blocks() {
        return tree(TreeName.BLOCKS);
    }

    Tree conversations() {
        return tree(TreeName.CONVERSATIONS);
    }

    Tree inboxes() {
        return tree(TreeName.INBOXES);
    }

    Tree ledgers() {
        return tree(TreeName.LEDGERS);
    }

    Tree messages() {
        return tree(TreeName.MESSAGES);
    }
}
