// How fast personal data are found, on one core: MB/s over the statutes and over municipal sentences, beside the bare passes that no
// finder can do without (words as the search room has them; counting letters).
//   personal_data_bench FOLDER-WITH-STATUTES GOLDEN-FOLDER
#include <algorithm>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "text/language.hpp"
#include "text/personal_data.hpp"

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The golden sentences as they are, marks and all: their density of personal data is what the worst letters have.
std::string municipal(const fs::path& folder) {
    std::string text;
    while (text.size() < 8'000'000) {
        for (const auto* name : {"personal_data.txt", "personal_data_held_out.txt"})
            text += read(folder / name);
    }
    return text;
}

std::string statutes(const fs::path& folder) {
    std::string text;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".md") text += read(entry.path());
    }
    return text;
}

// The best of five, in MB a second of processor time, so that what else runs on the machine counts little.
double speed(std::string_view text, const std::function<std::size_t(std::string_view)>& work) {
    double best = 0;
    for (int run = 0; run < 5; ++run) {
        const auto began = std::clock();
        const auto result = work(text);
        const auto taken = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
        if (result == 0) fmt::print("(nothing found)\n");
        best = std::max(best, static_cast<double>(text.size()) / 1e6 / taken);
    }
    return best;
}

std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

int main(int argc, char** argv) {
    using namespace kansli;
    if (argc != 3 || !fs::is_directory(argv[1])) {
        fmt::print("personal_data_bench FOLDER-WITH-STATUTES GOLDEN-FOLDER\n");
        return 1;
    }
    fmt::print("{:<24}{:>12}{:>16}{:>12}{:>16}{:>12}\n", "MB/s, one core", "size, MB", "personal data",
               "words", "bare letters", "spans/MB");
    for (const auto& [name, text] :
         {std::pair{"statutes", statutes(argv[1])}, std::pair{"municipal sentences", municipal(argv[2])}}) {
        const auto spans = text::personal_data(text).size();
        fmt::print("{:<24}{:>12.1f}{:>16.1f}{:>12.1f}{:>16.1f}{:>12.0f}\n", name,
                   static_cast<double>(text.size()) / 1e6,
                   speed(text, [](std::string_view t) { return text::personal_data(t).size() + 1; }),
                   speed(text, [](std::string_view t) { return text::words(t).size(); }),
                   speed(text, letters),
                   static_cast<double>(spans) / (static_cast<double>(text.size()) / 1e6));
    }
    return 0;
}
