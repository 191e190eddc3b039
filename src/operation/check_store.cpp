#include <algorithm>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "access/attempts.hpp"
#include "access/credentials.hpp"
#include "access/secret_box.hpp"
#include "operation/checks.hpp"

namespace kansli::operation {

namespace {

constexpr std::int64_t whole_chain = 20'000;  // entries that are recomputed in a second or two
constexpr int page = 1000;
constexpr std::int64_t last_entries = 5'000;
constexpr std::size_t sample = 200;  // originals that are read in a quick check

constexpr auto restore_cure =
    "Stoppa Kansli, behåll mappen, och återställ med: kansli restore --from KOPIOR --to NY";

Finding whole(record::Record& record) {
    const auto chain = record.verify();
    if (!chain) return wrong("record", to_line(chain.error()), restore_cure);
    if (chain->first_broken) {
        return wrong(
            "record",
            fmt::format("Kedjan är bruten vid anteckning {}: {}", *chain->first_broken, chain->reason),
            "Behåll datamappen orörd och jämför med en säkerhetskopia.");
    }
    return fine("record", fmt::format("kedjan är hel: {} anteckningar", chain->entries));
}

// Whether the newest entries hang together, from the last backwards.
Finding newest(record::Record& record) {
    std::int64_t looked = 0;
    std::optional<record::Entry> after;
    while (looked < last_entries) {
        const auto before = after ? std::optional(after->number) : std::nullopt;
        const auto entries = record.entries({.before = before, .limit = page});
        if (!entries) return wrong("record", to_line(entries.error()), restore_cure);
        if (entries->empty()) break;
        for (const auto& entry : *entries) {
            if (after && (after->previous != entry.hash || after->number != entry.number + 1)) {
                return wrong("record", fmt::format("Kedjan är bruten vid anteckning {}.", after->number),
                             "Behåll datamappen orörd och jämför med en säkerhetskopia.");
            }
            after = entry;
            ++looked;
        }
    }
    return fine("record",
                fmt::format("de {} senaste anteckningarna hänger ihop; --deep räknar om alla", looked));
}

// Every so manyeth, so that a quick check reads from the whole of a large folder.
std::vector<std::string> some_of(const std::vector<std::string>& hashes) {
    std::vector<std::string> some;
    const auto step = std::max<std::size_t>(1, hashes.size() / sample);
    for (std::size_t i = 0; i < hashes.size(); i += step)
        some.push_back(hashes[i]);
    return some;
}

}  // namespace

Finding check_database(store::Database& database, Depth depth) {
    const auto checked = depth == Depth::deep ? database.check() : database.quick_check();
    if (!checked) return wrong("database", checked.error().message, restore_cure);
    return fine("database", depth == Depth::deep ? "varje sida och register är helt" : "sidorna är hela");
}

Finding check_record(record::Record& record, Depth depth) {
    const auto last = record.entries({.limit = 1});
    if (!last) return wrong("record", to_line(last.error()), restore_cure);
    const auto count = last->empty() ? 0 : last->front().number;
    return depth == Depth::deep || count <= whole_chain ? whole(record) : newest(record);
}

Finding check_signing_key(record::Checkpoints& checkpoints, const store::DataFolder& folder) {
    const auto made = checkpoints.list();
    if (!made) return wrong("signing", to_line(made.error()), restore_cure);
    std::error_code status;
    if (!std::filesystem::exists(folder.keys() / "record.pem", status)) {
        if (made->empty()) return fine("signing", "nyckeln görs när protokollet först skrivs under");
        return doubtful("signing",
                        "Protokollets nyckel finns inte; en ny görs när det skrivs under nästa gång.",
                        "Lägg tillbaka keys/record.pem. Finns den inte kvar: spara den nya publika nyckeln, "
                        "kansli record key.");
    }
    const auto key = checkpoints.public_key();
    if (!key) return wrong("signing", to_line(key.error()), "Lägg tillbaka keys/record.pem.");
    if (!made->empty() && made->back().key != key->hex()) {
        return doubtful(
            "signing", "Protokollet är senast underskrivet med en annan nyckel.",
            "Är mappen återställd ur en kopia är det väntat: spara den nya publika nyckeln, kansli "
            "record key. Är den inte det: kansli record verify.");
    }
    return fine("signing", "protokollets nyckel finns och är den som har skrivit under");
}

Finding check_second_factors(store::Database& database, const store::DataFolder& folder) {
    access::Attempts attempts;
    const access::SecretBox box(folder.path());
    const auto lost = access::Credentials(database, attempts, box).lost_second_factors();
    if (!lost) return wrong("codes", to_line(lost.error()), lost.error().advice);
    if (*lost == 0) return fine("codes", "koderna från telefonen går att kontrollera");
    return doubtful(
        "codes",
        fmt::format("{} personers koppling till telefonen går inte att läsa: nyckeln saknas.", *lost),
        "Lägg tillbaka keys/second-factors.key, eller låt dem logga in med en reservkod eller en "
        "länk och koppla appen på nytt.");
}

Finding check_originals(const store::DataFolder& folder, documents::Library& library, Depth depth) {
    const auto hashes = library.original_hashes();
    if (!hashes) return wrong("originals", to_line(hashes.error()), restore_cure);
    constexpr auto cure = "Hämta mappen files ur en säkerhetskopia och lägg tillbaka det som saknas.";
    const auto missing = std::ranges::count_if(
        *hashes, [&](const std::string& hash) { return !folder.file_path(hash).has_value(); });
    if (missing > 0) {
        return wrong("originals", fmt::format("{} av {} originalfiler saknas.", missing, hashes->size()),
                     cure);
    }
    const auto looked_at = depth == Depth::deep ? *hashes : some_of(*hashes);
    const auto changed = std::ranges::count_if(
        looked_at, [&](const std::string& hash) { return !folder.verify_file(hash).has_value(); });
    if (changed > 0) {
        return wrong("originals",
                     fmt::format("{} av {} lästa originalfiler har ändrats.", changed, looked_at.size()),
                     cure);
    }
    return fine("originals", fmt::format("{} finns, {} är lästa och hela", hashes->size(), looked_at.size()));
}

}  // namespace kansli::operation
