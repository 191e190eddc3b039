#include "output.hpp"

#include <fmt/format.h>

#include "json/binder.hpp"

namespace kansli::app {

Result<Date> day_or_today(std::string_view text) {
    if (text.empty()) return day_in_sweden(now());
    return parse_date(text);
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
