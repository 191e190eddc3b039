#include "settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "core/file.hpp"
#include "core/toml.hpp"

namespace kansli::app {

std::string_view settings_template() {
    return R"(# Inställningar för Kansli. Rader som börjar med # är förklaringar eller avstängda val.
# Starta om Kansli när du har ändrat något.

# Namnet som visas överst på sidan.
municipality = "Kommunen"

# Adressen som servern lyssnar på. Ändra bara om en annan dator ska nå den direkt; använd hellre en omvänd proxy med TLS.
address = "127.0.0.1"

# Adressen som webbläsare använder när det står en proxy framför, till exempel "https://kansli.kommunen.se".
# public_url = ""

# De enda värdar på internet som Kansli får hämta webbsidor från. Tom lista: inga utgående anrop alls.
allowed_hosts = []

# Värdar inne i organisationen, till exempel ett intranät, som Kansli får hämta sidor från.
internal_hosts = []

# Hur ofta protokollet skrivs under: efter så många minuter eller så många nya anteckningar, det som kommer först.
# checkpoint_minutes = 60
# checkpoint_entries = 1000
)";
}

namespace {

Result<std::int64_t> whole_number(const std::string& text, const std::string& key, const std::string& where) {
    std::int64_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = status == std::errc() && end == text.data() + text.size();
    if (whole && number >= 1 && number <= 1'000'000) return number;
    return fail(ErrorCode::invalid_input,
                "Inställningen \"" + key + "\" ska vara ett heltal från 1 till 1000000.", where);
}

}  // namespace

Result<Settings> read_settings(const store::DataFolder& folder) {
    const auto where = folder.settings_file().string();
    const auto values = TRY(parse_toml(TRY(read_file(folder.settings_file(), 1U << 20U)), where));
    constexpr std::array known = {"municipality",      "address",        "public_url",
                                  "allowed_hosts",     "internal_hosts", "checkpoint_minutes",
                                  "checkpoint_entries"};
    Settings settings;
    for (const auto& [key, list] : values) {
        if (std::ranges::find(known, key) == known.end()) {
            return fail(ErrorCode::invalid_input, "Inställningen \"" + key + "\" finns inte.", where,
                        "Rätta stavningen eller ta bort raden.");
        }
        if (key == "allowed_hosts") {
            settings.allowed_hosts = list;
        } else if (key == "internal_hosts") {
            settings.internal_hosts = list;
        } else if (list.size() != 1) {
            return fail(ErrorCode::invalid_input, "Inställningen \"" + key + "\" ska ha ett enda värde.",
                        where);
        } else if (key == "municipality") {
            settings.municipality = list.front();
        } else if (key == "address") {
            settings.address = list.front();
        } else if (key == "checkpoint_minutes") {
            settings.checkpoints.time = std::chrono::minutes(TRY(whole_number(list.front(), key, where)));
        } else if (key == "checkpoint_entries") {
            settings.checkpoints.entries = TRY(whole_number(list.front(), key, where));
        } else {
            settings.public_url = list.front();
        }
    }
    return settings;
}

}  // namespace kansli::app
