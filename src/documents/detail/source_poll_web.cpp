#include <array>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/file.hpp"
#include "core/hash.hpp"
#include "documents/detail/source_poll.hpp"

namespace kansli::documents::detail {

namespace {

// Piece by piece, since a page may be a large PDF.
Result<std::string> hash_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    Sha256 hash;
    std::array<char, std::size_t{64} << 10U> piece{};
    while (in.read(piece.data(), piece.size()) || in.gcount() > 0) {
        hash.update(std::string_view(piece.data(), static_cast<std::size_t>(in.gcount())));
    }
    if (!in.eof()) return fail(ErrorCode::internal, "Den hämtade sidan kan inte läsas.");
    return hash.finish();
}

}  // namespace

Result<void> Poll::read_pages() {
    // What a crash left there is nobody's: one reading of a source at a time.
    std::error_code ignored;
    std::filesystem::remove_all(tools_.workspace / "pages", ignored);
    const auto folder = TRY(TemporaryFolder::create(tools_.workspace / "pages"));
    for (const std::string& address : source_.locations) {
        TRY(check_stop());
        if (silent_.contains(host_of(address))) {
            trouble(address, "Servern svarar inte.");
            continue;
        }
        TRY(read_page(address, folder.path() / "page"));
    }
    if (troubles_.size() < source_.locations.size() || silent_.empty()) return {};
    return fail(ErrorCode::unavailable, "Ingen av sidorna kunde hämtas.", troubles_.front(),
                "Kontrollera adresserna och att servern når dem.");
}

Result<void> Poll::read_page(const std::string& address, const std::filesystem::path& target) {
    const ItemRow known = TRY(known_item(address));
    // Conditions only when what they stand for has been dealt with.
    const bool conditional = !known.stamp.empty();
    const auto fetched = tools_.fetcher.fetch(address, conditional ? known.etag : "",
                                              conditional ? known.last_modified : "", target);
    if (!fetched) return page_failed(known, fetched.error());
    if (conditional && fetched->not_modified) return page_unchanged(known, *fetched);
    auto hash = hash_of(target);
    if (!hash) {
        trouble(address, hash.error().message);
        return {};
    }
    if (*hash == known.stamp) return page_unchanged(known, *fetched);
    return import_page(known, *fetched,
                       {{.path = target, .name = address},
                        {.name = address,
                         .stamp = *std::move(hash),
                         .etag = fetched->etag,
                         .last_modified = fetched->last_modified}});
}

Result<void> Poll::page_failed(const ItemRow& known, const Error& error) {
    bool had_documents = false;
    TRY(tools_.database.read([&](store::Connection& connection) -> Result<void> {
        had_documents = !TRY(documents_of(connection, source_.id, known.name)).empty();
        return {};
    }));
    if (error.code == ErrorCode::cancelled) return Failure(error);
    if (error.code == ErrorCode::not_found && had_documents) {
        return known.gone ? Result<void>() : move({known.name}, {});
    }
    if (error.code == ErrorCode::unavailable) silent_.emplace(host_of(known.name));
    trouble(known.name, in_words(error));
    return {};
}

Result<void> Poll::page_unchanged(ItemRow known, const Fetched& fetched) {
    ++report_.unchanged;
    if (!fetched.not_modified &&
        (fetched.etag != known.etag || fetched.last_modified != known.last_modified)) {
        known.etag = fetched.etag;
        known.last_modified = fetched.last_modified;
        TRY(tools_.database.write([&](store::Connection& connection) -> Result<void> {
            TRY(load_source(connection, source_.id));
            return save_item(connection, source_.id, known);
        }));
    }
    return known.gone ? move({}, {known.name}) : Result<void>();
}

Result<void> Poll::import_page(const ItemRow& known, const Fetched& fetched, Candidate page) {
    bool is_new = false;
    bool taken = false;
    TRY(tools_.database.read([&](store::Connection& connection) -> Result<void> {
        is_new = TRY(documents_of(connection, source_.id, known.name)).empty();
        taken = TRY(is_taken(connection, source_, known.name));
        return {};
    }));
    if (taken) {
        trouble(known.name, "En annan källa i samlingen hämtar redan den adressen.");
        return {};
    }
    ImportOptions options{.collection = source_.collection};
    options.given.source = known.name;
    // Only at first: what a person says of it later stays.
    if (is_new && fetched.content_type.starts_with("text/html")) options.given.kind = DocumentKind::web_page;
    if (known.gone) TRY(move({}, {known.name}));
    return import({std::move(page)}, options);
}

}  // namespace kansli::documents::detail
