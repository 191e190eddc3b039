#include "settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>

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

# E-postservern som Kansli skickar genom: beslut som lämnas ut med e-post, och sammanfattningar till den som har bett om det.
# Utan värd och avsändare skickas ingenting.
# smtp_host = "post.kommunen.se"
# smtp_port = 25
# smtp_from = "kansli@kommunen.se"
# Kryptera förbindelsen (STARTTLS). Stäng bara av det för en server på samma dator.
# smtp_starttls = true
)";
}

namespace {

Result<void> read_mail(http::MailServer& mail, const std::string& key, const std::string& value,
                       const std::string& where) {
    if (key == "smtp_host") mail.host = value;
    if (key == "smtp_from") mail.from = value;
    if (key == "smtp_starttls") {
        if (value != "true" && value != "false")
            return fail(ErrorCode::invalid_input, "smtp_starttls ska vara true eller false.", where);
        mail.starttls = value == "true";
    }
    if (key == "smtp_port") {
        const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), mail.port);
        if (status != std::errc{} || end != value.data() + value.size() || mail.port == 0)
            return fail(ErrorCode::invalid_input, "smtp_port ska vara ett tal mellan 1 och 65535.", where);
    }
    return {};
}

}  // namespace

Result<Settings> read_settings(const store::DataFolder& folder) {
    const auto where = folder.settings_file().string();
    const auto values = TRY(parse_toml(TRY(read_file(folder.settings_file(), 1U << 20U)), where));
    constexpr std::array known = {"municipality",  "address",        "public_url",
                                  "allowed_hosts", "internal_hosts", "smtp_host",
                                  "smtp_port",     "smtp_from",      "smtp_starttls"};
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
        } else if (key.starts_with("smtp_")) {
            TRY(read_mail(settings.mail, key, list.front(), where));
        } else if (key == "municipality") {
            settings.municipality = list.front();
        } else if (key == "address") {
            settings.address = list.front();
        } else {
            settings.public_url = list.front();
        }
    }
    return settings;
}

}  // namespace kansli::app
