#include "record/detail/chain.hpp"

#include <fmt/format.h>

#include "core/hash.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace kansli::record::detail {

namespace {

// A JSON text literal.
std::string literal(std::string_view text) {
    json::Writer writer;
    writer.string(text);
    return writer.take();
}

bool is_canonical(const std::string& content) {
    const auto canonical = json::canonical(content);
    return canonical && *canonical == content;
}

// Whether the entry says the same as when it was hashed. Content that is not canonical JSON could end early and go on as
// other fields, so it never is.
bool holds_in_itself(const Entry& entry) {
    return is_text(entry.actor) && is_text(entry.kind) && is_text(entry.subject) &&
           is_canonical(entry.content) && sha256(hashed_bytes(entry)) == entry.hash;
}

}  // namespace

bool is_text(std::string_view text) {
    const auto parsed = json::parse(literal(text));
    return parsed && parsed->as_string() != nullptr && *parsed->as_string() == text;
}

std::string_view no_previous() {
    return "0000000000000000000000000000000000000000000000000000000000000000";
}

std::string hashed_bytes(const Entry& entry) {
    return fmt::format(
        R"({{"actor":{},"content":{},"kind":{},"moment":{},"number":{},"previous":{},"subject":{}}})",
        literal(entry.actor), entry.content, literal(entry.kind), literal(to_string(entry.moment)),
        entry.number, literal(entry.previous), literal(entry.subject));
}

std::optional<std::string> ChainCheck::next(const Entry& entry) {
    if (entry.number != count_ + 1) {
        return fmt::format("anteckningen saknas; nästa som finns är nummer {}.", entry.number);
    }
    const bool whole = holds_in_itself(entry);
    const bool follows = entry.previous == head_;
    if (!whole && follows) return "innehållet har ändrats sedan det skrevs.";
    if (!whole) return "en annan anteckning har lagts eller flyttats hit.";
    if (!follows) return "anteckningen före är inte den som fanns när den här skrevs.";
    ++count_;
    head_ = entry.hash;
    return std::nullopt;
}

}  // namespace kansli::record::detail
