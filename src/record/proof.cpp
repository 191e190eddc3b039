#include "record/proof.hpp"

#include <fmt/format.h>

#include "json/binder.hpp"
#include "record/detail/chain.hpp"
#include "record/detail/merkle.hpp"

namespace kansli::record {

namespace {

Failure does_not_hold(std::string message) {
    return fail(ErrorCode::corrupt, std::move(message), {}, "Begär ett nytt bevis från kommunen.");
}

std::optional<std::string> given(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

bool equal(const Digest& digest, std::string_view digits) {
    const auto expected = to_hex(digest);
    return digits == std::string_view(expected.data(), expected.size());
}

detail::Row row_of(const ProvedEntry& entry) {
    detail::Row row;
    row.number = entry.number;
    row.format = entry.format;
    row.moment = entry.moment;
    row.actor = entry.actor;
    row.kind = entry.kind;
    row.subject = entry.subject;
    row.salt = entry.salt;
    row.content = entry.content;
    row.content_hash = entry.content_hash;
    row.previous = entry.previous;
    row.hash = entry.hash;
    return row;
}

// The entry says what its hash was computed over. Gives the hash as bytes.
Result<Digest> digest_of(const ProvedEntry& entry) {
    detail::LinkHasher hasher;
    const auto row = row_of(entry);
    const auto digest = hasher.link_hash(row);
    if (!digest || !equal(*digest, entry.hash)) return does_not_hold("Anteckningen har ändrats.");
    if (row.format == 1 || row.content_removed()) return *digest;
    if (row.salt && row.content) {
        const auto content = hasher.content_hash(*row.salt, *row.content);
        if (content && equal(*content, *row.content_hash)) return *digest;
    }
    return does_not_hold("Anteckningens innehåll har ändrats.");
}

Result<void> check_path(const Proof& proof, const Digest& hash) {
    const auto& [first, number] = std::pair(proof.checkpoint.first, proof.checkpoint.number);
    if (proof.entry.number < first || proof.entry.number > number) {
        return does_not_hold("Kontrollpunkten gäller andra anteckningar än den här.");
    }
    std::vector<Digest> path(proof.path.size());
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (!from_hex(proof.path[i], path[i].data(), path[i].size()))
            return does_not_hold("Vägen till kontrollpunkten har ändrats.");
    }
    const auto root = detail::root_of_path(hash, static_cast<std::size_t>(proof.entry.number - first),
                                           static_cast<std::size_t>(number - first + 1), path);
    if (root && equal(*root, proof.checkpoint.root)) return {};
    return does_not_hold("Vägen från anteckningen leder inte till kontrollpunkten.");
}

}  // namespace

Result<ProvedEntry> shown_entry(const Entry& entry, bool with_content) {
    const auto where = fmt::format("anteckning {}", entry.number);
    if (with_content && entry.content_removed()) {
        return fail(ErrorCode::conflict, "Innehållet är borttaget.", where, "Begär beviset utan innehåll.");
    }
    if (!with_content && entry.format == 1) {
        return fail(
            ErrorCode::unsupported,
            "Anteckningen är skriven av en äldre version av Kansli och kan bara bevisas med innehåll.", where,
            "Begär beviset med innehåll.");
    }
    return ProvedEntry{.actor = entry.actor,
                       .content = with_content ? given(entry.content) : std::nullopt,
                       .content_hash = given(entry.content_hash),
                       .format = entry.format,
                       .hash = entry.hash,
                       .kind = entry.kind,
                       .moment = to_string(entry.moment),
                       .number = entry.number,
                       .previous = entry.previous,
                       .salt = with_content ? given(entry.salt) : std::nullopt,
                       .subject = entry.subject};
}

Result<void> check_entry(const ProvedEntry& entry) {
    TRY(digest_of(entry));
    return {};
}

std::string write_proof(const Proof& proof) {
    const auto value = json::parse(json::write(proof));
    // Nothing that is absent is written, so that nobody takes null for something.
    auto shown = value.value_or(json::Value());
    if (auto* members = shown["entry"].as_object()) {
        std::erase_if(*members, [](const json::Value::Member& member) { return member.second.is_null(); });
    }
    return json::pretty(shown) + "\n";
}

Result<Proof> check_proof(std::string_view file, const std::optional<PublicKey>& key) {
    auto proof = TRY(json::read<Proof>(file));
    if (proof.format != Proof{}.format) {
        return fail(ErrorCode::unsupported,
                    "Filen är inget bevis av ett slag som den här versionen känner till.", "/format");
    }
    const auto hash = TRY(digest_of(proof.entry));
    TRY(check_path(proof, hash));
    if (!is_signed(proof.checkpoint)) return does_not_hold("Kontrollpunktens underskrift stämmer inte.");
    if (key && key->hex() != proof.checkpoint.key) {
        return does_not_hold("Beviset är underskrivet med en annan nyckel än den du har angett.");
    }
    return proof;
}

}  // namespace kansli::record
