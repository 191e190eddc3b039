#include <array>
#include <chrono>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/process.hpp"
#include "jobs/confinement.hpp"
#include "operation/checks.hpp"

namespace kansli::operation {

namespace {

using namespace std::chrono_literals;

// What a program prints; nothing when it is not there or does not want to.
std::optional<std::string> output_of(std::vector<std::string> command) {
    const auto outcome = run_process({.arguments = std::move(command), .time_limit = 5s});
    if (!outcome || outcome->exit_status != 0) return std::nullopt;
    return outcome->output + outcome->errors;
}

}  // namespace

Finding check_clock(const std::optional<Timestamp>& last_entry, Timestamp moment) {
    constexpr auto cure = "Slå på tidssynkronisering: timedatectl set-ntp true";
    if (last_entry && moment < *last_entry) {
        return wrong("clock",
                     fmt::format("Klockan visar {}, före protokollets senaste anteckning {}.",
                                 to_string(moment), to_string(*last_entry)),
                     cure);
    }
    // Where there is no systemd, as in most containers, the host keeps the time.
    const auto told = output_of({"timedatectl", "show", "--property=NTPSynchronized", "--value"});
    if (told && told->starts_with("no")) return doubtful("clock", "Klockan synkroniseras inte.", cure);
    return fine("clock", to_string(moment));
}

Finding check_programs() {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> needed{
        {{"pdftotext", "-v"}, {"pdfinfo", "-v"}, {"pdftoppm", "-v"}, {"tesseract", "--version"}}};
    constexpr auto cure = "Kör: apt install poppler-utils tesseract-ocr tesseract-ocr-swe";
    std::string missing;
    for (const auto& [program, option] : needed) {
        if (output_of({std::string(program), std::string(option)})) continue;
        missing += (missing.empty() ? "" : ", ") + std::string(program);
    }
    if (!missing.empty()) {
        return wrong("programs",
                     fmt::format("Det här saknas, och då läses inte PDF eller skannade sidor: {}.", missing),
                     cure);
    }
    const auto languages = output_of({"tesseract", "--list-langs"});
    if (!languages || languages->find("\nswe") == std::string::npos)
        return wrong("programs", "Tesseract saknar svenska, så skannade sidor läses fel.", cure);
    return fine("programs", "programmen som läser PDF och skannade sidor finns, med svenska");
}

Finding check_sandbox() {
    const auto abilities = jobs::kernel_abilities();
    if (!abilities.system_call_filter) {
        return wrong("sandbox",
                     "Kärnan har inget filter för systemanrop (seccomp), så inga filer kan läsas in.",
                     "Använd en kärna med CONFIG_SECCOMP_FILTER, eller tillåt seccomp i containern.");
    }
    if (abilities.landlock_version == 0) {
        return doubtful("sandbox",
                        "Kärnan saknar Landlock; bara filrättigheter skyddar andra filer vid inläsning.",
                        "Använd Linux 5.13 eller senare med Landlock påslaget.");
    }
    return fine("sandbox",
                fmt::format("inläsningen är instängd (seccomp, Landlock {})", abilities.landlock_version));
}

}  // namespace kansli::operation
