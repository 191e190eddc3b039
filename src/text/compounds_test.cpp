#include "text/compounds.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace kansli;

namespace {

constexpr const char* word_list = "/usr/share/hunspell/sv_SE.dic";
const std::string golden = KANSLI_SOURCE_DIR "/tests/golden/text/compounds.txt";

struct Example {
    std::string word{};
    std::vector<std::string> parts{};
};

std::vector<Example> examples() {
    std::vector<Example> out;
    std::ifstream file(golden);
    std::string line;
    while (std::getline(file, line)) {
        if (line.empty() || line.starts_with('#')) continue;
        std::istringstream fields(line);
        Example example;
        std::string equals;
        fields >> example.word >> equals;
        for (std::string part; fields >> part;) example.parts.push_back(part);
        out.push_back(std::move(example));
    }
    return out;
}

}  // namespace

TEST_CASE("golden") {
    const auto splitter = text::CompoundSplitter::create(word_list).value();
    int right = 0, n = 0, comp=0, found=0, correct=0, exact=0;
    for (const auto& e : examples()) {
        auto p = splitter.split(e.word);
        ++n;
        if (!e.parts.empty()) ++comp;
        if (!p.empty()) ++found;
        bool ok = p == e.parts;
        if (ok) ++right;
        if (ok && !p.empty()) { ++exact; ++correct; }
        else if (!p.empty() && !e.parts.empty() && p[1]==e.parts[1]) ++correct;
        if (!ok) fmt::print("{} : want {} got {}\n", e.word, fmt::join(e.parts,"+"), fmt::join(p,"+"));
    }
    fmt::print("{} of {} exact; compounds {} exact {}; joints found {} correct {}\n", right, n, comp, exact, found, correct);
}
