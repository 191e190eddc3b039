// How fast texts become vectors on one core, and how long it takes to compare a question with every section of an index:
//   embedding_bench [FOLDER-WITH-STATUTES]
// Sentences a second of StaticEmbedding::embed() over the statutes' sentences, beside dividing the same sentences into words, which comes
// before it; then milliseconds for an exact scan of N vectors of 256 small whole numbers.
#include <algorithm>
#include <cstdint>
#include <ctime>
#include <functional>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "corpus.hpp"
#include "model/shipped.hpp"
#include "search/detail/vectors.hpp"
#include "text/language.hpp"

namespace {

using namespace kansli;

constexpr int runs = 5;
constexpr std::size_t scanned_dimensions = 256;

// The least of five, in seconds of processor time, so that what else runs on the machine counts little.
double seconds(const std::function<void()>& work) {
    double best = 1e9;
    for (int run = 0; run < runs; ++run) {
        const auto began = std::clock();
        work();
        best = std::min(best, static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC);
    }
    return best;
}

std::vector<std::string> sentences_of(const std::vector<std::string>& sections) {
    std::vector<std::string> sentences;
    for (const auto& section : sections) {
        for (const auto& [start, end] : text::sentences(section))
            sentences.push_back(section.substr(start, end - start));
    }
    return sentences;
}

void measure_texts(const std::vector<std::string>& sentences) {
    const auto& embedding = model::shipped_embedding();
    std::vector<float> vector(embedding.dimensions());
    float sum = 0;
    std::size_t words = 0;
    const auto count = static_cast<double>(sentences.size());
    const auto embedded = seconds([&] {
        for (const auto& sentence : sentences) {
            embedding.embed(sentence, vector);
            sum += vector.front();
        }
    });
    const auto divided = seconds([&] {
        for (const auto& sentence : sentences)
            words += text::words(sentence).size();
    });
    fmt::print("{:<38}{:>12}{:>16}{:>14}\n", "one core", "sentences", "sentences/s", "words each");
    const auto each = static_cast<double>(words) / runs / count;
    fmt::print("{:<38}{:>12}{:>16.0f}{:>14.1f}\n", "vectors (goal: 50000)", sentences.size(),
               count / embedded, each);
    fmt::print("{:<38}{:>12}{:>16.0f}{:>14.1f}\n", "only divided into words", sentences.size(),
               count / divided, each);
    if (sum == 0) fmt::print("(all vectors are nothing)\n");
}

void measure_scan(std::size_t count) {
    std::mt19937_64 random(1);
    std::vector<std::int8_t> numbers(count * scanned_dimensions);
    for (auto& number : numbers)
        number = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
    const std::span<const std::int8_t> all(numbers);
    const auto asked = all.first(scanned_dimensions);
    float best = 0;
    const auto taken = seconds([&] {
        for (std::size_t row = 1; row < count; ++row)
            best = std::max(best, search::detail::nearness(
                                      asked, all.subspan(row * scanned_dimensions, scanned_dimensions)));
    });
    fmt::print("{:<38}{:>12}{:>16.2f}{:>14.0f}\n", "scan", count, taken * 1e3,
               static_cast<double>(count) / taken / 1e6);
    if (best == 0) fmt::print("(nothing is near)\n");
}

}  // namespace

int main(int argc, char** argv) {
    measure_texts(sentences_of(bench::corpus(argc > 1 ? argv[1] : "")));
    fmt::print("\n{:<38}{:>12}{:>16}{:>14}\n", "exact scan, 256 dimensions, one core", "vectors", "ms",
               "million/s");
    for (const std::size_t count : {10'000, 100'000, 1'000'000})
        measure_scan(count);
    return 0;
}
