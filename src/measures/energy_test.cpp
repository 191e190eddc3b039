#include "measures/energy.hpp"

#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"

using namespace kansli;
using namespace kansli::measures;

namespace {

// Counters as Linux shows them: two packages, a part of one, and something else.
struct Counters {
    TemporaryFolder folder = TemporaryFolder::create().value();

    void write(const std::string& name, const std::string& text) const {
        const auto file = folder.path() / name;
        std::filesystem::create_directories(file.parent_path());
        REQUIRE(write_file(file, text).has_value());
    }
    void zone(const std::string& name, std::uint64_t energy, std::uint64_t range = 262143328850) const {
        write(name + "/energy_uj", std::to_string(energy) + "\n");
        write(name + "/max_energy_range_uj", std::to_string(range) + "\n");
    }
    void busy(int ticks) const {
        write("stat", "cpu  " + std::to_string(ticks) + " 0 0 99999 5 0 0 0 0 0\ncpu0 1 2 3\n");
    }
};

}  // namespace

TEST_CASE("a counter that begins again is counted on") {
    CHECK(counted(100, 350, 1000) == 250);
    CHECK(counted(900, 50, 1000) == 150);
    CHECK(rc::check("for any counter", [] {
        const auto range = *rc::gen::inRange<std::uint64_t>(1000, 1'000'000);
        const auto before = *rc::gen::inRange<std::uint64_t>(0, range);
        const auto drawn = *rc::gen::inRange<std::uint64_t>(0, range);
        RC_ASSERT(counted(before, (before + drawn) % range, range) == drawn);
    }));
}

TEST_CASE("shares of the energy add up to what was measured") {
    CHECK(share_of_energy(5'000'000, 1, 4) + share_of_energy(5'000'000, 3, 4) == doctest::Approx(5));
    CHECK(share_of_energy(5'000'000, 2, 1) == doctest::Approx(5));  // ticks are coarse: never more than all
    CHECK(share_of_energy(5'000'000, 0, 0) == 0);
}

TEST_CASE("packages are read and their parts are not counted twice") {
    const Counters counters;
    counters.zone("intel-rapl:0", 1'000'000);
    counters.zone("intel-rapl:1", 262143328800);
    counters.zone("intel-rapl:0:0", 500'000);
    counters.zone("dtpm", 7);
    counters.busy(100);
    const EnergyMeter meter(counters.folder.path(), counters.folder.path() / "stat");
    REQUIRE(meter.can_read());
    const auto before = meter.read();
    CHECK(before.microjoules.size() == 2);
    CHECK(before.all_seconds == doctest::Approx(1));
    counters.zone("intel-rapl:0", 3'000'000);
    counters.zone("intel-rapl:1", 999'950);
    volatile double work = 0;
    for (int i = 0; i < 3'000'000; ++i)
        work = work + i;
    const auto effort =
        meter.since(before);  // nothing else was busy by the statistics, so all of it is this thread's
    CHECK(effort.cpu_milliseconds > 0);
    CHECK(effort.joules.value() == doctest::Approx(3.0));
}

TEST_CASE("without counters there is time and no energy") {
    const Counters counters;
    const EnergyMeter meter(counters.folder.path() / "none", counters.folder.path() / "stat");
    CHECK_FALSE(meter.can_read());
    const auto before = meter.read();
    CHECK_FALSE(meter.since(before).joules.has_value());
    counters.write("intel-rapl:0/energy_uj", "many\n");
    counters.write("intel-rapl:0/max_energy_range_uj", "10\n");
    CHECK_FALSE(EnergyMeter(counters.folder.path()).can_read());
}
