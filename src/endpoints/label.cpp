#include "endpoints/label.hpp"

#include <algorithm>
#include <array>

#include "text/language.hpp"
#include "text/personal_data.hpp"

namespace kansli::endpoints {

namespace {

// Words that are put on what is secret. Those that only speak of secrecy, as every guideline does, are not among them.
constexpr std::array<std::string_view, 4> secret_words{"sekretessbel", "sekretessmark", "hemligstämp",
                                                       "kvarskriv"};
constexpr std::array<std::string_view, 2> protected_what{"personuppgift", "folkbokför"};

bool begins_with_any(std::string_view word, const auto& beginnings) {
    return std::ranges::any_of(beginnings,
                               [&](std::string_view beginning) { return word.starts_with(beginning); });
}

bool says_that_it_is_secret(std::string_view text) {
    bool after_protected = false;  // "skyddade personuppgifter", "skyddad folkbokföring"
    for (const auto& word : text::words(text)) {
        if (begins_with_any(word.folded, secret_words)) return true;
        if (after_protected && begins_with_any(word.folded, protected_what)) return true;
        after_protected = word.folded.starts_with("skydda");
    }
    return false;
}

std::string_view word_of(access::InformationClass information_class) {
    switch (information_class) {
        case access::InformationClass::open:
            return "öppen";
        case access::InformationClass::internal:
            return "intern";
        case access::InformationClass::confidential:
            return "konfidentiell";
        case access::InformationClass::secret:
            return "hemlig";
    }
    return "hemlig";
}

}  // namespace

Label highest(const Label& one, const Label& other) {
    return {std::max(one.information_class, other.information_class),
            one.personal_data || other.personal_data, one.secrecy || other.secrecy};
}

bool covers(const Label& approved, const Label& needed) {
    return highest(approved, needed) == approved;
}

Label label_of_text(std::string_view text) {
    return {access::InformationClass::open, !text::personal_data(text).empty(), says_that_it_is_secret(text)};
}

std::string in_words(const Label& label) {
    std::string words(word_of(label.information_class));
    if (label.personal_data)
        words += label.secrecy ? ", med personuppgifter och sekretess" : ", med personuppgifter";
    if (label.secrecy && !label.personal_data) words += ", med sekretess";
    return words;
}

}  // namespace kansli::endpoints
