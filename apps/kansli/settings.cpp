#include "settings.hpp"

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
    for (const auto& [key, given] : values) {
        if (const auto list = lists.find(key); list != lists.end()) {
            *list->second = given;
        } else if (const auto text = texts.find(key); text == texts.end()) {
            return fail(ErrorCode::invalid_input, "Inställningen \"" + key + "\" finns inte.", where,
                        "Rätta stavningen eller ta bort raden.");
        } else if (given.size() != 1) {
            return fail(ErrorCode::invalid_input, "Inställningen \"" + key + "\" ska ha ett enda värde.",
                        where);
        } else {
            *text->second = given.front();
        }
    }
    TRY(log_format(settings.log));
    return settings;
}

}  // namespace kansli::app
