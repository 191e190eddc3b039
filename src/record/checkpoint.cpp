#include "record/checkpoint.hpp"

#include <fmt/format.h>

#include "core/hash.hpp"
#include "json/binder.hpp"

namespace kansli::record {

std::string statement_of(const Checkpoint& checkpoint) {
    return fmt::format(
        R"({{"first":{},"format":"{}","head":"{}","key":"{}","moment":"{}","number":{},"previous":"{}","root":"{}"}})",
        checkpoint.first, checkpoint.format, checkpoint.head, checkpoint.key, checkpoint.moment,
        checkpoint.number, checkpoint.previous, checkpoint.root);
}

std::string hash_of(const Checkpoint& checkpoint) {
    return sha256(statement_of(checkpoint));
}

bool is_signed(const Checkpoint& checkpoint) {
    if (checkpoint.format != Checkpoint{}.format) return false;
    const auto key = PublicKey::from_hex(checkpoint.key);
    return key && key->verifies(statement_of(checkpoint), checkpoint.signature);
}

std::string line_of(const Checkpoint& checkpoint) {
    return json::write(checkpoint) + "\n";
}

Result<Checkpoint> read_line(std::string_view line) {
    auto checkpoint = TRY(json::read<Checkpoint>(line));
    if (json::write(checkpoint) == line) return checkpoint;
    return fail(ErrorCode::invalid_input, "Raden är inte skriven som Kansli skriver den.");
}

}  // namespace kansli::record
