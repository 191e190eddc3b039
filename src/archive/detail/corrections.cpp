#include "archive/detail/corrections.hpp"

#include <fmt/format.h>

#include "json/binder.hpp"
#include "record/marks.hpp"
#include "record/record.hpp"

namespace kansli::archive::detail {

Result<std::vector<CorrectionNote>> corrections_of(store::Connection& connection, std::string_view thing) {
    std::vector<CorrectionNote> notes;
    for (const std::int64_t number : TRY(record::corrections_of(connection, thing))) {
        const auto entry = TRY(record::Record::entry(connection, number));
        if (entry.content_removed()) continue;
        auto content = TRY(json::read<CorrectionContent>(entry.content));
        notes.push_back({.entry = number,
                         .moment = entry.moment,
                         .by = entry.actor,
                         .wrong = std::move(content.wrong),
                         .right = std::move(content.right),
                         .reason = std::move(content.reason),
                         .replaced = content.replaced});
    }
    return notes;
}

std::string correction_text(const std::vector<CorrectionNote>& corrections) {
    std::string text;
    for (const auto& note : corrections) {
        text += fmt::format("\n\nRättelse {} (anteckning {})\n", to_string(day_in_sweden(note.moment)),
                            note.entry);
        if (!note.wrong.empty()) text += "Fel uppgift: " + note.wrong + "\n";
        text += "Rätt uppgift: " + note.right;
    }
    return text;
}

}  // namespace kansli::archive::detail
