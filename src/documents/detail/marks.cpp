#include "documents/detail/marks.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

namespace kansli::documents::detail {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Reads a line from the left. Blanks are spaces, tabs and the no-break and thin spaces that typesetters put before "§".
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] bool done() const { return at_ == text_.size(); }

    bool take(std::string_view literal) {
        if (!rest().starts_with(literal)) return false;
        at_ += literal.size();
        return true;
    }

    bool blanks() {
        static constexpr std::array<std::string_view, 5> kinds{" ", "\t", "\xC2\xA0", "\xE2\x80\x89",
                                                               "\xE2\x80\xAF"};
        const std::size_t before = at_;
        while (std::ranges::any_of(kinds, [&](std::string_view blank) { return take(blank); })) {
        }
        return at_ > before;
    }

    // Up to four digits; longer runs are no numbers of sections.
    std::optional<int> number() {
        std::size_t end = at_;
        int value = 0;
        while (end < text_.size() && is_digit(text_[end]) && end - at_ < 5) {
            value = value * 10 + (text_[end] - '0');
            ++end;
        }
        if (end == at_ || end - at_ > 4) return std::nullopt;
        at_ = end;
        return value;
    }

    // A single lower-case letter that stands by itself, as in "4 a §".
    std::optional<char> letter() {
        if (done()) return std::nullopt;
        const char c = text_[at_];
        if (c < 'a' || c > 'z') return std::nullopt;
        if (at_ + 1 < text_.size()) {
            const auto next = static_cast<unsigned char>(text_[at_ + 1]);
            if ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || is_digit(text_[at_ + 1]))
                return std::nullopt;
            if (next == 0xC3) return std::nullopt;  // å, ä, ö
        }
        ++at_;
        return c;
    }

    bool dash() { return take("–") || take("—") || take("-"); }

    void back_to(std::size_t at) { at_ = at; }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

// Completes a mark whose label has been read: what follows decides whether it stands alone or opens a text.
Mark finish(Scanner& scanner, Mark mark) {
    scanner.blanks();
    mark.length = scanner.at();
    mark.alone = scanner.done();
    const std::string_view rest = scanner.rest();
    mark.opens = !mark.alone && (starts_upper(rest) || rest.front() == '/' || rest.front() == '[');
    return mark;
}

struct NumberAndLetter {
    int number = 0;
    std::string letter{};
};

// "4", "4 a", "4a". The letter is only taken when `after` accepts what comes next.
std::optional<NumberAndLetter> number_and_letter(Scanner& scanner) {
    const auto number = scanner.number();
    if (!number) return std::nullopt;
    const std::size_t bare = scanner.at();
    scanner.blanks();
    if (const auto letter = scanner.letter()) return NumberAndLetter{*number, std::string(1, *letter)};
    scanner.back_to(bare);
    return NumberAndLetter{*number, {}};
}

std::string joined(const NumberAndLetter& value) {
    return value.letter.empty() ? fmt::format("{}", value.number)
                                : fmt::format("{} {}", value.number, value.letter);
}

// "9 kap.", "19 a kap. Särskilda bestämmelser". A section mark right after it makes it a cross reference.
std::optional<Mark> read_chapter(std::string_view line) {
    Scanner scanner(line);
    const auto number = number_and_letter(scanner);
    if (!number || number->number > 99) return std::nullopt;
    scanner.blanks();
    if (!scanner.take("kap.") && !scanner.take("Kap.") && !scanner.take("KAP.")) return std::nullopt;
    Mark mark = finish(scanner, {.kind = MarkKind::chapter,
                                 .label = joined(*number) + " kap.",
                                 .number = number->number,
                                 .letter = number->letter});
    if (!mark.alone && is_digit(scanner.rest().front())) return std::nullopt;
    return mark;
}

// "4 §", "4 a § Text", "10–15 §§ Har upphävts".
std::optional<Mark> read_section(std::string_view line) {
    Scanner scanner(line);
    const auto first = number_and_letter(scanner);
    if (!first) return std::nullopt;
    std::string label = joined(*first);
    scanner.blanks();
    if (scanner.dash()) {
        scanner.blanks();
        const auto last = number_and_letter(scanner);
        if (!last) return std::nullopt;
        label += "–" + joined(*last);
        scanner.blanks();
    }
    if (scanner.take("§§")) {
        label += " §§";
    } else if (scanner.take("§")) {
        label += " §";
    } else {
        return std::nullopt;
    }
    if (!scanner.done() && scanner.rest().front() != ' ' && !scanner.blanks()) return std::nullopt;
    return finish(scanner, {.kind = MarkKind::section,
                            .label = std::move(label),
                            .number = first->number,
                            .letter = first->letter});
}

// "§ 12", "§12 a", "KS § 12".
std::optional<Mark> read_agenda(std::string_view line) {
    Scanner scanner(line);
    std::string prefix;
    for (const std::string_view board : {"KS", "Ks", "KF", "Kf", "AU", "Au"}) {
        if (scanner.take(board)) {
            prefix = std::string(board) + " ";
            break;
        }
    }
    scanner.blanks();
    if (!scanner.take("§")) return std::nullopt;
    scanner.blanks();
    const auto number = number_and_letter(scanner);
    if (!number) return std::nullopt;
    if (!scanner.done()) {
        const bool closed = scanner.take(".") || scanner.take(":");
        if (!scanner.done() && !scanner.blanks() && !closed) return std::nullopt;
        if (scanner.dash()) scanner.blanks();
    }
    return finish(scanner, {.kind = MarkKind::agenda,
                            .label = fmt::format("{}§ {}", prefix, joined(*number)),
                            .number = number->number,
                            .letter = number->letter});
}

// "2.1 Avgifter", "7. Parboendegaranti", "2.6.1. Minimibelopp".
std::optional<Mark> read_decimal(std::string_view line) {
    Scanner scanner(line);
    std::string label;
    int first = 0;
    int components = 0;
    for (;;) {
        const auto number = scanner.number();
        if (!number || *number > 99 || components == 6) break;
        if (components == 0) first = *number;
        label += label.empty() ? fmt::format("{}", *number) : fmt::format(".{}", *number);
        ++components;
        if (!scanner.take(".")) break;
    }
    if (components == 0) return std::nullopt;
    if (!scanner.done() && !scanner.blanks()) return std::nullopt;
    return finish(
        scanner,
        {.kind = MarkKind::decimal, .label = std::move(label), .number = first, .components = components});
}

// "2017:900" alone on its line.
std::optional<Mark> read_act(std::string_view line) {
    Scanner scanner(line);
    const auto year = scanner.number();
    if (!year || *year < 1686 || *year > 2199 || !scanner.take(":")) return std::nullopt;
    const auto number = scanner.number();
    if (!number || !scanner.done()) return std::nullopt;
    return finish(scanner, {.kind = MarkKind::act, .label = std::string(line), .number = *year});
}

std::optional<Mark> read_annex(std::string_view line) {
    Scanner scanner(line);
    if (!scanner.take("Bilaga") && !scanner.take("BILAGA")) return std::nullopt;
    Mark mark{.kind = MarkKind::annex, .label = "Bilaga"};
    const std::size_t bare = scanner.at();
    if (scanner.blanks()) {
        if (const auto number = number_and_letter(scanner)) {
            mark.label += " " + joined(*number);
            mark.number = number->number;
        } else if (const std::string_view rest = scanner.rest(); !rest.empty() && rest[0] >= 'A' &&
                                                                 rest[0] <= 'Z' &&
                                                                 (rest.size() == 1 || rest[1] == ' ')) {
            scanner.take(rest.substr(0, 1));
            mark.label += " " + std::string(rest.substr(0, 1));
        }
    }
    if (scanner.at() == bare && !scanner.done() && scanner.rest().front() != ':' &&
        scanner.rest().front() != '.') {
        return std::nullopt;  // "Bilagan", "Bilagor till …"
    }
    static_cast<void>(scanner.take(":") || scanner.take("."));
    scanner.blanks();
    if (scanner.dash()) scanner.blanks();
    return finish(scanner, std::move(mark));
}

std::optional<Mark> read_word_mark(std::string_view line) {
    for (const std::string_view name :
         {"Övergångsbestämmelser", "ÖVERGÅNGSBESTÄMMELSER", "Ikraftträdande- och övergångsbestämmelser",
          "Ikraftträdande och övergångsbestämmelser"}) {
        if (line == name) {
            return Mark{.kind = MarkKind::transitional,
                        .label = "Övergångsbestämmelser",
                        .length = line.size(),
                        .alone = true};
        }
    }
    for (const std::string_view name : {"AVDELNING ", "Avdelning ", "AVD. ", "Avd. "}) {
        if (!line.starts_with(name) || line.size() == name.size()) continue;
        const char next = line[name.size()];
        if (!is_digit(next) && std::string_view("IVX").find(next) == std::string_view::npos) continue;
        return Mark{
            .kind = MarkKind::division, .label = std::string(line), .length = line.size(), .alone = true};
    }
    return std::nullopt;
}

}  // namespace

Mark read_mark(std::string_view line) {
    if (line.empty()) return {};
    if (is_digit(line.front())) {
        for (const auto reader : {read_chapter, read_section, read_act, read_decimal}) {
            if (auto mark = reader(line)) return *std::move(mark);
        }
        return {};
    }
    for (const auto reader : {read_agenda, read_annex, read_word_mark}) {
        if (auto mark = reader(line)) return *std::move(mark);
    }
    return {};
}

bool starts_upper(std::string_view text) {
    for (const std::string_view quote : {"\"", "”", "“", "'", "(", "»"}) {
        if (text.starts_with(quote)) {
            text.remove_prefix(quote.size());
            break;
        }
    }
    if (text.empty()) return false;
    const auto first = static_cast<unsigned char>(text[0]);
    if (first >= 'A' && first <= 'Z') return true;
    // U+00C0 … U+00DE: À … Þ, among them Å, Ä, Ö and É.
    return first == 0xC3 && text.size() > 1 && static_cast<unsigned char>(text[1]) <= 0x9E;
}

bool ends_with_stop(std::string_view text) {
    static constexpr std::array<std::string_view, 12> stops{".", ":",   ";",  "?",  "!",  ",",
                                                            "…", ".\"", ".”", ".)", "?”", "!”"};
    return std::ranges::any_of(stops, [&](std::string_view stop) { return text.ends_with(stop); });
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool ends_with_page_number(std::string_view line) {
    const std::size_t digits = line.find_last_not_of("0123456789");
    if (digits == std::string_view::npos || digits + 1 == line.size() || line.size() - digits > 5)
        return false;
    const char before = line[digits];
    return before == ' ' || before == '\t' || before == '.' || before == '\xA6' /* the end of … */;
}

bool has_dotted_leader(std::string_view line) {
    if (!ends_with_page_number(line)) return false;
    return line.find("....") != std::string_view::npos || line.find(". . . ") != std::string_view::npos ||
           line.find("……") != std::string_view::npos;
}

bool is_contents_heading(std::string_view line) {
    static constexpr std::array<std::string_view, 10> names{"Innehåll",
                                                            "INNEHÅLL",
                                                            "Innehåll:",
                                                            "Innehållsförteckning",
                                                            "INNEHÅLLSFÖRTECKNING",
                                                            "Innehållsförteckning:",
                                                            "Contents",
                                                            "CONTENTS",
                                                            "Table of contents",
                                                            "Table of Contents"};
    return std::ranges::find(names, line) != names.end();
}

}  // namespace kansli::documents::detail
