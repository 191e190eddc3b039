#include "documents/detail/batches.hpp"

#include <utility>

#include "documents/detail/rows.hpp"

namespace kansli::documents::detail {

namespace {

// A batch that goes on after a restart acts for the person who began it, with no more than the right to import and to see what they
// saw when they began.
Batch read_batch(const store::Statement& row) {
    Batch batch;
    batch.number = row.integer(0);
    batch.options.collection = row.text(1);
    batch.caller.id = access::UserId(row.text(2));
    batch.caller.name = row.text(3);
    batch.caller.roles = {access::Role::editor};
    batch.caller.groups = access_list(row.view(6));
    if (row.integer(7) != 0) batch.caller.roles.push_back(access::Role::administrator);
    if (auto given = json::parse(row.view(4))) batch.options.given = attributes_from(*given);
    if (auto id = row.optional_text(5)) batch.options.as_version_of = DocumentId(*std::move(id));
    return batch;
}

}  // namespace

Result<Batch> create_batch(store::Connection& connection, const access::Caller& caller,
                           const ImportOptions& options, std::vector<BatchFile>& files, Timestamp moment) {
    TRY(connection.execute(
        "INSERT INTO documents_batch (collection, caller_id, caller_name, given, as_version_of, started, "
        "principals, administers) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        options.collection, caller.id.str(), access::account_name(caller),
        json::write(to_json(options.given)),
        options.as_version_of ? std::optional(options.as_version_of->str()) : std::optional<std::string>{},
        to_string(moment), access_text(access::principals_of(caller)),
        access::may(caller, access::Right::administer)));
    Batch batch{connection.last_row_id(), caller, options};
    for (BatchFile& file : files) {
        TRY(
            connection.execute("INSERT INTO documents_batch_file (batch, name, path, sidecar, state) VALUES "
                               "(?1, ?2, ?3, ?4, 'open')",
                               batch.number, file.name, file.path.string(), file.sidecar));
        file.number = connection.last_row_id();
    }
    return batch;
}

Result<std::vector<Batch>> open_batches(store::Connection& connection) {
    store::Statement& rows = TRY(connection.prepare(
        "SELECT number, collection, caller_id, caller_name, given, as_version_of, principals, administers "
        "FROM documents_batch "
        "WHERE finished IS NULL ORDER BY number"));
    rows.bind();
    std::vector<Batch> batches;
    while (TRY(rows.step()))
        batches.push_back(read_batch(rows));
    return batches;
}

Result<std::vector<BatchFile>> open_files(store::Connection& connection, std::int64_t batch) {
    store::Statement& rows =
        TRY(connection.prepare("SELECT number, name, path, sidecar, hash FROM documents_batch_file WHERE "
                               "batch = ?1 AND state = 'open' ORDER BY number"));
    rows.bind(batch);
    std::vector<BatchFile> files;
    while (TRY(rows.step()))
        files.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
    return files;
}

Result<void> set_hash(store::Connection& connection, std::int64_t file, std::string_view hash) {
    return connection.execute("UPDATE documents_batch_file SET hash = ?2 WHERE number = ?1", file, hash);
}

Result<void> set_state(store::Connection& connection, std::int64_t file, FileState state) {
    const std::string_view word = state == FileState::failed      ? "failed"
                                  : state == FileState::cancelled ? "cancelled"
                                                                  : "done";
    return connection.execute("UPDATE documents_batch_file SET state = ?2 WHERE number = ?1", file, word);
}

Result<void> close_batch(store::Connection& connection, std::int64_t batch, Timestamp moment) {
    if (!TRY(open_files(connection, batch)).empty()) return {};
    TRY(connection.execute("UPDATE documents_batch SET finished = ?2 WHERE number = ?1", batch,
                           to_string(moment)));
    return connection.execute("DELETE FROM documents_batch_file WHERE batch = ?1", batch);
}

}  // namespace kansli::documents::detail
