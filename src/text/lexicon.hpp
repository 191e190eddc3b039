#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "text/language.hpp"

// What people say and what the law says: "friggebod" is "komplementbyggnad". The files of data/lexicon, whose README describes
// their form, and a municipality's own glossary, which has the same form.
namespace kansli::text {

// How an expression stands to a term.
enum class LexicalRelation : std::uint8_t {
    same,      // "=": another word for it
    narrower,  // "<": a kind of it
    wider,     // ">": it and more
    related,   // "~": the rule that is sought speaks of the term instead
};

struct LexiconEntry {
    std::vector<std::string> expressions{};  // as typed, folded
    LexicalRelation relation = LexicalRelation::same;
    std::vector<std::string> terms{};  // as documents have it, folded, closest first
    std::string manner{};              // "vardag", "tjänst", "fack", "kort", "äldre"; empty: not said
    std::string statute{};             // "2010:900": whose term it is; empty: not said
    std::optional<Date> from{};        // the first …
    std::optional<Date> until{};       // … and the last day that the statute used the term

    [[nodiscard]] bool operator==(const LexiconEntry&) const = default;
};

// "friggebod, friggis = komplementbyggnad | vardag; lag 2010:900". invalid_input says what is wrong in a clerk's words.
[[nodiscard]] Result<LexiconEntry> parse_entry(std::string_view line);
[[nodiscard]] std::string print(const LexiconEntry& entry);

struct LexiconFault {
    int line = 0;
    std::string text{};
};

// A whole file. What is faulty is left out and told.
struct LexiconFile {
    std::vector<LexiconEntry> entries{};
    std::vector<LexiconFault> faults{};
};
[[nodiscard]] LexiconFile parse_lexicon(std::string_view file);

// The files that ship with the program, in the order of their names.
[[nodiscard]] std::vector<LexiconFile> shipped_lexicon();

// One way in which documents may say what was asked.
struct Wording {
    std::vector<std::string> stems{};  // in order; several are a phrase
    std::string shown{};               // "ändring av byggnad"
    double closeness = 0;              // 0–1: how surely the same is meant
};

// What a few words of a question may be called, closest first.
struct Meaning {
    std::vector<std::size_t> tokens{};  // of the question, in order
    std::vector<Wording> wordings{};
    bool of_part = false;  // of a part of a compound
};

// Finds the expressions of a lexicon in questions. Threads: const use from any.
class Lexicon {
  public:
    Lexicon();  // knows nothing
    ~Lexicon();
    Lexicon(Lexicon&&) noexcept;
    Lexicon& operator=(Lexicon&&) noexcept;

    // The one that ships with the program.
    [[nodiscard]] static const Lexicon& shipped();

    void add(const LexiconEntry& entry);

    // The longest expressions that stand in the question, in its order, with at most two other words between theirs. A compound that is no
    // expression itself means what its last part means, else its first: "sommarstugetomt". Terms that were not used on the day are
    // left out.
    [[nodiscard]] std::vector<Meaning> meanings(std::span<const Token> question, Date day) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kansli::text
