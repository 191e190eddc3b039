#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "json/describe.hpp"

namespace kansli::desk {

// What a proposal rests on, and so how its evidence is read and shown.
enum class EvidenceForm : std::uint8_t {
    quotes,  // exact spans of exact versions of documents: an array of Quote (evidence.hpp)
};
KANSLI_DESCRIBE_ENUM(EvidenceForm, quotes)

// How an approved decision leaves the house.
enum class Way : std::uint8_t {
    by_hand,  // a person copied the text and sent it
    file,     // downloaded as text or HTML with its sources
    mail,     // sent by the program, when a mail server is named in the settings
};
KANSLI_DESCRIBE_ENUM(Way, by_hand, file, mail)

// A kind of proposal, declared in one place: as a constant in the room whose engine makes such proposals. The composition
// root hands all kinds to the Desk. Who may decide on a kind is said of each person (`access::may_review`).
struct Kind {
    std::string_view name{};  // "answer": stands in rows, in the record and in people's `review_kinds`
    std::string_view swedish{};
    std::string_view english{};
    std::string_view service{};  // which of the house's services it belongs to: "assistants"
    EvidenceForm evidence = EvidenceForm::quotes;
    std::span<const Way> ways{};  // what an approved decision can lead to
    bool about_person = false;    // a decision about somebody: each is looked at by itself, never in a batch
    bool two_persons = false;     // approved only when two different persons have approved the same text
    int kept_months = 0;          // suggested to whoever decides on retention; 0: nothing is suggested
};

using Kinds = std::span<const Kind>;

// The kind of that name; null when there is none.
[[nodiscard]] constexpr const Kind* find_kind(Kinds kinds, std::string_view name) {
    const auto found = std::ranges::find(kinds, name, &Kind::name);
    return found == kinds.end() ? nullptr : &*found;
}

// The kind of entry of the record that has a proposal of the kind: "answer_proposal".
[[nodiscard]] inline std::string entry_kind(std::string_view kind) {
    return std::string(kind) + "_proposal";
}

[[nodiscard]] constexpr bool leads_to(const Kind& kind, Way way) {
    return std::ranges::find(kind.ways, way) != kind.ways.end();
}

// Whether several proposals of the kind may be accepted at once, without each being opened.
[[nodiscard]] constexpr bool may_batch(const Kind& kind) {
    return !kind.about_person && !kind.two_persons;
}

}  // namespace kansli::desk
