#include "output.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "access/caller.hpp"
#include "json/binder.hpp"

namespace kansli::app {

Result<Date> day_or_today(std::string_view text) {
    if (text.empty()) return day_in_sweden(now());
    return parse_date(text);
}

Result<void> name_unknown_collections(documents::Library& library,
                                      const std::vector<std::string>& asked_for) {
    if (asked_for.empty()) return {};
    std::vector<std::string> known;
    for (const auto& collection : TRY(library.collections(access::keeper())))
        known.push_back(collection.name);
    for (const auto& name : asked_for) {
        if (std::ranges::find(known, name) != known.end()) continue;
        fmt::print(stderr, "kansli: samlingen {} har inga dokument. Samlingar: {}.\n", name,
                   known.empty() ? "inga än" : fmt::format("{}", fmt::join(known, ", ")));
    }
    return {};
}

std::string_view mark_of(documents::Validity validity) {
    switch (validity) {
        case documents::Validity::applies:
            return "";
        case documents::Validity::not_yet:
            return " (gäller inte än)";
        case documents::Validity::expired:
            return " (gäller inte längre)";
        case documents::Validity::replaced:
            return " (ersatt)";
    }
    return "";
}

void print_difference(const api::DifferenceView& difference, bool json) {
    if (json) {
        fmt::print("{}\n", json::write(difference));
        return;
    }
    if (difference.sections.empty()) fmt::print("Texterna är lika.\n");
    for (const auto& section : difference.sections) {
        fmt::print("{}\n", section.path);
        for (const auto& piece : section.pieces) {
            if (piece.kind == documents::Edit::same) fmt::print("{}", piece.text);
            if (piece.kind == documents::Edit::deleted) fmt::print("[-{}-]", piece.text);
            if (piece.kind == documents::Edit::inserted) fmt::print("{{+{}+}}", piece.text);
        }
        fmt::print("\n\n");
    }
}

}  // namespace kansli::app
