#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

// What may be told. A figure about few is a figure about somebody, and so is the difference of two figures whose groups differ by few. So
// observations are put together by time into blocks that are large enough, and only whole blocks are told of: every figure that is ever
// shown is about a union of blocks, and so is every difference of figures. Pure.
namespace kansli::statistics {

// One value, when it came to be, and whose work or word it is.
struct Observation {
    std::int32_t period = 0;  // the number of its week or month; a block holds whole periods
    double value = 0;
    std::vector<std::string> people{};  // ids, of which nothing but their number is ever told
};

struct Least {
    std::size_t observations = 5;
    std::size_t people = 5;
    double most_of_one = 0.8;  // of the observations; a mean that is nearly one person's is that person's
};

struct Block {
    std::int32_t first = 0;  // period
    std::int32_t last = 0;
    std::vector<std::size_t> members{};  // places in what was given
};

// Whether these observations, together, may be told of.
[[nodiscard]] bool enough(const std::vector<Observation>& observations,
                          const std::vector<std::size_t>& members, const Least& least = {});

// The blocks in order of time, from periods up to and including `last_closed`; what has come after the last full block waits. A period
// that still goes on is in no block, so that looking every day tells nothing of a day.
[[nodiscard]] std::vector<Block> blocks_of(const std::vector<Observation>& observations,
                                           std::int32_t last_closed, const Least& least = {});

}  // namespace kansli::statistics
