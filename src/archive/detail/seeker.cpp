#include "archive/detail/seeker.hpp"

#include <algorithm>
#include <iterator>

#include "text/language.hpp"

namespace kansli::archive::detail {

Result<Seeker> Seeker::create(const Subject& subject) {
    Seeker seeker;
    for (const auto& name : subject.names)
        if (!text::words(name).empty()) seeker.sought_.emplace_back(name);
    if (!subject.identity_number.empty()) {
        seeker.sought_.emplace_back(subject.identity_number);
        if (!seeker.sought_.back().is_number())
            return fail(ErrorCode::invalid_input, "Det är inget personnummer.", "identity_number");
    }
    if (seeker.sought_.empty())
        return fail(ErrorCode::invalid_input, "Ange namn eller personnummer.", "names");
    return seeker;
}

void Seeker::add_account(const SubjectAccount& account) {
    accounts_.insert(account.id);
    accounts_.insert(account.user_name);
    principals_.push_back("person:" + account.user_name);
}

bool Seeker::may_be_in(std::string_view text) const {
    return std::ranges::any_of(sought_, [&](const Sought& each) { return each.may_be_in(text); }) ||
           std::ranges::any_of(principals_, [&](const std::string& each) {
               return text.find(each) != std::string_view::npos;
           });
}

std::vector<Mention> Seeker::in(std::string_view text) const {
    std::vector<Mention> mentions;
    for (const auto& each : sought_)
        std::ranges::move(each.in(text), std::back_inserter(mentions));
    for (const auto& each : principals_)
        for (auto at = text.find(each); at != std::string_view::npos; at = text.find(each, at + each.size()))
            mentions.push_back({at, at + each.size()});
    std::ranges::sort(mentions, {}, &Mention::start);
    return mentions;
}

}  // namespace kansli::archive::detail
