#include "documents/detail/source_plan.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "text/language.hpp"

namespace kansli::documents::detail {

namespace {

constexpr std::chrono::nanoseconds coarsest_clock = std::chrono::seconds(2);
constexpr std::size_t longest_address = 2000;

// A time in the future by more than the coarsest clock was set by hand or comes from a clock that is wrong; it is no sign of
// a recent write.
bool just_written(const FileMark& file, Timestamp looked) {
    const auto age = looked.time_since_epoch() - std::chrono::nanoseconds(file.modified);
    return age >= -coarsest_clock && age <= coarsest_clock;
}

std::string text_of(const FileMark& file) {
    return fmt::format("{}.{}.{}", file.size, file.modified, file.inode);
}

bool lies_in(std::string_view name, std::string_view folder) {
    return name == folder ||
           (name.size() > folder.size() && name.starts_with(folder) && name[folder.size()] == '/');
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The length of "http://" or "https://" at the beginning, in any case of letters; 0 when there is none.
std::size_t scheme_length(std::string_view text) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        const auto head = text.substr(0, scheme.size());
        if (std::ranges::equal(head, scheme, {}, lower)) return scheme.size();
    }
    return 0;
}

bool is_host(std::string_view host) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("-._:[]").find(c) != std::string_view::npos ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    return !host.empty() && host.front() != ':' && host.front() != '.' && std::ranges::all_of(host, fits);
}

}  // namespace

std::string stamp_of(const FileMark& file, const std::optional<FileMark>& sidecar, Timestamp looked) {
    if (just_written(file, looked) || (sidecar && just_written(*sidecar, looked))) return {};
    return sidecar ? text_of(file) + "+" + text_of(*sidecar) : text_of(file);
}

FolderPlan plan_folder(const KnownItems& known, const std::map<std::string, std::string>& seen,
                       const std::vector<std::string>& hidden) {
    FolderPlan plan;
    for (const auto& [name, stamp] : seen) {
        const auto before = known.find(name);
        if (before != known.end() && before->second.gone) plan.back.push_back(name);
        if (before == known.end() || stamp.empty() || before->second.stamp != stamp) {
            plan.read.push_back(name);
        } else {
            ++plan.unchanged;
        }
    }
    for (const auto& [name, item] : known) {
        if (item.gone || seen.contains(name)) continue;
        const bool unsure =
            std::ranges::any_of(hidden, [&](const auto& folder) { return lies_in(name, folder); });
        if (!unsure) plan.vanished.push_back(name);
    }
    return plan;
}

bool looks_like_address(std::string_view text) {
    return scheme_length(text) > 0;
}

std::optional<std::string> clean_address(std::string_view text) {
    const auto scheme = scheme_length(text);
    const bool printable =
        std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != 0x7F; });
    if (scheme == 0 || text.size() > longest_address || !printable || !text::is_valid_utf8(text))
        return std::nullopt;
    text = text.substr(0, text.find('#'));
    const auto end_of_host = std::min(text.find_first_of("/?", scheme), text.size());
    std::string address(text);
    std::ranges::transform(text.substr(0, end_of_host), address.begin(), lower);
    if (!is_host(std::string_view(address).substr(scheme, end_of_host - scheme))) return std::nullopt;
    if (end_of_host == address.size() || address[end_of_host] == '?') address.insert(end_of_host, "/");
    return address;
}

std::string_view host_of(std::string_view address) {
    address.remove_prefix(scheme_length(address));
    return address.substr(0, address.find_first_of("/?"));
}

}  // namespace kansli::documents::detail
