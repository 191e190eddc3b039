#include "grounding/detail/measure.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ascii.hpp"
#include "grounding/detail/word_lists.hpp"
#include "text/language.hpp"
#include "text/quantities.hpp"
#include "text/references.hpp"

namespace kansli::grounding::detail {

namespace {

constexpr std::size_t bound_reach = 3;  // words before a number that may bound it
constexpr std::size_t rate_reach = 2;   // words after it in which "i" and "om" say of what …
constexpr std::size_t far_rate = 4;     // … and "per"

struct Converted {
    text::Unit unit = text::Unit::none;
    Kind kind = Kind::number;
    std::int64_t factor = 1;
};
constexpr auto conversions = std::to_array<Converted>({
    {text::Unit::millimetre, Kind::length, 1},
    {text::Unit::centimetre, Kind::length, 10},
    {text::Unit::metre, Kind::length, 1000},
    {text::Unit::kilometre, Kind::length, 1'000'000},
    {text::Unit::square_metre, Kind::area, 1},
    {text::Unit::hectare, Kind::area, 10'000},
    {text::Unit::cubic_metre, Kind::volume, 1000},
    {text::Unit::litre, Kind::volume, 1},
    {text::Unit::kilogram, Kind::weight, 1},
    {text::Unit::minute, Kind::minutes, 1},
    {text::Unit::hour, Kind::minutes, 60},
    {text::Unit::day, Kind::days, 1},
    {text::Unit::week, Kind::days, 7},
    {text::Unit::month, Kind::months, 1},
    {text::Unit::year, Kind::months, 12},
    {text::Unit::krona, Kind::money, 1},
    {text::Unit::percent, Kind::share, 1},
    {text::Unit::date, Kind::date, 1},
});

// Words of units that text::quantities leaves to the reader, by their stems as they are written here.
constexpr auto named_units = std::to_array<std::string_view>(
    {"dygn",      "arbetsdag", "arbetsdagar", "vardagar",       "kalenderdagar",   "helgdagar", "läsår",
     "termin",    "terminer",  "kvartal",     "procentenheter", "promille",        "dba",       "db",
     "decimeter", "dm",        "decibel",     "prisbasbelopp",  "prisbasbeloppet", "basbelopp", "ton",
     "gånger",    "gång",      "sidor",       "sekunder",       "grader",          "kw",        "kwh",
     "lux",       "volt",      "exemplar"});

constexpr auto month_names =
    std::to_array<std::string_view>({"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
                                     "september", "oktober", "november", "december"});

constexpr auto rate_words = std::to_array<std::string_view>(
    {"dag",          "dagen",   "dygn",      "dygnet", "vecka",    "veckan",   "månad",
     "månaden",      "kvartal", "kvartalet", "år",     "året",     "termin",   "terminen",
     "läsår",        "läsåret", "timme",     "timmen", "säsong",   "säsongen", "kubikmeter",
     "kvadratmeter", "person",  "medlem",    "barn",   "tillfälle"});

constexpr auto at_most_words = std::to_array<std::string_view>(
    {"högst", "max", "maximalt", "maximum", "längst", "senast", "inom", "upp", "maxgränsen", "mest"});
constexpr auto at_least_words = std::to_array<std::string_view>(
    {"minst", "lägst", "åtminstone", "tidigast", "minimum", "kortast", "först", "lägsta", "minsta"});
constexpr auto more_words =
    std::to_array<std::string_view>({"över", "överstiger", "överstiga", "överskrider", "överskrida", "fler",
                                     "mer", "mera", "större", "högre", "längre", "äldre", "utöver"});
constexpr auto less_words =
    std::to_array<std::string_view>({"under", "understiger", "understiga", "underskrider", "färre", "mindre",
                                     "lägre", "kortare", "yngre", "närmare"});

struct NamedNumber {
    std::string_view word{};
    std::int64_t value = 0;
};
// "första" and "andra" have too many other uses.
constexpr auto ordinal_words = std::to_array<NamedNumber>({{"vartannat", 2},
                                                           {"varannan", 2},
                                                           {"tredje", 3},
                                                           {"fjärde", 4},
                                                           {"femte", 5},
                                                           {"sjätte", 6},
                                                           {"sjunde", 7},
                                                           {"åttonde", 8},
                                                           {"nionde", 9},
                                                           {"tionde", 10},
                                                           {"elfte", 11},
                                                           {"tolfte", 12}});
constexpr auto fraction_words = std::to_array<NamedNumber>({{"hälften", 2},
                                                            {"halva", 2},
                                                            {"halv", 2},
                                                            {"tredjedel", 3},
                                                            {"tredjedelar", 3},
                                                            {"fjärdedel", 4},
                                                            {"fjärdedelar", 4},
                                                            {"femtedel", 5},
                                                            {"femtedelar", 5},
                                                            {"tiondel", 10},
                                                            {"tiondelar", 10}});

class MeasureReader {
  public:
    explicit MeasureReader(std::string_view text)
        : text_(text), tokens_(text::words(text)), references_(text::references(text)) {}

    std::vector<Measure> read() {
        read_quantities();
        read_single_times();
        read_days();
        read_words(ordinal_words, Kind::ordinal);
        read_words(fraction_words, Kind::fraction);
        std::ranges::sort(found_, {}, &Measure::start);
        for (auto& measure : found_)
            bound(measure);
        return std::move(found_);
    }

  private:
    [[nodiscard]] std::string_view word(std::size_t at) const {
        return at < tokens_.size() ? std::string_view(tokens_[at].folded) : std::string_view{};
    }
    [[nodiscard]] std::size_t token_at(std::size_t byte) const {
        const auto found = std::ranges::lower_bound(tokens_, byte, {}, &text::Token::start);
        return static_cast<std::size_t>(found - tokens_.begin());
    }
    [[nodiscard]] std::size_t token_after(std::size_t byte) const {
        std::size_t at = token_at(byte);
        while (at < tokens_.size() && tokens_[at].start < byte)
            ++at;
        return at;
    }
    [[nodiscard]] bool in_reference(std::size_t start) const {
        return std::ranges::any_of(references_, [&](const text::Reference& reference) {
            return reference.start <= start && start < reference.end;
        });
    }
    [[nodiscard]] bool same_sentence(std::size_t a, std::size_t b) const {
        if (a >= tokens_.size() || b >= tokens_.size()) return false;
        if (a >= b) return a == b;
        const auto between = text_.substr(tokens_[a].end, tokens_[b].start - tokens_[a].end);
        return between.find_first_of(".;:!?\n") == std::string_view::npos;
    }

    void read_quantities() {
        for (const auto& quantity : text::quantities(text_)) {
            if (in_reference(quantity.start)) continue;
            Measure measure{.start = quantity.start, .end = quantity.end, .value = quantity.value};
            const auto* found = std::ranges::find(conversions, quantity.unit, &Converted::unit);
            if (found != conversions.end()) {
                measure.kind = found->kind;
                measure.value = quantity.value * found->factor;
            } else {
                name_unit(measure);
            }
            read_rate(measure);
            found_.push_back(std::move(measure));
        }
    }

    // What a bare number counts, when the word after it is one of the named units.
    void name_unit(Measure& measure) const {
        const auto at = token_after(measure.end);
        if (!among(named_units, word(at))) return;
        measure.end = tokens_[at].end;
        if (word(at) == "decimeter" || word(at) == "dm") {
            measure.kind = Kind::length;
            measure.value *= 100;
        } else if (word(at) == "dygn") {
            measure.kind = Kind::days;
        } else {
            measure.kind = Kind::other;
            measure.unit = word(at).starts_with("gång") ? "gång" : text::stem(word(at));
        }
    }

    void read_rate(Measure& measure) const {
        const auto at = token_after(measure.end);
        for (std::size_t step = 0; step < far_rate && same_sentence(at, at + step); ++step) {
            const auto opening = word(at + step);
            const bool near = opening == "om" || opening == "i" || opening == "varje";
            if (opening != "per" && (!near || step >= rate_reach)) continue;
            for (std::size_t skip = 1; skip <= 3 && measure.rate.empty(); ++skip)
                if (among(rate_words, word(at + step + skip)))
                    measure.rate = text::stem(word(at + step + skip));
            return;
        }
    }

    // "den 15 mars", "15 mars–31 oktober", "i juli", "måndagar".
    void read_days() {
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            const auto month = std::ranges::find(month_names, word(at));
            if (month != month_names.end()) {
                add_month(at, (month - month_names.begin()) + 1);
                continue;
            }
            for (std::size_t day = 0; day < weekdays.size(); ++day) {
                if (!word(at).starts_with(weekdays[day])) continue;
                const auto rest = word(at).substr(weekdays[day].size());
                if (rest.empty() || rest == "en" || rest == "ar" || rest == "arna" || rest == "s")
                    add(at, at, Kind::weekday, static_cast<std::int64_t>(day) + 1);
            }
        }
    }

    // "en gång per år": text::quantities takes "en" for an article.
    void read_single_times() {
        for (std::size_t at = 0; at + 1 < tokens_.size(); ++at) {
            if (word(at) != "en" || word(at + 1) != "gång") continue;
            add(at, at + 1, Kind::other, 1000);
            found_.back().unit = "gång";
            read_rate(found_.back());
        }
    }

    template <typename List>
    void read_words(const List& list, Kind kind) {
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            const auto* found = std::ranges::find(list, word(at), &NamedNumber::word);
            const bool part =
                word(at + 1) == "stycket" || word(at + 1) == "punkten" || in_reference(tokens_[at].start);
            if (found != list.end() && !part) add(at, at, kind, found->value);
        }
    }

    void add_month(std::size_t at, std::int64_t month) {
        const bool covered = std::ranges::any_of(found_, [&](const Measure& measure) {
            return measure.kind == Kind::date && measure.start <= tokens_[at].start &&
                   tokens_[at].start < measure.end;
        });
        if (covered) return;
        const auto day = at > 0 ? day_of(word(at - 1)) : std::nullopt;
        if (day)
            add(at - 1, at, Kind::date, month * 100 + *day);
        else
            add(at, at, Kind::month, month);
    }

    [[nodiscard]] static std::optional<std::int64_t> day_of(std::string_view written) {
        if (written.empty() || written.size() > 2 || !std::ranges::all_of(written, is_ascii_digit))
            return std::nullopt;
        std::int64_t day = 0;
        for (const char digit : written)
            day = day * 10 + (digit - '0');
        return day >= 1 && day <= 31 ? std::optional(day) : std::nullopt;
    }

    void add(std::size_t first, std::size_t last, Kind kind, std::int64_t value) {
        const auto start = tokens_[first].start;
        const auto end = tokens_[last].end;
        // The number of the day has been read as a number of its own.
        std::erase_if(found_,
                      [&](const Measure& measure) { return measure.start >= start && measure.start < end; });
        found_.push_back({.start = start, .end = end, .kind = kind, .value = value});
    }

    void bound(Measure& measure) const {
        const auto first = token_at(measure.start);
        for (std::size_t back = 1; back <= bound_reach && back <= first; ++back) {
            const auto at = first - back;
            if (!same_sentence(at, first)) break;
            if (inside_other(measure, at)) break;
            const auto found = bound_of(at, first);
            if (found == Bound::none) continue;
            measure.bound = found;
            break;
        }
        bound_from_behind(measure);
    }

    // Whether a word belongs to another measure, beyond which no bound reaches; "30 och 40" stay under one.
    [[nodiscard]] bool inside_other(const Measure& measure, std::size_t at) const {
        return std::ranges::any_of(found_, [&](const Measure& other) {
            return &other != &measure && other.start <= tokens_[at].start && tokens_[at].start < other.end;
        });
    }

    [[nodiscard]] bool negated(std::size_t at) const {
        for (std::size_t back = 1; back <= bound_reach && back <= at; ++back)
            if (among(negations, word(at - back)) && same_sentence(at - back, at)) return true;
        return false;
    }

    [[nodiscard]] Bound bound_of(std::size_t at, std::size_t number) const {
        const auto written = word(at);
        if (written == "till" && at > 0 && word(at - 1) == "upp") return Bound::at_most;
        if (written == "och" && at > 0 && word(at - 1) == "till") return Bound::at_most;
        if (written == "med" && at > 1 && word(at - 1) == "och" && word(at - 2) == "till")
            return Bound::at_most;
        if (among(at_most_words, written) && (written != "upp" || word(at + 1) == "till"))
            return negated(at) ? Bound::none : Bound::at_most;
        if (among(at_least_words, written)) return Bound::at_least;
        const bool compared = word(at + 1) == "än" || at + 1 == number;
        if (among(more_words, written) && (compared || written.starts_with("över")))
            return negated(at) ? Bound::at_most : Bound::more;
        if (among(less_words, written) && (compared || written.starts_with("under"))) {
            if (written == "under" && measures_time(number)) return Bound::none;
            return negated(at) ? Bound::at_least : Bound::less;
        }
        return Bound::none;
    }

    // "under fyra veckor" says how long, not how long at most.
    [[nodiscard]] bool measures_time(std::size_t number) const {
        const auto found = std::ranges::find_if(
            found_, [&](const Measure& measure) { return token_at(measure.start) == number; });
        return found != found_.end() && (found->kind == Kind::days || found->kind == Kind::months ||
                                         found->kind == Kind::minutes || found->kind == Kind::date);
    }

    // "senast två timmar före" is at least two hours; "30 eller mer".
    void bound_from_behind(Measure& measure) const {
        const auto at = token_after(measure.end);
        const bool time =
            measure.kind == Kind::days || measure.kind == Kind::months || measure.kind == Kind::minutes;
        if (time && (word(at) == "före" || word(at) == "innan")) {
            if (measure.bound == Bound::at_most)
                measure.bound = Bound::at_least;
            else if (measure.bound == Bound::at_least && word(token_at(measure.start) - 1) == "tidigast")
                measure.bound = Bound::at_most;
            return;
        }
        if (measure.bound != Bound::none) return;
        if (word(at) == "eller" || word(at) == "och") {
            constexpr auto upwards =
                std::to_array<std::string_view>({"mer", "fler", "högre", "uppåt", "äldre", "större"});
            constexpr auto downwards =
                std::to_array<std::string_view>({"mindre", "färre", "lägre", "yngre", "kortare"});
            if (among(upwards, word(at + 1))) measure.bound = Bound::at_least;
            if (among(downwards, word(at + 1))) measure.bound = Bound::at_most;
        }
    }

    std::string_view text_;
    std::vector<text::Token> tokens_;
    std::vector<text::Reference> references_;
    std::vector<Measure> found_{};
};

constexpr std::int64_t days_of_year = 10'000;

}  // namespace

std::vector<Measure> measures(std::string_view text) {
    return MeasureReader(text).read();
}

bool is_date(Kind kind) {
    return kind == Kind::date || kind == Kind::month || kind == Kind::weekday;
}

bool same_value(const Measure& a, const Measure& b) {
    if (a.kind == Kind::date && b.kind == Kind::date) {
        const bool whole = a.value >= days_of_year && b.value >= days_of_year;
        // A day without its year is the same day; a year that the quote does not have is new.
        return whole ? a.value == b.value : a.value < days_of_year && a.value == b.value % days_of_year;
    }
    if (a.kind == Kind::month && b.kind == Kind::date) return a.value == b.value % days_of_year / 100;
    if (a.kind == b.kind) return a.value == b.value && a.unit == b.unit;
    constexpr std::int64_t minutes_of_day = std::int64_t{24} * 60;
    if (a.kind == Kind::minutes && b.kind == Kind::days) return a.value == b.value * minutes_of_day;
    if (a.kind == Kind::days && b.kind == Kind::minutes) return a.value * minutes_of_day == b.value;
    // "tre år" of "fyller tre".
    constexpr std::int64_t months_of_year = 12;
    if (a.kind == Kind::months && b.kind == Kind::number) return a.value == b.value * months_of_year;
    // "högre än fem miljoner" of "fem miljoner kronor": the unit goes without saying.
    if (a.kind == Kind::number) return a.value == b.value && (b.kind == Kind::money || b.kind == Kind::other);
    return false;
}

bool opposite_bounds(Bound a, Bound b) {
    const auto upper = [](Bound bound) { return bound == Bound::at_most || bound == Bound::less; };
    const auto lower = [](Bound bound) { return bound == Bound::at_least || bound == Bound::more; };
    return (upper(a) && lower(b)) || (lower(a) && upper(b));
}

bool comparable(const Measure& a, const Measure& b) {
    const auto is_calendar = [](Kind kind) { return kind == Kind::days || kind == Kind::months; };
    if (is_calendar(a.kind) && is_calendar(b.kind)) return true;
    const auto is_frequency = [](const Measure& measure) {
        return measure.kind == Kind::ordinal ||
               (measure.kind == Kind::other && measure.unit.starts_with("gång"));
    };
    if (is_frequency(a) && is_frequency(b)) return true;
    if (a.kind == Kind::other || b.kind == Kind::other) return a.kind == b.kind && a.unit == b.unit;
    return a.kind == b.kind;
}

}  // namespace kansli::grounding::detail
