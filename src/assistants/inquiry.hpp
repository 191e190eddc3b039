#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assistants/rule_kind.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"
#include "text/lexicon.hpp"
#include "text/quantities.hpp"

// What a question asks for: the words that say what it is about, how much each says, and the kind of answer that is wanted.
// Pure; threads: any.
namespace kansli::assistants {

// A word of the question that carries meaning.
struct Term {
    std::string word{};  // folded
    std::string stem{};
    std::string shown{};                       // as it was typed
    bool name = false;                         // written with a capital inside the question: "Huddinge"
    bool number = false;                       // "28", "trettio": seldom the same in question and answer
    bool names_kind = false;                   // names the kind of thing asked for: "avgift" when a price is
    bool doing = false;                        // a verb by its place: "att ångra", "kan återkalla"
    bool known = true;                         // stands somewhere in the documents that were asked
    double weight = 1;                         // how much it says; rarer words say more
    bool respelled = false;                    // stands nowhere as it was typed, and was read as this
    std::vector<text::Wording> wordings{};     // what the documents may call it
    std::optional<text::Quantity> quantity{};  // that it is part of: "trettio" of "trettio kvadrat"
};

// The kind of thing that the answer must hold to be an answer.
enum class Cue : std::uint8_t {
    none,
    amount,     // hur många, hur stor: a number
    price,      // vad kostar, vilken avgift: a sum, a share, or that it is free
    time,       // när: a date, a day, an hour
    period,     // hur länge, inom vilken tid, hur ofta: a number of days, weeks, years, or at once
    person,     // vem: somebody who acts
    name,       // vem är, vad heter: a proper name
    telephone,  // vilket telefonnummer
    address,    // vilken e-postadress, vilken adress
    place,      // var, vart: a name or an address
    consent,    // får jag, måste vi: what is allowed or demanded
};
KANSLI_DESCRIBE_ENUM(Cue, none, amount, price, time, period, person, name, telephone, address, place, consent)

// A place in a statute that the question itself points at.
struct PointedAt {
    std::string statute{};
    std::string path{};
};

struct Inquiry {
    std::string question{};     // as asked
    std::vector<Term> terms{};  // without repetitions, in the order of the question
    Cue cue = Cue::none;
    AskedRule asked{};  // the type of rule that it asks for
    std::vector<PointedAt> pointed_at{};
    Term counted{};  // what is counted: "uthus" in "hur många uthus"; no word when nothing is

    [[nodiscard]] double weight() const;  // of all terms
};

// With what the lexicon's expressions were called on the day.
[[nodiscard]] Inquiry inquire(std::string_view question, const text::Lexicon& lexicon, Date day);

// Notes that a term was read otherwise than it was typed, so that it counts for less and is told as typed.
void note_respelled(Inquiry& inquiry, std::string_view read, std::string_view written);

// Notes that documents write two terms as one: each is met by the compound, too.
void note_joined(Inquiry& inquiry, std::string_view first, std::string_view second,
                 std::string_view compound);

// The question with words that its answer is likely to stand beside; the question itself when there are none.
[[nodiscard]] std::string search_words(std::string_view question, Cue cue);

// Gives the terms their weights: `sections_with[i]` is the number of sections that hold term i, `sections_with_any` those that
// hold any of them.
void weigh(Inquiry& inquiry, std::span<const std::int64_t> sections_with, std::int64_t sections_with_any);

// Whether a text holds the kind of thing that a cue asks for. True for `none`.
[[nodiscard]] bool meets(Cue cue, std::string_view text);
// The same, and a number of the things where something is counted.
[[nodiscard]] bool meets(const Inquiry& inquiry, std::string_view text);

}  // namespace kansli::assistants
