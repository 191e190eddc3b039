#include "measures/energy.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace kansli::measures {

namespace {

// Files that the kernel makes up as they are read have no size to go by.
std::string first_line(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

std::optional<std::uint64_t> number_in(const std::filesystem::path& file) {
    const auto text = first_line(file);
    std::uint64_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    return status == std::errc() ? std::optional(number) : std::nullopt;
}

// "intel-rapl:0" is a package; "intel-rapl:0:1" a part of one, which is counted in it already.
bool is_package(const std::string& name) {
    return name.starts_with("intel-rapl:") && std::ranges::count(name, ':') == 1;
}

double thread_seconds() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

// Of the first line of /proc/stat: user, nice, system, (idle, iowait), irq, softirq, steal; in ticks.
double busy_seconds(const std::filesystem::path& file) {
    const auto text = first_line(file);
    if (!text.starts_with("cpu ")) return 0;
    const char* at = text.data() + 4;
    const char* end = text.data() + text.size();
    double ticks = 0;
    for (int field = 0; field < 8; ++field) {
        while (at != end && *at == ' ')
            ++at;
        std::uint64_t value = 0;
        const auto [next, status] = std::from_chars(at, end, value);
        if (status != std::errc()) break;
        at = next;
        const bool idle = field == 3 || field == 4;
        if (!idle) ticks += static_cast<double>(value);
    }
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace

std::uint64_t counted(std::uint64_t before, std::uint64_t after, std::uint64_t range) {
    return after >= before ? after - before : range - before + after;
}

double share_of_energy(std::uint64_t microjoules, double thread_seconds, double all_seconds) {
    const double all = std::max(all_seconds, thread_seconds);
    return all <= 0 ? 0 : static_cast<double>(microjoules) * 1e-6 * thread_seconds / all;
}

EnergyMeter::EnergyMeter(std::filesystem::path counters, std::filesystem::path processors)
    : processors_(std::move(processors)) {
    std::error_code status;
    for (std::filesystem::directory_iterator at(counters, status), end; !status && at != end;
         at.increment(status)) {
        if (!is_package(at->path().filename().string())) continue;
        const auto range = number_in(at->path() / "max_energy_range_uj");
        if (range && number_in(at->path() / "energy_uj"))
            packages_.push_back({at->path() / "energy_uj", *range});
    }
}

EnergyMeter::Reading EnergyMeter::read() const {
    Reading reading{.thread_seconds = thread_seconds()};
    if (packages_.empty()) return reading;
    reading.all_seconds = busy_seconds(processors_);
    for (const auto& package : packages_)
        reading.microjoules.push_back(number_in(package.counter).value_or(0));
    return reading;
}

Effort EnergyMeter::since(const Reading& before) const {
    const auto after = read();
    const double used = after.thread_seconds - before.thread_seconds;
    Effort effort{.cpu_milliseconds = used * 1000};
    if (packages_.empty() || before.microjoules.size() != after.microjoules.size()) return effort;
    std::uint64_t drawn = 0;
    for (std::size_t i = 0; i < packages_.size(); ++i)
        drawn += counted(before.microjoules[i], after.microjoules[i], packages_[i].range);
    effort.joules = share_of_energy(drawn, used, after.all_seconds - before.all_seconds);
    return effort;
}

}  // namespace kansli::measures
