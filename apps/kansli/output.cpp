#include "output.hpp"

namespace kansli::app {

Result<Date> day_or_today(std::string_view text) {
    if (text.empty()) return day_in_sweden(now());
    return parse_date(text);
}

std::string_view mark_of(documents::Validity validity) {
    switch (validity) {
        case documents::Validity::applies: return "";
        case documents::Validity::not_yet: return " (gäller inte än)";
        case documents::Validity::expired: return " (gäller inte längre)";
        case documents::Validity::replaced: return " (ersatt)";
    }
    return "";
}

}  // namespace kansli::app
