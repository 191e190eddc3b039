#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "archive/rule.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/library.hpp"
#include "json/describe.hpp"
#include "record/record.hpp"
#include "store/database.hpp"

// Release of public records (utlämnande, TF 2 kap. 15–16 §§): find, review for secrecy, mask, pack.
namespace kansli::archive {

// What is asked for. What is given must all fit; a kind is one of an entry or of a document.
struct ReleaseQuery {
    std::string person{};       // a name or a personal identity number
    std::string case_number{};  // a document's reference, or mentioned
    std::string words{};        // all of them, in any form and order
    std::string kind{};
    std::optional<Date> from{};
    std::optional<Date> to{};
};
KANSLI_DESCRIBE(ReleaseQuery, person, case_number, words, kind, from, to)

struct FoundItem {
    Stock stock = Stock::record;
    std::string id{};
    std::string kind{};
    std::string title{};
    std::string document{};  // of a version
    bool current = true;     // a version that is its document's text
    Timestamp moment{};
    access::InformationClass information_class = access::InformationClass::open;
    std::string snippet{};  // around the first place that was looked for
    int mentions = 0;       // of the person
};
KANSLI_DESCRIBE(FoundItem, stock, id, kind, title, document, current, moment, information_class, snippet,
                mentions)

struct FoundItems {
    std::vector<FoundItem> items{};  // the newest first, at most most_found
    std::int64_t total = 0;
};
KANSLI_DESCRIBE(FoundItems, items, total)
inline constexpr std::size_t most_found = 500;

// One thing by its name.
struct ItemName {
    Stock stock = Stock::record;
    std::string id{};

    friend bool operator==(const ItemName&, const ItemName&) = default;
};
KANSLI_DESCRIBE(ItemName, stock, id)

// A place that a person should look at before the text goes out. A program cannot decide on secrecy: what tells who somebody is
// is usually public in a public record, so no provision is proposed for it; for words of secrecy the usual one is.
struct MaskProposal {
    std::size_t start = 0;  // bytes of the text
    std::size_t end = 0;
    std::string reason{};  // "personnummer", "namn", "uppgift om hälsa"
    std::string provision{};
};
KANSLI_DESCRIBE(MaskProposal, start, end, reason, provision)

// A thing as it would go out, whole, with everything that names it in the text, so that all of it can be masked.
struct ReleaseDraft {
    Stock stock = Stock::record;
    std::string id{};
    std::string kind{};
    Timestamp moment{};
    std::string text{};
    std::string text_hash{};  // what masks refer to
    std::vector<MaskProposal> proposals{};
    std::string original{};  // ending of the original file; empty: there is none to go along
};
KANSLI_DESCRIBE(ReleaseDraft, stock, id, kind, moment, text, text_hash, proposals, original)

// A place that a person has decided to mask, and by which provision of offentlighets- och sekretesslagen.
struct Mask {
    std::size_t start = 0;
    std::size_t end = 0;
    std::string provision{};

    friend bool operator==(const Mask&, const Mask&) = default;
};
KANSLI_DESCRIBE(Mask, start, end, provision)

struct ReleaseItem {
    Stock stock = Stock::record;
    std::string id{};
    std::string text_hash{};
    std::vector<Mask> masks{};
    bool with_original = false;  // only without masks
};
KANSLI_DESCRIBE(ReleaseItem, stock, id, text_hash, masks, with_original)

// The kind of the entry by which a release is on record.
inline constexpr std::string_view release_kind = "records_released";

struct ReleaseOrder {
    std::string case_number{};               // of the request in the diary
    std::optional<std::string> recipient{};  // only when they have given it (TF 2 kap. 18 §)
    std::vector<ReleaseItem> items{};
};
KANSLI_DESCRIBE(ReleaseOrder, case_number, recipient, items)

struct ReleaseReport {
    std::int64_t entry = 0;  // of the record
    std::int64_t items = 0;
    std::int64_t masks = 0;
    std::string manifest{};  // SHA-256 of the list of checksums
};
KANSLI_DESCRIBE(ReleaseReport, entry, items, masks, manifest)

// The text with "[maskat: 25 kap. 1 § OSL]" in place of each mask. invalid_input: a mask without provision, outside the text, inside a
// character, or over another.
[[nodiscard]] Result<std::string> masked(std::string_view text, const std::vector<Mask>& masks);

// Finds, drafts and packs. Needs Right::protect; entries of the record also Right::audit, documents what the caller may read.
// Threads: any.
class Release {
  public:
    using Clock = std::function<Timestamp()>;
    Release(store::Database& database, documents::Library& library, record::Record& record,
            Clock clock = now);

    // Reads all texts, one by one, so it takes seconds where there is much; memory does not grow with what is found.
    // invalid_input when nothing is asked for; cancelled when told to stop.
    using Progress =
        std::function<void(std::int64_t done, std::int64_t all)>;  // so many of so many documents
    [[nodiscard]] Result<FoundItems> find(const access::Caller& caller, const ReleaseQuery& query,
                                          const Progress& progress = {}, const std::stop_token& stop = {});
    [[nodiscard]] Result<ReleaseDraft> draft(const access::Caller& caller, const ItemName& name);

    // Writes the package into `folder`, which is made: index.html, a page a thing, handlingar.json, originals, and SHA256SUMS in the
    // form that sha256sum reads. Writes to the record what went out, with which masks. conflict when a text is not the one that
    // was reviewed; then nothing is written.
    [[nodiscard]] Result<ReleaseReport> make(const access::Caller& caller, const ReleaseOrder& order,
                                             const std::filesystem::path& folder);

  private:
    store::Database& database_;
    documents::Library& library_;
    record::Record& record_;
    Clock clock_;
};

}  // namespace kansli::archive
