#include "record/detail/rows.hpp"

namespace kansli::record::detail {

namespace {

std::optional<std::string_view> optional_view(const store::Statement& statement, int column) {
    const auto view = statement.view(column);
    if (view.empty() && statement.is_null(column)) return std::nullopt;
    return view;
}

std::string_view given(const std::optional<std::string_view>& text) {
    return text.value_or(std::string_view());
}

std::optional<std::string_view> unless_empty(std::string_view text) {
    if (text.empty()) return std::nullopt;
    return text;
}

constexpr std::string_view checkpoint_columns =
    "SELECT number, first, format, moment, head, root, previous, key, signature FROM record_checkpoint ";

Checkpoint checkpoint_of(const store::Statement& row) {
    return {.first = row.integer(1),
            .format = row.text(2),
            .head = row.text(4),
            .key = row.text(7),
            .moment = row.text(3),
            .number = row.integer(0),
            .previous = row.text(6),
            .root = row.text(5),
            .signature = row.text(8)};
}

Result<std::optional<Checkpoint>> one_checkpoint(store::Statement& row) {
    std::optional<Checkpoint> found;
    if (TRY(row.step())) found = checkpoint_of(row);
    return found;
}

}  // namespace

Row row_of(const store::Statement& statement) {
    Row row;
    row.number = statement.integer(0);
    row.format = statement.integer(1);
    row.moment = statement.view(2);
    row.actor = statement.view(3);
    row.kind = statement.view(4);
    row.subject = statement.view(5);
    row.salt = optional_view(statement, 6);
    row.content = optional_view(statement, 7);
    row.content_hash = optional_view(statement, 8);
    row.previous = statement.view(9);
    row.hash = statement.view(10);
    return row;
}

Result<Entry> entry_of(const store::Statement& statement) {
    const auto row = row_of(statement);
    return Entry{.number = row.number,
                 .moment = TRY(parse_timestamp(row.moment)),
                 .actor = std::string(row.actor),
                 .kind = std::string(row.kind),
                 .subject = std::string(row.subject),
                 .content = std::string(given(row.content)),
                 .previous = std::string(row.previous),
                 .hash = std::string(row.hash),
                 .format = static_cast<int>(row.format),
                 .salt = std::string(given(row.salt)),
                 .content_hash = std::string(given(row.content_hash))};
}

Row row_of(const Entry& entry, std::string_view moment) {
    Row row;
    row.number = entry.number;
    row.format = entry.format;
    row.moment = moment;
    row.actor = entry.actor;
    row.kind = entry.kind;
    row.subject = entry.subject;
    row.salt = unless_empty(entry.salt);
    row.content = unless_empty(entry.content);
    row.content_hash = unless_empty(entry.content_hash);
    row.previous = entry.previous;
    row.hash = entry.hash;
    return row;
}

Result<Head> load_head(store::Connection& connection) {
    auto& row = TRY(connection.prepare("SELECT number, hash FROM record_head")).get();
    if (!TRY(row.step())) return fail(ErrorCode::corrupt, "Protokollets ände saknas.", "record_head");
    Head head{row.integer(0), row.text(1)};
    TRY(row.run());
    return head;
}

Result<std::vector<Checkpoint>> load_checkpoints(store::Connection& connection, std::int64_t from) {
    auto& rows =
        TRY(connection.prepare(std::string(checkpoint_columns) + "WHERE number >= ?1 ORDER BY number")).get();
    rows.bind(from);
    std::vector<Checkpoint> found;
    while (TRY(rows.step()))
        found.push_back(checkpoint_of(rows));
    return found;
}

Result<std::optional<Checkpoint>> last_checkpoint(store::Connection& connection) {
    auto& row =
        TRY(connection.prepare(std::string(checkpoint_columns) + "ORDER BY number DESC LIMIT 1")).get();
    return one_checkpoint(row);
}

Result<std::optional<Checkpoint>> checkpoint_over(store::Connection& connection, std::int64_t number) {
    auto& row = TRY(connection.prepare(std::string(checkpoint_columns) +
                                       "WHERE number >= ?1 ORDER BY number LIMIT 1"))
                    .get();
    return one_checkpoint(row.bind(number));
}

Result<void> store_checkpoint(store::Connection& connection, const Checkpoint& checkpoint) {
    TRY(connection.execute("INSERT INTO record_checkpoint VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                           checkpoint.number, checkpoint.first, checkpoint.format, checkpoint.moment,
                           checkpoint.head, checkpoint.root, checkpoint.previous, checkpoint.key,
                           checkpoint.signature));
    return connection.execute("UPDATE record_checkpoint_head SET number = ?1, hash = ?2", checkpoint.number,
                              hash_of(checkpoint));
}

Result<bool> has_table(store::Connection& connection, std::string_view name) {
    auto& row =
        TRY(connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1")).get();
    return row.bind(name).step();
}

Result<bool> has_formats(store::Connection& connection) {
    auto& row =
        TRY(connection.prepare("SELECT 1 FROM pragma_table_info('record') WHERE name = 'format'")).get();
    return row.step();
}

}  // namespace kansli::record::detail
