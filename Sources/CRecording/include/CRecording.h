#pragma once

/// What Recording needs of C: functions that Swift can't call, since they are variadic or want a C callback.

struct sqlite3;

/// Lets SQLite take `file:` URIs; only before its first use, and needless where it was built so.
void crecording_use_uris(void);

/// Before anything is read from a file of unknown origin: nothing in its schema runs, sizes and depths have
/// bounds, and no query has more than the steps that `crecording_allow_steps` gave. SQLite's error code.
int crecording_defend(struct sqlite3 *database);

/// The next queries on this thread, all together, have this many steps of SQLite's machine.
void crecording_allow_steps(long long steps);

/// Closing the last connection leaves the log alone.
int crecording_keep_log(struct sqlite3 *database);

/// rename(2) that replaces nothing; EEXIST where something is. 0 or -1, as rename does.
int crecording_rename_new(const char *from, const char *to);

/// Two files change places at once. EINVAL or ENOSYS where the file system can't.
int crecording_exchange(const char *one, const char *other);

/// Whether another process holds a lock on this byte of the file: 1, 0, or -1 where that can't be told.
int crecording_is_locked(int descriptor, long long byte);
