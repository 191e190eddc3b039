#include "text/known_questions.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/detail/divided.hpp"
#include "text/detail/lexicon_files.hpp"

namespace kansli::text {

namespace {

constexpr std::size_t fields_of_a_line = 4;

std::vector<std::string> filled(std::string_view list) {
    std::vector<std::string> parts;
    for (const auto part : detail::divided(list, ';')) {
        if (!part.empty()) parts.emplace_back(part);
    }
    return parts;
}

}  // namespace

std::vector<KnownQuestion> parse_known_questions(std::string_view file) {
    std::vector<KnownQuestion> questions;
    for (const auto line : detail::divided(file, '\n')) {
        if (line.empty() || line.front() == '#') continue;
        const auto fields = detail::divided(line, '|');
        if (fields.size() != fields_of_a_line || fields[0].empty()) continue;
        KnownQuestion question{std::string(fields[0]), std::string(fields[1]), filled(fields[2]), {}};
        for (const auto& paragraph : filled(fields[3])) {
            const auto space = paragraph.find(' ');
            if (space != std::string::npos)
                question.paragraphs.push_back({paragraph.substr(0, space), paragraph.substr(space + 1)});
        }
        questions.push_back(std::move(question));
    }
    return questions;
}

std::span<const KnownQuestion> known_questions() {
    static const std::vector<KnownQuestion> questions = [] {
        std::vector<KnownQuestion> all;
        for (const auto file : detail::question_files()) {
            for (auto& question : parse_known_questions(file))
                all.push_back(std::move(question));
        }
        return all;
    }();
    return questions;
}

}  // namespace kansli::text
