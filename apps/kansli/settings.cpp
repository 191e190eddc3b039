#include "settings.hpp"

#include <charconv>
#include <chrono>
#include <map>

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

# Adresserna som får läsa mätvärdena på /metrics utan att logga in, till exempel övervakningens server.
metrics_from = ["127.0.0.1", "::1"]

# Loggens form: "text" för människor eller "json" för program. Loggen innehåller inga frågor, namn eller adresser.
log = "text"

# Hur ofta protokollet skrivs under: efter så många minuter eller så många nya anteckningar, det som kommer först.
# checkpoint_minutes = 60
# checkpoint_entries = 1000
)";
}

namespace {

std::map<std::string_view, std::string*> texts_of(Settings& settings) {
    return {{"municipality", &settings.municipality},
            {"address", &settings.address},
            {"public_url", &settings.public_url},
            {"log", &settings.log}};
}

std::map<std::string_view, std::vector<std::string>*> lists_of(Settings& settings) {
    return {{"allowed_hosts", &settings.allowed_hosts},
            {"internal_hosts", &settings.internal_hosts},
            {"metrics_from", &settings.metrics_from}};
}

Result<std::int64_t> whole_number(const std::string& text, const std::string& key, const std::string& where) {
    std::int64_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = status == std::errc() && end == text.data() + text.size();
    if (whole && number >= 1 && number <= 1'000'000) return number;
    return fail(ErrorCode::invalid_input,
                "Inställningen \"" + key + "\" ska vara ett heltal från 1 till 1000000.", where);
}

}  // namespace

Result<log::Format> log_format(std::string_view name) {
    if (name == "text") return log::Format::text;
    if (name == "json") return log::Format::json;
    return fail(ErrorCode::invalid_input, "Loggens form \"" + std::string(name) + "\" finns inte.", "log",
                "Välj text eller json.");
}

Result<Settings> read_settings(const store::DataFolder& folder) {
    const auto where = folder.settings_file().string();
    const auto values = TRY(parse_toml(TRY(read_file(folder.settings_file(), 1U << 20U)), where));
    Settings settings;
    const auto texts = texts_of(settings);
    const auto lists = lists_of(settings);
    std::int64_t checkpoint_minutes = settings.checkpoints.time.count();
    const std::map<std::string_view, std::int64_t*> numbers = {
        {"checkpoint_minutes", &checkpoint_minutes}, {"checkpoint_entries", &settings.checkpoints.entries}};
    for (const auto& [key, given] : values) {
        const auto text = texts.find(key);
        const auto number = numbers.find(key);
        if (const auto list = lists.find(key); list != lists.end()) {
            *list->second = given;
        } else if (text == texts.end() && number == numbers.end()) {
            return fail(ErrorCode::invalid_input, "Inställningen \"" + key + "\" finns inte.", where,
                        "Rätta stavningen eller ta bort raden.");
        } else if (given.size() != 1) {
            return fail(ErrorCode::invalid_input, "Inställningen \"" + key + "\" ska ha ett enda värde.",
                        where);
        } else if (text != texts.end()) {
            *text->second = given.front();
        } else {
            *number->second = TRY(whole_number(given.front(), key, where));
        }
    }
    settings.checkpoints.time = std::chrono::minutes(checkpoint_minutes);
    TRY(log_format(settings.log));
    return settings;
}

}  // namespace kansli::app
