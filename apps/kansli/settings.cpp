#include "settings.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <functional>
#include <map>
#include <utility>

#include <fmt/format.h>

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

# Adresserna som får läsa mätvärdena på /metrics utan att logga in, till exempel övervakningens server.
metrics_from = ["127.0.0.1", "::1"]

# Loggens form: "text" för människor eller "json" för program. Loggen innehåller inga frågor, namn eller adresser.
log = "text"

# Hur ofta protokollet skrivs under: efter så många minuter eller så många nya anteckningar, det som kommer först.
# checkpoint_minutes = 60
# checkpoint_entries = 1000

# E-postservern som Kansli skickar genom: beslut som lämnas ut med e-post, och sammanfattningar till den som har bett om det.
# Utan värd och avsändare skickas ingenting.
# smtp_host = "post.kommunen.se"
# smtp_port = 25
# smtp_from = "kansli@kommunen.se"
# Kryptera förbindelsen (STARTTLS). Stäng bara av det för en server på samma dator.
# smtp_starttls = true

# Kommunens inloggning (OpenID Connect). Se docs/operations/sign-in.md. Avsnitten nedan ska stå sist i filen.
# [openid]
# issuer = "https://login.kommunen.se/realms/kommunen"
# client_id = "kansli"
# client_secret_file = "/etc/kansli/openid-secret"
# groups_claim = "groups"
# create_people = false

# Vad grupperna hos leverantören ger i Kansli: role:, group:, department: och review: (slag av förslag).
# [groups]
# "Kansli-handläggare" = ["role:reader", "group:Handläggare"]
)";
}

namespace {

// Sets what one line of the file says; the values are those of a list, or a single one.
using Setter = std::function<Result<void>(const std::vector<std::string>& values)>;

Setter list(std::vector<std::string>& target) {
    return [&target](const std::vector<std::string>& values) -> Result<void> {
        target = values;
        return {};
    };
}

// A setting with a single value, which `take` reads.
Setter single(std::function<Result<void>(const std::string& value)> take) {
    return [take = std::move(take)](const std::vector<std::string>& values) -> Result<void> {
        if (values.size() == 1) return take(values.front());
        return fail(ErrorCode::invalid_input, "ska ha ett enda värde.");
    };
}

Setter text(std::string& target) {
    return single([&target](const std::string& value) -> Result<void> {
        target = value;
        return {};
    });
}

Setter flag(bool& target) {
    return single([&target](const std::string& value) -> Result<void> {
        if (value != "true" && value != "false")
            return fail(ErrorCode::invalid_input, "ska vara true eller false.");
        target = value == "true";
        return {};
    });
}

Setter number(std::int64_t most, std::function<void(std::int64_t)> take) {
    return single([most, take = std::move(take)](const std::string& value) -> Result<void> {
        std::int64_t number = 0;
        const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), number);
        const bool whole = status == std::errc() && end == value.data() + value.size();
        if (!whole || number < 1 || number > most)
            return fail(ErrorCode::invalid_input, fmt::format("ska vara ett heltal från 1 till {}.", most));
        take(number);
        return {};
    });
}

Setter form_of_log(std::string& target) {
    return single([&target](const std::string& value) -> Result<void> {
        if (!log_format(value)) return fail(ErrorCode::invalid_input, "ska vara text eller json.");
        target = value;
        return {};
    });
}

std::map<std::string_view, Setter> openid_setters(OpenIdSettings& openid) {
    auto& registration = openid.registration;
    return {
        {"openid.issuer", text(registration.issuer)},
        {"openid.client_id", text(registration.client_id)},
        {"openid.client_secret_file", text(openid.secret_file)},
        {"openid.client_secret_variable", text(openid.secret_variable)},
        {"openid.scopes", list(registration.scopes)},
        {"openid.groups_claim", text(registration.groups_claim)},
        {"openid.user_name_claim", text(registration.user_name_claim)},
        {"openid.create_people", flag(openid.create_people)},
        {"openid.label", text(openid.label)},
    };
}

constexpr std::int64_t a_million = 1'000'000;

// Every setting there is.
std::map<std::string_view, Setter> setters(Settings& settings) {
    std::map<std::string_view, Setter> all{
        {"municipality", text(settings.municipality)},
        {"address", text(settings.address)},
        {"public_url", text(settings.public_url)},
        {"allowed_hosts", list(settings.allowed_hosts)},
        {"internal_hosts", list(settings.internal_hosts)},
        {"proxy_addresses", list(settings.proxy_addresses)},
        {"proxy_user_header", text(settings.proxy_user_header)},
        {"metrics_from", list(settings.metrics_from)},
        {"log", form_of_log(settings.log)},
        {"checkpoint_minutes",
         number(a_million, [&](std::int64_t n) { settings.checkpoints.time = std::chrono::minutes(n); })},
        {"checkpoint_entries", number(a_million, [&](std::int64_t n) { settings.checkpoints.entries = n; })},
        {"smtp_host", text(settings.mail.host)},
        {"smtp_port",
         number(65535, [&](std::int64_t n) { settings.mail.port = static_cast<std::uint16_t>(n); })},
        {"smtp_from", text(settings.mail.from)},
        {"smtp_starttls", flag(settings.mail.starttls)},
    };
    all.merge(openid_setters(settings.openid));
    return all;
}

// What stands in front of the keys of the table whose keys are names of groups.
constexpr std::string_view group_table = "groups.";

Result<void> set_group(Settings& settings, const std::string& group, const std::vector<std::string>& given) {
    auto& grants = settings.groups[group];
    for (const auto& one : given)
        grants.push_back(TRY(access::parse_grant(one)));
    return {};
}

Result<void> check_openid(const OpenIdSettings& openid, const std::string& where) {
    const auto& registration = openid.registration;
    const auto wrong = [&](std::string message) {
        return fail(ErrorCode::invalid_input, std::move(message), where, "Se docs/operations/sign-in.md.");
    };
    if (registration.issuer.empty()) {
        if (registration.client_id.empty()) return {};
        return wrong("openid.client_id är satt, men openid.issuer saknas.");
    }
    if (!openid::is_safe_address(registration.issuer)) return wrong("openid.issuer ska börja med https://.");
    if (registration.client_id.empty()) return wrong("openid.client_id saknas.");
    if (!openid.secret_file.empty() && !openid.secret_variable.empty())
        return wrong("Ange antingen openid.client_secret_file eller openid.client_secret_variable.");
    const auto& scopes = registration.scopes;
    if (std::find(scopes.begin(), scopes.end(), "openid") == scopes.end())
        return wrong("openid.scopes ska innehålla openid.");
    return {};
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
    const auto known = setters(settings);
    for (const auto& [key, given] : values) {
        if (key.starts_with(group_table)) {
            const auto set = set_group(settings, key.substr(group_table.size()), given);
            if (!set)
                return fail(set.error().code, set.error().message, where + " [groups]", set.error().advice);
            continue;
        }
        const auto setter = known.find(key);
        if (setter == known.end()) {
            return fail(ErrorCode::invalid_input, "Inställningen \"" + key + "\" finns inte.", where,
                        "Rätta stavningen eller ta bort raden.");
        }
        const auto set = setter->second(given);
        if (!set)
            return fail(set.error().code, "Inställningen \"" + key + "\" " + set.error().message, where);
    }
    if (!settings.proxy_user_header.empty() && settings.proxy_addresses.empty()) {
        return fail(ErrorCode::invalid_input, "proxy_user_header är satt, men ingen proxy är betrodd.", where,
                    "Ange proxyns adress i proxy_addresses, eller ta bort raden.");
    }
    TRY(check_openid(settings.openid, where));
    return settings;
}

}  // namespace kansli::app
