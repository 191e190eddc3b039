#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kansli {

// Names and values that tell the series of a family apart. Each value is one of a few words that we have chosen: never
// what a person has written, and nothing that grows with use.
using Labels = std::vector<std::pair<std::string, std::string>>;

// The figures of one process, for those who watch over it, in Prometheus' text format, version 0.0.4.
// Names follow its customs: `kansli_` first, the unit in the base form last, `_total` for counters.
// Requires: a family is declared, once, before it is used.
// Threads: any.
class Metrics {
  public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    void declare_counter(std::string name, std::string about);
    void declare_gauge(std::string name, std::string about);
    // `bounds`: the upper bounds of the buckets, ascending; one without a bound is added.
    void declare_histogram(std::string name, std::string about, std::vector<double> bounds);

    // A counter goes up by `amount`.
    void add(std::string_view counter, const Labels& labels, double amount = 1);
    // A gauge is what it is.
    void set(std::string_view gauge, const Labels& labels, double value);
    // One more value in a histogram.
    void observe(std::string_view histogram, const Labels& labels, double value);

    // All families, by name; in each the series in the order of their labels.
    [[nodiscard]] std::string text() const;

  private:
    struct Family;
    struct State;
    std::unique_ptr<State> state_;
};

// The main memory that this process holds, in bytes; 0 where the system does not tell.
[[nodiscard]] double resident_memory();

}  // namespace kansli
