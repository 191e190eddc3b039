#include "settings.hpp"

#include <algorithm>
#include <array>

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

# Adresser för omvända proxyer som Kansli litar på. Bara från dem tas X-Forwarded-For (vem som frågar) på allvar.
# proxy_addresses = ["127.0.0.1"]

# Huvudet där en sådan proxy skriver användarnamnet på den som den har loggat in. Proxyn måste ta bort huvudet ur det som
# webbläsaren skickar. Alla som kan ansluta från en adress i proxy_addresses kan säga sig vara vem som helst.
# proxy_user_header = "X-Remote-User"

# De enda värdar på internet som Kansli får hämta webbsidor från. Tom lista: inga utgående anrop alls.
allowed_hosts = []

# Värdar inne i organisationen, till exempel ett intranät, som Kansli får hämta sidor från.
internal_hosts = []
)";
}

Result<Settings> read_settings(const store::DataFolder& folder) {
    const auto where = folder.settings_file().string();
    const auto values = TRY(parse_toml(TRY(read_file(folder.settings_file(), 1U << 20U)), where));
    constexpr std::array known = {"municipality",   "address",         "public_url",       "allowed_hosts",
                                  "internal_hosts", "proxy_addresses", "proxy_user_header"};
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
        } else if (key == "proxy_addresses") {
            settings.proxy_addresses = list;
        } else if (list.size() != 1) {
            return fail(ErrorCode::invalid_input, "Inställningen \"" + key + "\" ska ha ett enda värde.",
                        where);
        } else if (key == "municipality") {
            settings.municipality = list.front();
        } else if (key == "address") {
            settings.address = list.front();
        } else if (key == "proxy_user_header") {
            settings.proxy_user_header = list.front();
        } else {
            settings.public_url = list.front();
        }
    }
    if (!settings.proxy_user_header.empty() && settings.proxy_addresses.empty()) {
        return fail(ErrorCode::invalid_input, "proxy_user_header är satt, men ingen proxy är betrodd.", where,
                    "Ange proxyns adress i proxy_addresses, eller ta bort raden.");
    }
    return settings;
}

}  // namespace kansli::app
