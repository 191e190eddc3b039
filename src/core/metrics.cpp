#include "core/metrics.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <mutex>

#include <fmt/format.h>
#include <unistd.h>

#include "core/check.hpp"

namespace kansli {

namespace {

enum class Kind : std::uint8_t { counter, gauge, histogram };

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::counter:
            return "counter";
        case Kind::gauge:
            return "gauge";
        case Kind::histogram:
            return "histogram";
    }
    return "gauge";
}

struct Series {
    double value = 0;                      // of a counter or gauge; the sum of a histogram
    std::uint64_t count = 0;               // of a histogram
    std::vector<std::uint64_t> buckets{};  // of a histogram, each alone
};

std::string escaped(std::string_view text, bool quotes) {
    std::string out;
    for (const char letter : text) {
        if (letter == '\\' || (quotes && letter == '"')) out += '\\';
        if (letter == '\n') {
            out += "\\n";
        } else {
            out += letter;
        }
    }
    return out;
}

std::string label_text(const Labels& labels, std::string_view bound = {}) {
    std::string out;
    for (const auto& [name, value] : labels) {
        out += fmt::format("{}{}=\"{}\"", out.empty() ? "" : ",", name, escaped(value, true));
    }
    if (!bound.empty()) out += fmt::format("{}le=\"{}\"", out.empty() ? "" : ",", bound);
    return out.empty() ? out : "{" + out + "}";
}

}  // namespace

struct Metrics::Family {
    Kind kind = Kind::gauge;
    std::string about{};
    std::vector<double> bounds{};
    std::map<Labels, Series> series{};

    void append_to(std::string& out, const std::string& name) const {
        out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, escaped(about, false), name, name_of(kind));
        for (const auto& [labels, one] : series) {
            if (kind == Kind::histogram) {
                append_buckets(out, name, labels, one);
            } else {
                out += fmt::format("{}{} {}\n", name, label_text(labels), one.value);
            }
        }
    }

    void append_buckets(std::string& out, const std::string& name, const Labels& labels,
                        const Series& one) const {
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < bounds.size(); ++i) {
            below += one.buckets[i];
            out += fmt::format("{}_bucket{} {}\n", name, label_text(labels, fmt::format("{}", bounds[i])),
                               below);
        }
        out += fmt::format("{}_bucket{} {}\n", name, label_text(labels, "+Inf"), one.count);
        out += fmt::format("{}_sum{} {}\n", name, label_text(labels), one.value);
        out += fmt::format("{}_count{} {}\n", name, label_text(labels), one.count);
    }
};

struct Metrics::State {
    mutable std::mutex mutex{};
    std::map<std::string, Family, std::less<>> families{};

    void declare(std::string name, Family family) {
        const std::scoped_lock lock(mutex);
        CHECK_INVARIANT(families.emplace(std::move(name), std::move(family)).second);
    }

    // Requires: the mutex is held.
    Family& family(std::string_view name, Kind kind) {
        const auto found = families.find(name);
        CHECK_INVARIANT(found != families.end() && found->second.kind == kind);
        return found->second;
    }
};

Metrics::Metrics() : state_(std::make_unique<State>()) {
}
Metrics::~Metrics() = default;

void Metrics::declare_counter(std::string name, std::string about) {
    state_->declare(std::move(name), {.kind = Kind::counter, .about = std::move(about)});
}

void Metrics::declare_gauge(std::string name, std::string about) {
    state_->declare(std::move(name), {.kind = Kind::gauge, .about = std::move(about)});
}

void Metrics::declare_histogram(std::string name, std::string about, std::vector<double> bounds) {
    CHECK_INVARIANT(std::ranges::is_sorted(bounds));
    state_->declare(std::move(name),
                    {.kind = Kind::histogram, .about = std::move(about), .bounds = std::move(bounds)});
}

void Metrics::add(std::string_view counter, const Labels& labels, double amount) {
    const std::scoped_lock lock(state_->mutex);
    state_->family(counter, Kind::counter).series[labels].value += amount;
}

void Metrics::set(std::string_view gauge, const Labels& labels, double value) {
    const std::scoped_lock lock(state_->mutex);
    state_->family(gauge, Kind::gauge).series[labels].value = value;
}

void Metrics::observe(std::string_view histogram, const Labels& labels, double value) {
    const std::scoped_lock lock(state_->mutex);
    auto& family = state_->family(histogram, Kind::histogram);
    auto& series = family.series[labels];
    series.buckets.resize(family.bounds.size() + 1);
    const auto bucket = std::ranges::lower_bound(family.bounds, value) - family.bounds.begin();
    ++series.buckets[static_cast<std::size_t>(bucket)];
    ++series.count;
    series.value += value;
}

std::string Metrics::text() const {
    const std::scoped_lock lock(state_->mutex);
    std::string out;
    for (const auto& [name, family] : state_->families)
        family.append_to(out, name);
    return out;
}

double resident_memory() {
    std::ifstream in("/proc/self/statm");
    double all = 0;
    double resident = 0;
    if (!(in >> all >> resident)) return 0;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace kansli
