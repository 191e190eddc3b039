#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace kansli::measures {

// What a piece of work took of the processor.
struct Effort {
    double cpu_milliseconds = 0;  // of the thread that did it
    std::optional<double>
        joules{};  // its share of what the processor's packages drew meanwhile; none when nobody may read the counters
};

// Microjoules between two readings of a counter that begins again at nought after `range`.
[[nodiscard]] std::uint64_t counted(std::uint64_t before, std::uint64_t after, std::uint64_t range);

// The share of `microjoules` that belongs to a thread: its processor time of that of all, which is never taken for less than the thread's.
[[nodiscard]] double share_of_energy(std::uint64_t microjoules, double thread_seconds, double all_seconds);

// Measures work of one thread: processor time always, energy where the operating system lets the program read Intel's and AMD's running
// average power limit counters (RAPL), which since Linux 5.10 is as a rule the administrator alone (CVE-2020-8694).
// Threads: any; begin and end a measurement in the same one.
class EnergyMeter {
  public:
    // Where the counters and the processors' times lie.
    explicit EnergyMeter(std::filesystem::path counters = "/sys/class/powercap",
                         std::filesystem::path processors = "/proc/stat");
    [[nodiscard]] bool can_read() const { return !packages_.empty(); }

    struct Reading {
        double thread_seconds = 0;
        double all_seconds = 0;                    // that any processor was busy
        std::vector<std::uint64_t> microjoules{};  // of each package; empty when they cannot be read
    };
    [[nodiscard]] Reading read() const;
    [[nodiscard]] Effort since(const Reading& before) const;

  private:
    struct Package {
        std::filesystem::path counter{};
        std::uint64_t range = 0;
    };
    std::filesystem::path processors_;
    std::vector<Package> packages_{};
};

}  // namespace kansli::measures
