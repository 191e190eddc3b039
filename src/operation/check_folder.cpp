#include <algorithm>
#include <chrono>
#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "operation/checks.hpp"

namespace kansli::operation {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::uintmax_t least_room = std::uintmax_t{1} << 30U;
constexpr auto leftover_age = 24h;

std::string amount(std::uintmax_t bytes) {
    if (bytes >= std::uintmax_t{10} << 30U) return fmt::format("{} GB", bytes >> 30U);
    return fmt::format("{} MB", bytes >> 20U);
}

// What others may do with a file, or who else owns it; empty when it is ours alone.
std::string openness(const fs::path& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return "kan inte läsas";
    if (status.st_uid != ::geteuid()) return "ägs av en annan användare";
    if ((status.st_mode & 077U) != 0)
        return fmt::format("kan nås av andra (rättigheter {:o})", status.st_mode & 0777U);
    return {};
}

bool is_host_name(std::string_view host) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
    };
    const bool port = std::ranges::count(host, ':') == 1;
    return !host.empty() && std::ranges::all_of(host, allowed) && !port;
}

}  // namespace

Finding check_disk(const store::DataFolder& folder) {
    std::error_code status;
    const auto space = fs::space(folder.path(), status);
    if (status) {
        return wrong("disk", "Diskens utrymme kan inte läsas: " + status.message() + ".",
                     "Kontrollera att disken är monterad.");
    }
    const auto database = fs::file_size(folder.database_file(), status);
    const auto needed = least_room + (status ? 0 : database);
    auto message = fmt::format("{} ledigt på datamappens disk", amount(space.available));
    if (space.available >= needed) return fine("disk", std::move(message));
    return wrong("disk",
                 std::move(message) + fmt::format("; {} behövs för drift och uppgradering.", amount(needed)),
                 "Frigör utrymme eller flytta datamappen till en större disk.");
}

Finding check_permissions(const store::DataFolder& folder) {
    for (const auto& path : {folder.path(), folder.database_file(), folder.settings_file()}) {
        std::error_code status;
        if (!fs::exists(path, status)) continue;
        const bool is_settings = path == folder.settings_file();
        // Settings that others may read are no secret: the folder around them is closed.
        const auto open = is_settings ? std::string() : openness(path);
        if (!open.empty()) {
            return wrong("permissions", fmt::format("{} {}.", path.string(), open),
                         fmt::format("Kör: chown -R ANVÄNDARE {0} && chmod 700 {0}", folder.path().string()));
        }
    }
    if (::access(folder.path().c_str(), W_OK) != 0) {
        return wrong("permissions", "Datamappen går inte att skriva i.",
                     "Kontrollera att disken inte är skrivskyddad.");
    }
    return fine("permissions", "bara ägaren kommer åt datamappen");
}

Finding check_uploads(const store::DataFolder& folder, Timestamp moment) {
    std::int64_t left = 0;
    std::error_code status;
    for (const auto& entry : fs::directory_iterator(folder.uploads(), status)) {
        struct stat facts{};
        if (::stat(entry.path().c_str(), &facts) != 0) continue;  // taken care of meanwhile
        if (moment - std::chrono::sys_seconds(std::chrono::seconds(facts.st_mtime)) > leftover_age) ++left;
    }
    if (status) {
        return wrong("uploads", "Mappen uploads kan inte läsas: " + status.message() + ".",
                     "Kontrollera mappens ägare och rättigheter.");
    }
    if (left == 0) return fine("uploads", "inget ligger kvar efter avbrutna uppladdningar");
    return doubtful("uploads", fmt::format("{} filer ligger kvar sedan mer än ett dygn.", left),
                    "Starta om servern när ingen import pågår; då städas de bort.");
}

Finding check_keys(const store::DataFolder& folder) {
    std::error_code status;
    if (!fs::exists(folder.keys(), status)) return fine("keys", "inga nycklar finns");
    std::int64_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder.keys(), status)) {
        if (const auto open = openness(entry.path()); !open.empty()) {
            return wrong("keys", fmt::format("Nyckeln {} {}.", entry.path().filename().string(), open),
                         fmt::format("Kör: chmod 600 {}/*", folder.keys().string()));
        }
        ++count;
    }
    if (status) {
        return wrong("keys", "Mappen keys kan inte läsas: " + status.message() + ".",
                     "Kontrollera mappens ägare och rättigheter.");
    }
    return fine("keys", fmt::format("{} nycklar, bara för ägaren", count));
}

Finding check_hosts(const std::vector<std::string>& hosts) {
    const auto odd = std::ranges::find_if_not(hosts, is_host_name);
    if (odd != hosts.end()) {
        return wrong("hosts", fmt::format("\"{}\" är inget värdnamn; inget anrop dit släpps igenom.", *odd),
                     "Skriv bara namnet med små bokstäver i kansli.toml, som www.riksdagen.se.");
    }
    if (hosts.empty()) return fine("hosts", "inga utgående anrop är tillåtna");
    return fine("hosts", fmt::format("anrop är tillåtna till {} värdar", hosts.size()));
}

}  // namespace kansli::operation
