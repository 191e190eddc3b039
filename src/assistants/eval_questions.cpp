#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "assistants/eval.hpp"
#include "json/value.hpp"
#include "text/language.hpp"

// The question files, and when a hit is a right one.
namespace kansli::assistants {

namespace {

std::string text_of(const json::Value& object, std::string_view name) {
    const auto* value = object.find(name);
    if (value == nullptr) return {};
    if (const auto* text = value->as_string()) return *text;
    if (const auto number = value->as_integer()) return std::to_string(*number);
    return {};
}

ExpectedSource source_of(const json::Value& ref) {
    return {text_of(ref, "sfs"), text_of(ref, "chapter"), text_of(ref, "section"), text_of(ref, "doc")};
}

Result<EvalQuestion> question_of(const json::Value& line, std::string_view field) {
    EvalQuestion question;
    question.id = text_of(line, "id");
    question.question = text_of(line, field);
    if (question.question.empty()) question.question = text_of(line, "question");
    if (question.question.empty())
        return fail(ErrorCode::invalid_input, "Raden har ingen fråga.", "/question");
    const auto* answerable = line.find("answerable");
    const auto known = answerable == nullptr ? std::nullopt : answerable->as_bool();
    if (!known)
        return fail(ErrorCode::invalid_input, "Raden säger inte om frågan går att besvara.", "/answerable");
    question.answerable = *known;
    question.support = text_of(line, "support");
    if (const auto day = text_of(line, "as_of"); !day.empty()) {
        const auto parsed = parse_date(day);
        if (!parsed)
            return fail(ErrorCode::invalid_input, "Dagen finns inte.", "/as_of", "Skriv ÅÅÅÅ-MM-DD.");
        question.as_of = *parsed;
    }
    if (const auto* refs = line.find("refs"); refs != nullptr && refs->as_array() != nullptr) {
        for (const auto& ref : *refs->as_array())
            question.refs.push_back(source_of(ref));
    }
    return question;
}

// Headings as people compare them: letters and digits only, in lower case.
std::string bare(std::string_view heading) {
    std::string out;
    for (const auto& token : text::words(heading)) {
        if (!out.empty()) out += ' ';
        out += token.folded;
    }
    return out;
}

bool same_heading(const std::string& expected, const search::Hit& hit) {
    const auto wanted = bare(expected);
    if (bare(hit.path) == wanted) return true;
    return std::ranges::any_of(hit.trail,
                               [&](const std::string& heading) { return bare(heading) == wanted; });
}

bool same_paragraph(const ExpectedSource& expected, const search::Hit& hit) {
    const auto path = expected.chapter.empty()
                          ? fmt::format("{} §", expected.section)
                          : fmt::format("{} kap. {} §", expected.chapter, expected.section);
    return hit.path == path || hit.path.starts_with(path + " ") || hit.path.starts_with(path + ",");
}

bool same_document(const std::string& doc, const search::Hit& hit) {
    const auto name = std::filesystem::path(hit.file_name).filename().string();
    return doc == name || doc == hit.file_name || doc == hit.document.str() || doc == hit.reference ||
           doc == hit.title || doc == std::filesystem::path(name).stem().string();
}

}  // namespace

Result<std::vector<EvalQuestion>> read_questions(std::string_view jsonl, std::string_view field) {
    std::vector<EvalQuestion> questions;
    std::size_t number = 0;
    for (std::size_t at = 0; at < jsonl.size();) {
        const auto end = std::min(jsonl.find('\n', at), jsonl.size());
        const auto line = jsonl.substr(at, end - at);
        at = end + 1;
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto where = fmt::format("rad {}", number);
        const auto value = json::parse(line);
        if (!value) return fail(ErrorCode::invalid_input, value.error().message, where, value.error().advice);
        auto question = question_of(*value, field);
        if (!question)
            return fail(ErrorCode::invalid_input, question.error().message, where,
                        "Rätta raden i frågefilen.");
        questions.push_back(std::move(*question));
    }
    return questions;
}

bool is_right(const ExpectedSource& expected, const search::Hit& hit) {
    if (!expected.sfs.empty()) {
        return hit.reference == expected.sfs && (expected.section.empty() || same_paragraph(expected, hit));
    }
    return same_document(expected.doc, hit) &&
           (expected.section.empty() || same_heading(expected.section, hit));
}

std::vector<std::size_t> places_of(const EvalQuestion& question, std::span<const search::Hit> hits) {
    std::vector<bool> shown(question.refs.size());
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < hits.size(); ++at) {
        bool first = false;
        for (std::size_t ref = 0; ref < shown.size(); ++ref) {
            if (shown[ref] || !is_right(question.refs[ref], hits[at])) continue;
            shown[ref] = true;
            first = true;
        }
        if (first) places.push_back(at + 1);
    }
    return places;
}

}  // namespace kansli::assistants
