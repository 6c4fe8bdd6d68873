package dev.pychat.backup;

/** The types of records in a backup. Others are passed over. */
final class BackupRecord {

    static final int ACCOUNT = 1;
    static final int ENTRY = 2;
    static final int CONVERSATION = 3;
    static final int MESSAGE = 4;
    static final int RECOVERY_SECRET = 5;

    private BackupRecord() {}
}
