#include "record/detail/chain.hpp"

#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

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

// ASCII that JSON writes as it is. Looks at every character rather than stopping at the first, so that the compiler can
// look at sixteen at a time.
bool is_plain(std::string_view text) {
    unsigned strange = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        strange |= static_cast<unsigned>(byte < 0x20 || byte > 0x7e || byte == '"' || byte == '\\');
    }
    return strange == 0;
}

bool is_canonical(std::string_view content) {
    const auto canonical = json::canonical(content);
    return canonical && *canonical == content;
}

bool equal(const Digest& digest, std::string_view digits) {
    const auto expected = to_hex(digest);
    return digits == std::string_view(expected.data(), expected.size());
}

// In format 1 the content stands in the link as it is. If it were not canonical JSON it could end early and go on as other
// fields.
bool has_fields_of_format(const Row& row) {
    if (row.format == 1) return !row.salt && !row.content_hash && row.content && is_canonical(*row.content);
    return row.format == 2 && row.content_hash;
}

}  // namespace

bool is_text(std::string_view text) {
    const auto parsed = json::parse(literal(text));
    return parsed && parsed->as_string() != nullptr && *parsed->as_string() == text;
}

std::string_view no_previous() {
    return "0000000000000000000000000000000000000000000000000000000000000000";
}

bool LinkHasher::add_text(std::string_view text) {
    if (is_plain(text)) {
        bytes_ += '"';
        bytes_ += text;
        bytes_ += '"';
        return true;
    }
    if (text != seen_) {
        seen_ = text;
        seen_literal_ = literal(text);
        seen_is_text_ = is_text(text);
    }
    bytes_ += seen_literal_;
    return seen_is_text_;
}

bool LinkHasher::add_fields(const Row& row) {
    bytes_ += R"({"actor":)";
    bool good = add_text(row.actor);
    bytes_ += R"(,"content":)";
    if (row.format == 1) {
        bytes_ += *row.content;
    } else {
        good = add_text(*row.content_hash) && good;
        bytes_ += R"(,"format":2)";
    }
    bytes_ += R"(,"kind":)";
    good = add_text(row.kind) && good;
    bytes_ += R"(,"moment":)";
    good = add_text(row.moment) && good;
    bytes_ += R"(,"number":)";
    std::array<char, 24> number{};
    bytes_.append(number.data(), std::to_chars(number.begin(), number.end(), row.number).ptr);
    bytes_ += R"(,"previous":)";
    good = add_text(row.previous) && good;
    bytes_ += R"(,"subject":)";
    good = add_text(row.subject) && good;
    bytes_ += '}';
    return good;
}

std::optional<std::string_view> LinkHasher::bytes_of(const Row& row) {
    if (!has_fields_of_format(row)) return std::nullopt;
    bytes_.clear();
    if (!add_fields(row)) return std::nullopt;
    return bytes_;
}

std::optional<Digest> LinkHasher::link_hash(const Row& row) {
    const auto bytes = bytes_of(row);
    if (!bytes) return std::nullopt;
    sha_.update(*bytes);
    return sha_.finish_bytes();
}

std::optional<Digest> LinkHasher::content_hash(std::string_view salt, std::string_view content) {
    std::array<std::uint8_t, 16> raw{};
    if (!from_hex(salt, raw.data(), raw.size())) return std::nullopt;
    sha_.update({reinterpret_cast<const char*>(raw.data()), raw.size()});
    sha_.update(content);
    return sha_.finish_bytes();
}

std::optional<std::string> ChainCheck::broken_content(const Row& row) {
    if (row.format == 1 || row.content_removed()) return std::nullopt;
    if (row.salt && row.content) {
        const auto digest = hasher_.content_hash(*row.salt, *row.content);
        if (digest && equal(*digest, *row.content_hash)) return std::nullopt;
    }
    return "innehållet har ändrats sedan det skrevs.";
}

std::optional<std::string> ChainCheck::next(const Row& row) {
    if (row.number != count_ + 1) {
        return fmt::format("anteckningen saknas; nästa som finns är nummer {}.", row.number);
    }
    const auto digest = hasher_.link_hash(row);
    const bool whole = digest && equal(*digest, row.hash);
    const bool follows = row.previous == head_;
    if (!whole && follows) return "innehållet har ändrats sedan det skrevs.";
    if (!whole) return "en annan anteckning har lagts eller flyttats hit.";
    if (!follows) return "anteckningen före är inte den som fanns när den här skrevs.";
    if (auto reason = broken_content(row)) return reason;
    ++count_;
    head_.assign(row.hash);
    digest_ = *digest;
    return std::nullopt;
}

}  // namespace kansli::record::detail
