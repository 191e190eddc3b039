#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
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
    unlike,    // "!": it does not mean the term, whatever the lexicon below says
};

struct LexiconEntry {
    std::vector<std::string> expressions{};  // as typed, folded
    LexicalRelation relation = LexicalRelation::same;
    std::vector<std::string> terms{};  // as documents have it, folded, closest first
    std::string manner{};              // "vardag", "tjänst", "fack", "kort", "äldre"; empty: not said
    std::string statute{};             // "2010:900": whose term it is; empty: not said
    std::optional<Date> from{};        // the first …
    std::optional<Date> until{};       // … and the last day that the statute used the term
    bool beside = false;               // "även": what the lexicon below says of the expressions counts too

    [[nodiscard]] bool operator==(const LexiconEntry&) const = default;
};

// "friggebod, friggis = komplementbyggnad | vardag; lag 2010:900". invalid_input says what is wrong in a clerk's words.
[[nodiscard]] Result<LexiconEntry> parse_entry(std::string_view line);
[[nodiscard]] std::string print(const LexiconEntry& entry);

// The entry of one expression and one term, beside what else is known. invalid_input when either is none.
[[nodiscard]] Result<LexiconEntry> entry_of(std::string_view expression, LexicalRelation relation,
                                            std::string_view term);

struct LexiconFault {
    int line = 0;
    std::string text{};
};

// A whole file. What is faulty is left out and told.
struct LexiconFile {
    std::vector<LexiconEntry> entries{};
    std::vector<int> lines{};  // that they stand on
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

// Finds the expressions of a lexicon in questions. One can lie over another: what it says of an expression counts in place of what the one
// below says, and it can say that an expression does not mean a term. Threads: const use from any.
class Lexicon {
  public:
    Lexicon();  // knows nothing
    explicit Lexicon(std::shared_ptr<const Lexicon> below);
    ~Lexicon();
    Lexicon(Lexicon&&) noexcept;
    Lexicon& operator=(Lexicon&&) noexcept;

    // The one that ships with the program.
    [[nodiscard]] static const Lexicon& shipped();
    // The same, for others to lie over.
    [[nodiscard]] static std::shared_ptr<const Lexicon> share_shipped();

    void add(const LexiconEntry& entry);

    // The longest expressions that stand in the question, in its order, with at most two other words between theirs. A compound that is no
    // expression itself means what its last part means, else its first: "sommarstugetomt". Terms that were not used on the day are
    // left out.
    [[nodiscard]] std::vector<Meaning> meanings(std::span<const Token> question, Date day) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// Whence the lexicon of the moment comes: a municipality's own glossary changes while the program runs. Whoever asks keeps what was
// given for as long as one question takes. Called from any thread.
using LexiconSource = std::function<Result<std::shared_ptr<const Lexicon>>()>;
// The one that ships with the program, always.
[[nodiscard]] Result<std::shared_ptr<const Lexicon>> shipped_alone();

}  // namespace kansli::text
