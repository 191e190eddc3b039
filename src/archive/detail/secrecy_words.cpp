#include "archive/detail/secrecy_words.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "text/language.hpp"
#include "text/personal_data.hpp"

namespace kansli::archive::detail {

namespace {

// A word by its beginning, folded, so that its forms and compounds fit: "diagnos" also for "diagnosen", "diagnoser".
struct SecrecyWord {
    std::string_view beginning;
    std::string_view reason;
    std::string_view provision;
};

constexpr std::string_view health = "uppgift om hälsa";
constexpr std::string_view health_provision = "25 kap. 1 § OSL";
constexpr std::string_view welfare = "uppgift om personliga förhållanden i socialtjänsten";
constexpr std::string_view welfare_provision = "26 kap. 1 § OSL";
constexpr std::string_view school = "uppgift i elevhälsan";
constexpr std::string_view school_provision = "23 kap. 2 § OSL";
constexpr std::string_view protected_person = "uppgift om skyddad person";
constexpr std::string_view protected_provision = "21 kap. 3 § OSL";
constexpr std::string_view staff = "uppgift om anställds hälsa eller personliga förhållanden";
constexpr std::string_view staff_provision = "39 kap. 2 § OSL";
constexpr std::string_view business = "uppgift om affärsförhållanden";
constexpr std::string_view business_provision = "31 kap. 16 § OSL";

constexpr std::array<SecrecyWord, 32> secrecy_words = {{
    {"diagnos", health, health_provision},
    {"medicin", health, health_provision},
    {"läkemedel", health, health_provision},
    {"läkarintyg", health, health_provision},
    {"patient", health, health_provision},
    {"journalanteckning", health, health_provision},
    {"depression", health, health_provision},
    {"demens", health, health_provision},
    {"cancer", health, health_provision},
    {"missbruk", welfare, welfare_provision},
    {"försörjningsstöd", welfare, welfare_provision},
    {"socialbidrag", welfare, welfare_provision},
    {"orosanmäl", welfare, welfare_provision},
    {"familjehem", welfare, welfare_provision},
    {"vårdnadstvist", welfare, welfare_provision},
    {"hemtjänstbeslut", welfare, welfare_provision},
    {"biståndsbeslut", welfare, welfare_provision},
    {"biståndsbedömning", welfare, welfare_provision},
    {"omhändertag", welfare, welfare_provision},
    {"våldsutsatt", welfare, welfare_provision},
    {"elevhälsa", school, school_provision},
    {"skolkurator", school, school_provision},
    {"skolpsykolog", school, school_provision},
    {"åtgärdsprogram", school, school_provision},
    {"sekretessmarkering", protected_person, protected_provision},
    {"skyddade", protected_person, protected_provision},
    {"kvarskrivning", protected_person, protected_provision},
    {"sjukskriv", staff, staff_provision},
    {"rehabilitering", staff, staff_provision},
    {"omplacering", staff, staff_provision},
    {"affärshemlighet", business, business_provision},
    {"anbudspris", business, business_provision},
}};

const SecrecyWord* word_in(std::string_view sentence) {
    for (const auto& token : text::words(sentence)) {
        const auto found = std::ranges::find_if(
            secrecy_words, [&](const auto& word) { return token.folded.starts_with(word.beginning); });
        if (found != secrecy_words.end()) return &*found;
    }
    return nullptr;
}

}  // namespace

std::vector<MaskProposal> secrecy_proposals(std::string_view text) {
    std::vector<MaskProposal> proposals;
    for (const auto& sentence : text::sentences(text)) {
        const auto* word = word_in(text.substr(sentence.start, sentence.end - sentence.start));
        if (word == nullptr) continue;
        proposals.push_back(
            {sentence.start, sentence.end, std::string(word->reason), std::string(word->provision)});
    }
    return proposals;
}

std::vector<MaskProposal> mask_proposals(std::string_view text) {
    auto proposals = secrecy_proposals(text);
    const std::size_t sentences = proposals.size();
    for (const auto& span : text::personal_data(text)) {
        const bool inside = std::any_of(
            proposals.begin(), proposals.begin() + static_cast<std::ptrdiff_t>(sentences),
            [&](const auto& sentence) { return sentence.start < span.end && span.start < sentence.end; });
        if (!inside)
            proposals.push_back({span.start, span.end, std::string(text::swedish_name(span.kind)), {}});
    }
    std::ranges::sort(proposals, {}, &MaskProposal::start);
    return proposals;
}

}  // namespace kansli::archive::detail
