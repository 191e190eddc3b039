#pragma once

#include <cstdint>
#include <string_view>

// What type of rule a question asks for and a passage is: "får jag …" is answered by a permission, a prohibition or an exemption, "vem
// beslutar …" by a competence. For ranking, beside the cue (inquiry.hpp), which is about what an answer must hold. Pure; threads: any.
namespace kansli::assistants {

enum class RuleKind : std::uint8_t {
    permission,   // får, har rätt att
    prohibition,  // får inte, är förbjudet
    duty,         // ska, måste, är skyldig, krävs
    exemption,    // krävs inte, behöver inte, undantas
    sanction,     // vite, avgift vid överträdelse, böter, återkallas
    competence,   // beslutar, prövar, ansvarar
    deadline,     // inom tre veckor, senast
    amount,       // a sum, a measure, a share
};
inline constexpr int rule_kind_count = 8;

// The kinds that a passage is of; it may be several.
class RuleKinds {
  public:
    constexpr RuleKinds() = default;

    constexpr void add(RuleKind kind) { bits_ = static_cast<std::uint8_t>(bits_ | bit(kind)); }
    [[nodiscard]] constexpr bool has(RuleKind kind) const { return (bits_ & bit(kind)) != 0; }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    friend constexpr bool operator==(const RuleKinds&, const RuleKinds&) = default;

  private:
    static constexpr std::uint8_t bit(RuleKind kind) {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
    }
    std::uint8_t bits_ = 0;
};

enum class QuestionType : std::uint8_t {
    other,
    amount,       // hur mycket, hur stor, vad kostar
    deadline,     // hur länge, när senast, inom vilken tid
    responsible,  // vem beslutar, vem ansvarar
    place,        // var, vart, till vem
    permission,   // får jag, är det tillåtet, kan man
    duty,         // måste jag, krävs, behöver man
    consequence,  // vad händer om, vad blir följden
    procedure,    // hur gör man, hur ansöker jag
};

struct AskedRule {
    QuestionType type = QuestionType::other;
    bool negated = false;  // "får jag inte", "utan bygglov", "slipper jag"

    friend bool operator==(const AskedRule&, const AskedRule&) = default;
};

[[nodiscard]] AskedRule asked_rule(std::string_view question);

[[nodiscard]] RuleKinds rule_kinds(std::string_view passage);

// How well a passage of these kinds answers such a question, 0–1: that of its best kind. 1 for questions of no type; a little for passages
// of no kind, which may still say it in other words.
[[nodiscard]] double fit(const AskedRule& asked, RuleKinds kinds);

}  // namespace kansli::assistants
