// How fast texts become vectors on one core:
//   embedding_bench [FOLDER-WITH-STATUTES]
// Sentences a second of StaticEmbedding::embed() over the statutes' sentences, beside dividing the same sentences into words, which comes
// before it.
#include <algorithm>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "corpus.hpp"
#include "model/shipped.hpp"
#include "text/language.hpp"

namespace {

using namespace kansli;

constexpr int runs = 5;

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

}  // namespace

int main(int argc, char** argv) {
    measure_texts(sentences_of(bench::corpus(argc > 1 ? argv[1] : "")));
    return 0;
}
