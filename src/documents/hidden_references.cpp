#include "documents/hidden_references.hpp"

#include <string_view>
#include <utility>
#include <vector>

#include "documents/detail/rights.hpp"
#include "record/marks.hpp"

namespace kansli::documents {

namespace {

bool is_hexadecimal(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}
bool is_part_of_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// The ids of documents and versions in a text, as the library makes them: "d" or "v" and 20 hexadecimal digits. The text may be
// JSON within JSON, so it is not parsed.
std::vector<std::string> ids_in(std::string_view text) {
    constexpr std::size_t length = 21;
    std::vector<std::string> ids;
    for (std::size_t at = 0; at + length <= text.size(); ++at) {
        if (text[at] != 'd' && text[at] != 'v') continue;
        if (at > 0 && is_part_of_word(text[at - 1])) continue;
        std::size_t end = at + 1;
        while (end < text.size() && is_hexadecimal(text[end]))
            ++end;
        const bool whole = end == text.size() || !is_part_of_word(text[end]);
        if (end - at == length && whole) ids.emplace_back(text.substr(at, length));
        at = end - 1;
    }
    return ids;
}

}  // namespace

Result<bool> HiddenReferences::in(const record::Entry& entry) {
    return TRY(is_restricted(entry)) || TRY(in(entry.subject)) || TRY(in(entry.content));
}

Result<bool> HiddenReferences::is_restricted(const record::Entry& entry) {
    if (restricted_ == Restricted::shown) return false;
    if (!restricted_things_) restricted_things_ = TRY(library_.restricted_things());
    return restricted_things_->contains(entry.subject) ||
           restricted_things_->contains(record::thing_of_entry(entry.number));
}

Result<bool> HiddenReferences::in(std::string_view text) {
    for (const std::string& id : ids_in(text))
        if (!TRY(may_read(id))) return true;
    return false;
}

Result<bool> HiddenReferences::may_read(const std::string& id) {
    const auto found = known_.find(id);
    if (found != known_.end()) return found->second;
    const bool may = id.front() == 'd' ? TRY(library_.may_read(caller_, DocumentId{id}, restricted_))
                                       : TRY(library_.may_read(caller_, VersionId{id}, restricted_));
    known_.emplace(id, may);
    return may;
}

Result<std::vector<std::string>> hidden_versions(store::Connection& connection, const access::Caller& caller,
                                                 std::vector<std::string> versions) {
    const access::Viewer viewer(caller);
    std::vector<std::string> hidden;
    for (auto& version : versions) {
        const auto protection = TRY(detail::protection_of_version(connection, version));
        const bool may = protection ? viewer.may_read(protection->rule) : access::is_keeper(caller);
        if (!may) hidden.push_back(std::move(version));
    }
    return hidden;
}

}  // namespace kansli::documents
