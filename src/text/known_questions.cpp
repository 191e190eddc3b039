#include "text/known_questions.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "text/detail/divided.hpp"
#include "text/detail/lexicon_files.hpp"
#include "text/statutes.hpp"

namespace kansli::text {

namespace {

constexpr std::size_t fields_of_a_line = 4;

constexpr auto kinds = std::to_array<std::string_view>(
    {"får", "måste", "rätt", "hur mycket", "hur länge", "vem", "hur", "vad är", "vad händer", "var"});

Failure no_question(std::string message, std::string advice = {}) {
    return fail(ErrorCode::invalid_input, std::move(message), {}, std::move(advice));
}

std::vector<std::string> filled(std::string_view list) {
    std::vector<std::string> parts;
    for (const auto part : detail::divided(list, ';')) {
        if (!part.empty()) parts.emplace_back(part);
    }
    return parts;
}

// Takes "12" or "12 a" and what must stand after it from the beginning of the text.
bool take_number(std::string_view& text, std::string_view after) {
    auto rest = text;
    while (!rest.empty() && is_ascii_digit(rest.front()))
        rest.remove_prefix(1);
    if (rest.size() == text.size()) return false;
    const bool lettered =
        rest.size() > 2 && rest[0] == ' ' && rest[1] >= 'a' && rest[1] <= 'z' && rest[2] == ' ';
    if (lettered) rest.remove_prefix(2);
    if (!rest.starts_with(after)) return false;
    text = rest.substr(after.size());
    return true;
}

// "9 kap. 4 §", "12 a §".
bool is_path(std::string_view path) {
    (void)take_number(path, " kap. ");
    return take_number(path, " §") && path.empty();
}

Result<KnownQuestion> parse_question(std::string_view line) {
    const auto fields = detail::divided(line, '|');
    if (fields.size() != fields_of_a_line || fields[0].empty())
        return no_question("Raden har inte formen ”fråga | sort | termer | paragrafer”.");
    KnownQuestion question{std::string(fields[0]), std::string(fields[1]), filled(fields[2]), {}};
    if (std::ranges::find(kinds, fields[1]) == kinds.end())
        return no_question(fmt::format("Sorten ”{}” finns inte.", fields[1]));
    if (question.terms.empty()) return no_question("Frågan har inga termer.");
    for (const auto& paragraph : filled(fields[3])) {
        const auto space = std::min(paragraph.find(' '), paragraph.size());
        KnownQuestion::Paragraph found{paragraph.substr(0, space),
                                       paragraph.substr(std::min(space + 1, paragraph.size()))};
        if (!is_statute_number(found.statute) || !is_path(found.path))
            return no_question(fmt::format("”{}” är ingen paragraf som ”2010:900 9 kap. 4 §”.", paragraph));
        question.paragraphs.push_back(std::move(found));
    }
    return question;
}

}  // namespace

KnownQuestionFile parse_known_questions(std::string_view file) {
    KnownQuestionFile parsed;
    std::unordered_map<std::string, int> asked;
    int number = 0;
    for (const auto line : detail::divided(file, '\n')) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        auto question = parse_question(line);
        if (!question) {
            parsed.faults.push_back({number, question.error().message});
            continue;
        }
        const auto [place, is_new] = asked.try_emplace(fold(question->question), number);
        if (is_new) {
            parsed.questions.push_back(*std::move(question));
        } else {
            parsed.faults.push_back({number, fmt::format("Frågan står på rad {} också.", place->second)});
        }
    }
    return parsed;
}

std::span<const KnownQuestion> known_questions() {
    static const std::vector<KnownQuestion> questions = [] {
        std::vector<KnownQuestion> all;
        for (const auto file : detail::question_files()) {
            for (auto& question : parse_known_questions(file).questions)
                all.push_back(std::move(question));
        }
        return all;
    }();
    return questions;
}

}  // namespace kansli::text
