#pragma once

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

// Text for the index benchmarks: the sections of real statutes when a folder of them is at hand, otherwise
// generated text with the same length and a Zipf-like choice of Swedish words. `varied` multiplies it: every
// copy differs.
namespace kansli::bench {

// The bodies of the `#### n §` sections of all .md files in a folder, in the order of file names.
inline std::vector<std::string> read_sections(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".md") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> sections;
    for (const auto& file : files) {
        std::ifstream in(file);
        std::string line;
        bool inside = false;
        while (std::getline(in, line)) {
            if (line.starts_with("####")) {
                sections.emplace_back();
                inside = true;
            } else if (line.starts_with("#")) {
                inside = false;
            } else if (inside && !line.empty()) {
                sections.back() += line + "\n";
            }
        }
    }
    std::erase_if(sections, [](const std::string& text) { return text.empty(); });
    return sections;
}

// Sections of 20 to 130 made-up but Swedish-looking words, for machines without the statutes.
inline std::vector<std::string> made_up_sections(std::size_t count) {
    static const std::vector<std::string> beginnings = {"bygg",  "mark",   "vatten", "skol", "social",
                                                        "miljö", "trafik", "avfall", "tomt", "gatu",
                                                        "hälso", "kommun", "stads",  "vård"};
    static const std::vector<std::string> endings = {"lov",        "avgift", "tillsyn", "nämnd", "plan",
                                                     "beslut",     "område", "anmälan", "ägare", "prövning",
                                                     "föreskrift", "arbete", "bidrag"};
    static const std::vector<std::string> small = {"och", "att",  "som", "för",  "den",
                                                   "ska", "inte", "får", "till", "med"};
    std::mt19937_64 random(1);
    std::vector<std::string> sections(count);
    for (std::string& section : sections) {
        for (std::size_t words = 20 + random() % 110; words > 0; --words) {
            const auto kind = random() % 10;
            if (kind < 4)
                section += small[random() % small.size()];
            else if (kind < 6)
                section += beginnings[random() % beginnings.size()];
            else if (kind < 8)
                section += endings[random() % endings.size()];
            else
                section +=
                    beginnings[random() % beginnings.size()] + "s" + endings[random() % endings.size()];
            section += words % 12 == 1 ? ".\n" : " ";
        }
    }
    return sections;
}

inline std::vector<std::string> corpus(const std::filesystem::path& folder) {
    if (!folder.empty() && std::filesystem::is_directory(folder)) return read_sections(folder);
    return made_up_sections(9000);
}

// Section `number` of an endless corpus: a base section in which one word in six is another word of the
// corpus (drawn as often as it occurs there) and one in two hundred is a compound that is new. Same number,
// same text.
class VariedCorpus {
  public:
    explicit VariedCorpus(std::vector<std::string> base) : base_(std::move(base)) {
        for (const std::string& section : base_) {
            std::istringstream in(section);
            for (std::string word; in >> word;)
                words_.push_back(word);
        }
    }

    [[nodiscard]] std::size_t base_size() const { return base_.size(); }

    [[nodiscard]] std::string section(std::uint64_t number) const {
        const std::string& original = base_[number % base_.size()];
        if (number < base_.size()) return original;
        std::mt19937_64 random(number);
        std::string text;
        text.reserve(original.size() + 64);
        std::size_t at = 0;
        while (at < original.size()) {
            const std::size_t begin = original.find_first_not_of(" \n", at);
            if (begin == std::string::npos) break;
            const std::size_t end = std::min(original.find_first_of(" \n", begin), original.size());
            text.append(original, at, begin - at);
            append_word(text, std::string_view(original).substr(begin, end - begin), random);
            at = end;
        }
        text += '\n';
        return text;
    }

  private:
    void append_word(std::string& text, std::string_view word, std::mt19937_64& random) const {
        const auto roll = random() % 1200;
        if (roll < 6) {
            text += stripped(words_[random() % words_.size()]);
            text += stripped(words_[random() % words_.size()]);
        } else if (roll < 206) {
            text += words_[random() % words_.size()];
        } else {
            text += word;
        }
    }

    static std::string_view stripped(std::string_view word) {
        while (!word.empty() && std::ispunct(static_cast<unsigned char>(word.back())))
            word.remove_suffix(1);
        return word;
    }

    std::vector<std::string> base_;
    std::vector<std::string> words_;
};

}  // namespace kansli::bench
