// How many references to places in Swedish statutes are found, and how many of those found are right.
//
//     build/bench/bench/quality/references_bench ../shared/corpora/legalref/legalref_dev.jsonl [all]
//
// The cases are those of an open legal information system, with the links that it expects. Links to a statute as a whole are left out, and
// those to a chapter whose sections are linked too: there the two differ in what they count as a reference, not in what they read. With a
// second argument every case that is not read alike is listed.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/file.hpp"
#include "json/value.hpp"
#include "text/references.hpp"

namespace {

using namespace kansli;

using Keys = std::multiset<std::string>;

constexpr std::string_view own_statute = "9999:999";

struct Count {
    std::size_t expected = 0;
    std::size_t found = 0;
    std::size_t right = 0;
};

std::string member(const json::Value& object, std::string_view name) {
    const json::Value* value = object.find(name);
    const std::string* text = value == nullptr ? nullptr : value->as_string();
    return text == nullptr ? std::string() : *text;
}

// "https://lagen.nu/2010:900#K9P4S2N1" as "2010:900 K9 P4 S2 N1": letters of the fragment begin its parts. Empty for other addresses.
std::string key_of(std::string_view address) {
    address.remove_prefix(std::min(address.size(), address.rfind('/') + 1));
    const auto hash = address.find('#');
    if (hash == std::string_view::npos) return {};
    std::string key(address.substr(0, hash) == own_statute ? std::string_view{} : address.substr(0, hash));
    for (const char c : address.substr(hash + 1)) {
        if (c == 'M') break;  // a sentence, which is not told here
        if (c >= 'A' && c <= 'Z') key += ' ';
        key += c;
    }
    return key;
}

Keys expected_of(const json::Value& links) {
    Keys keys;
    for (const json::Value& link : *links.as_array()) {
        std::string key = key_of(member(link, "uri"));
        if (!key.empty()) keys.insert(std::move(key));
    }
    std::erase_if(keys, [&](const std::string& key) {
        const bool chapter = key.find(" K") != std::string::npos && key.find(" P") == std::string::npos;
        return chapter && std::ranges::any_of(
                              keys, [&](const std::string& other) { return other.starts_with(key + " P"); });
    });
    return keys;
}

Keys found_in(std::string_view text) {
    Keys keys;
    for (const text::Reference& reference : text::references(text)) {
        if (reference.names_statute() || reference.article) continue;
        std::string around = reference.statute;
        if (!reference.chapter.empty()) around += " K" + reference.chapter;
        std::string key = around;
        if (!reference.section.empty()) key += " P" + reference.section;
        const int part = reference.part == 0 && !reference.item.empty() ? 1 : reference.part;
        if (part > 0) key += fmt::format(" S{}", part);
        if (!reference.item.empty()) key += " N" + reference.item;
        keys.insert(std::move(key));
        if (!reference.last.empty()) keys.insert(around + " P" + reference.last);
    }
    return keys;
}

std::size_t common(const Keys& a, const Keys& b) {
    std::vector<std::string> both;
    std::ranges::set_intersection(a, b, std::back_inserter(both));
    return both.size();
}

std::string listed(const Keys& keys) {
    std::string out;
    for (const std::string& key : keys)
        out += (out.empty() ? "" : ";") + key;
    return out;
}

Result<void> measure(const std::filesystem::path& file, bool all) {
    const std::string lines = TRY(read_file(file));
    Count count;
    std::size_t cases = 0;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        const auto one = TRY(json::parse(std::string_view(lines).substr(at, end - at)));
        at = end + 1;
        const std::string kind = member(one, "kind");
        const json::Value* links = one.find("links");
        if ((kind != "SFS" && kind != "Simple" && kind != "Short") || links == nullptr || !links->as_array())
            continue;
        const Keys expected = expected_of(*links);
        const Keys found = found_in(member(one, "input"));
        ++cases;
        count.expected += expected.size();
        count.found += found.size();
        count.right += common(expected, found);
        if (all && expected != found)
            fmt::print("{}\n  expected {}\n  found    {}\n", member(one, "id"), listed(expected),
                       listed(found));
    }
    const auto share = [&](std::size_t of) {
        return of == 0 ? 0.0 : static_cast<double>(count.right) / static_cast<double>(of);
    };
    fmt::print("cases  places  found  right  precision  recall\n{:5}  {:6}  {:5}  {:5}  {:9.3f}  {:6.3f}\n",
               cases, count.expected, count.found, count.right, share(count.found), share(count.expected));
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || !std::filesystem::exists(argv[1])) {
        fmt::print("SKIPPED: the cases are not there. references_bench CASES.jsonl [all]\n");
        return 1;
    }
    if (const auto done = measure(argv[1], argc > 2); !done) {
        fmt::print("{}\n", done.error().message);
        return 1;
    }
    return 0;
}
