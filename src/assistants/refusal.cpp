#include "assistants/refusal.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "text/language.hpp"

namespace kansli::assistants {

namespace {

constexpr std::string_view ask_a_person = " Fråga en handläggare, eller läs de närmaste dokumenten.";
constexpr double much_unknown = 0.25;

std::string unknown_words(const Inquiry& inquiry) {
    std::vector<const Term*> unknown;
    for (const auto& term : inquiry.terms) {
        const bool of_matter = !term.number && !term.doing && !text::is_light_word(term.word);
        if (!term.known && of_matter) unknown.push_back(&term);
    }
    std::ranges::stable_sort(unknown, std::ranges::greater{}, [](const Term* term) { return term->weight; });
    std::string text;
    for (std::size_t at = 0; at < unknown.size() && at < 3; ++at) {
        if (at > 0) text += at + 1 == std::min<std::size_t>(unknown.size(), 3) ? " eller " : ", ";
        text += fmt::format("”{}”", unknown[at]->shown);
    }
    return text;
}

// "Närmast frågan ligger Taxa för bygglov, 2 § Timavgift".
std::string nearest_of(const RefusalCircumstances& circumstances) {
    if (!circumstances.nearest) return "Dokumenten rör ämnet";
    const auto& [title, path] = *circumstances.nearest;
    return fmt::format("Närmast frågan ligger {}{}{}", title, path.empty() || path == title ? "" : ", ",
                       path == title ? "" : path);
}

std::string_view missing_kind(Cue cue) {
    switch (cue) {
        case Cue::amount:
            return "något antal eller mått";
        case Cue::price:
            return "något belopp";
        case Cue::time:
            return "någon dag eller tid";
        case Cue::period:
            return "någon tidsrymd";
        case Cue::person:
        case Cue::name:
            return "vem det är";
        case Cue::telephone:
            return "något telefonnummer";
        case Cue::address:
            return "någon adress";
        case Cue::place:
            return "någon plats";
        case Cue::consent:
        case Cue::none:
            break;
    }
    return {};
}

}  // namespace

std::string refusal_reason(const Inquiry& inquiry, const SupportFeatures& features,
                           const RefusalCircumstances& circumstances) {
    if (inquiry.terms.empty()) {
        return "Frågan säger inte vad den handlar om. Skriv gärna med några ord som finns i ämnet.";
    }
    if (circumstances.lapsed) {
        const auto& lapsed = *circumstances.lapsed;
        return fmt::format("Det som ligger närmast frågan, {}{}{}, {} den dag du frågar om.{}", lapsed.title,
                           lapsed.path.empty() ? "" : ", ", lapsed.path,
                           lapsed.coming ? "gäller ännu inte" : "gäller inte längre", ask_a_person);
    }
    if (!circumstances.found_anything) {
        return fmt::format("Inget av dokumenten tar upp det du frågar om.{}", ask_a_person);
    }
    if (const auto unknown = unknown_words(inquiry); !unknown.empty() && features.unknown >= much_unknown) {
        return fmt::format("Dokumenten nämner inte {}.{}", unknown, ask_a_person);
    }
    if (const auto kind = missing_kind(inquiry.cue); features.cue_missing > 0 && !kind.empty()) {
        return fmt::format("{}, men där framgår inte {}.{}", nearest_of(circumstances), kind, ask_a_person);
    }
    return fmt::format("{}, men texten ger för svagt stöd för ett säkert svar.{}", nearest_of(circumstances),
                       ask_a_person);
}

}  // namespace kansli::assistants
